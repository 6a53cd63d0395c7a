"""The main server as proxies and workers see it: its internal API, over mutual TLS."""

from ssl import SSLContext
from typing import Any

from aiohttp import ClientError, ClientSession, ClientTimeout

from reference.broker.refusals import Rejected


class Away(Exception):  # noqa: N818 - a state, which passes
    """The main server cannot be reached, or cannot work now."""


class MainClient:
    """Asks the main server; to be used as an async context manager.

    Args:
        url: where it is.
        tls: with the certificate to show.
        patience: seconds for any answer.
    """

    def __init__(self, url: str, tls: SSLContext, patience: float) -> None:
        self._url = url.rstrip("/")
        self._tls = tls
        self._patience = patience

    async def __aenter__(self) -> "MainClient":
        self._session = ClientSession(timeout=ClientTimeout(self._patience))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._session.close()

    async def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What it answers. Raises `Rejected` as it refuses, `Away` if it does not answer in time or cannot work."""
        return await self.ask("POST", path, body)

    async def put(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        """What it answers. Raises as `post` does."""
        return await self.ask("PUT", path, body)

    async def healthy(self) -> bool:
        """Whether it says that it is well."""
        try:
            await self.ask("GET", "/health", None)
        except (Away, Rejected):
            return False
        return True

    async def ask(self, method: str, path: str, body: dict[str, Any] | None) -> dict[str, Any]:
        """One request. Raises as `post` does."""
        try:
            async with self._session.request(method, self._url + path, json=body, ssl=self._tls) as answer:
                if answer.status >= 500:
                    raise Away(f"it answers {answer.status}")
                said: dict[str, Any] = await answer.json()
        except (TimeoutError, ClientError, OSError) as error:
            raise Away(type(error).__name__) from None
        if answer.status >= 400:
            raise Rejected(answer.status, str(said.get("error") or said.get("detail")))
        return said
