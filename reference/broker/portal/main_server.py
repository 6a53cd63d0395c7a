"""The portal's way to the main server, in the name of the user who is signed in."""

import ssl
from pathlib import Path
from typing import Any

import aiohttp

from reference.kit.parts import part

Row = dict[str, Any]


class Unavailable(Exception):  # noqa: N818 - a state, shown to people as such
    """The main server does not answer, or cannot serve now."""


class Unauthorised(Exception):  # noqa: N818 - an answer
    """The main server does not know who asks, or knows them no longer."""


class Forbidden(Exception):  # noqa: N818 - an answer
    """The main server knows who asks, and does not let them."""


class Rejected(Exception):  # noqa: N818 - an answer
    """The main server does not do what was asked. The message is its reason."""


@part
class MainServer:
    """Requests to the main server."""

    address: str  # base URL
    ca: Path | None  # file with the certificate of the authority that its own must be signed by; the system's if None
    patience: float  # seconds to wait for an answer

    def __post_init__(self) -> None:
        self._http: aiohttp.ClientSession | None = None

    async def log_in(self, email: str, password: str) -> Row:
        """The tokens and the user of these credentials."""
        return await self.ask("POST", "/portal/auth/login", body={"email": email, "password": password})  # type: ignore[no-any-return]

    async def refresh(self, refresh_token: str) -> str:
        """A new access token."""
        answer = await self.ask("POST", "/portal/auth/refresh", body={"refresh_token": refresh_token})
        return str(answer["access_token"])

    async def ask(
        self, method: str, path: str, *, token: str = "", query: dict[str, Any] | None = None, body: Row | None = None
    ) -> Any:
        """The parsed answer to one request.

        Raises:
            Unavailable, Unauthorised, Forbidden, Rejected: what the main server says, or that it says nothing.
        """
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        unsaid = ("Content-Type",) if body is None else ()  # else a kind would be named of no body
        try:
            asking = self._session().request(
                method, self.address + path, headers=headers, params=query, json=body, skip_auto_headers=unsaid
            )
            async with asking as answer:
                said = await answer.json(content_type=None)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Unavailable(f"{type(error).__name__} at {path}") from error
        judge(answer.status, said)
        return said

    def _session(self) -> aiohttp.ClientSession:
        if self._http is None:
            checked = ssl.create_default_context(cafile=self.ca) if self.address.startswith("https") else False
            self._http = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(ssl=checked), timeout=aiohttp.ClientTimeout(total=self.patience)
            )
        return self._http

    async def close(self) -> None:
        """Close what is pooled."""
        if self._http is not None:
            await self._http.close()


def judge(status: int, said: Any) -> None:
    """Raise what an answer means, if it is not what was asked for: see `MainServer.ask`."""
    if status >= 500:
        raise Unavailable(f"the main server answered {status}")
    if status == 401:
        raise Unauthorised
    if status == 403:
        raise Forbidden
    if status >= 400:
        raise Rejected(_reason(said))


def _reason(said: Any) -> str:
    """What a person can read of an error: the server's words, or those of its first complaint about a field."""
    if not isinstance(said, dict):
        return "it was not understood"
    detail = said.get("error") or said.get("detail")
    if isinstance(detail, list) and detail:
        field = str((detail[0].get("loc") or ["it"])[-1]).replace("_", " ")
        return f"{field}: {detail[0].get('msg', 'not valid')}"
    return str(detail or "it was not understood")
