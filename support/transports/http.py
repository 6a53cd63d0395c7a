"""HTTP, recorded: one client for a stage, used by every person of a scene in their own name."""

import asyncio
import json
import ssl
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from support.transcript import HEARD, SENT, Transcript


class Unreachable(Exception):  # noqa: N818 - a state of the network, judged by whoever asked
    """Nobody answered: refused, reset or silent past the limit. The message says which and where."""


class Dropped(Unreachable):
    """Somebody took the connection, and ended it instead of an answer: a TLS handshake that failed, or a reset."""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer: status, the body parsed as JSON (None when it is not JSON), and the cookies it sets.

    `content` is the body as it came, `kind` what it is said to be ("application/pdf"), `server` what the server says to
    run on.
    """

    status: int
    text: str
    cookies: dict[str, str] = field(default_factory=dict)
    content: bytes = field(default=b"", repr=False)
    kind: str = ""
    server: str = ""

    @property
    def body(self) -> Any:
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    def field(self, name: str) -> Any:
        """A field of a JSON object body, None when there is no such thing."""
        return self.body.get(name) if isinstance(self.body, dict) else None


class Http:
    """Requests to one base address.

    Args:
        address: base URL, for example "http://127.0.0.1:5000".
        patience: seconds to wait for a whole answer.
        tls: whom to trust and which certificate to show, where the address is an https one.
    """

    def __init__(self, address: str, patience: float, tls: ssl.SSLContext | bool = True) -> None:
        self.address = address
        self.patience = patience
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=patience), connector=aiohttp.TCPConnector(force_close=True, ssl=tls)
        )

    async def request(
        self,
        who: str,
        transcript: Transcript,
        method: str,
        path: str,
        *,
        body: Any = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request in the name of `who` and record both ways.

        Raises:
            Unreachable: refused, reset, or no answer in time.
        """
        transcript.record(who, SENT, "http", f"{method} {path}", {"headers": headers or {}, "body": body})
        try:
            async with self._session.request(method, self.address + path, json=body, headers=headers) as response:
                cookies = {name: morsel.value for name, morsel in response.cookies.items()}
                content = await response.read()
                text = content.decode(response.get_encoding(), errors="replace")
                server = response.headers.get("Server", "")
                answer = Answer(response.status, text, cookies, content, response.content_type, server)
        except TimeoutError as error:
            transcript.record(who, HEARD, "http", f"no answer within {self.patience:g} s")
            raise Unreachable(f"{self.address} did not answer within {self.patience:g} s") from error
        except (aiohttp.ClientError, asyncio.IncompleteReadError, OSError) as error:
            transcript.record(who, HEARD, "http", f"no answer: {error}")
            raise _silence(error)(f"{self.address} cannot be reached: {error}") from error
        transcript.record(who, HEARD, "http", str(answer.status), answer.body or answer.text[:500])
        return answer

    async def close(self) -> None:
        """Close what is pooled."""
        await self._session.close()


def _silence(error: Exception) -> type[Unreachable]:
    """Whether there was a connection at all."""
    return Unreachable if isinstance(getattr(error, "os_error", error), ConnectionRefusedError) else Dropped
