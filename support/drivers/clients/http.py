"""HTTP, recorded: one client for a system, used by every person of a scenario in their own name."""

import asyncio
import json
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from email.message import Message
from email.utils import collapse_rfc2231_value, parsedate_to_datetime
from functools import cached_property, partial
from typing import Any

import aiohttp

from support.core import clock
from support.core.redaction import everywhere
from support.core.resource_shortage import blame_the_machine
from support.core.transcript import DID, HEARD, SENT, Lifeline
from support.drivers.capabilities import Unreachable as Unreachable  # most of those who may meet it use HTTP
from support.drivers.clients.connectors import connector
from support.drivers.clients.sources import source_for
from support.drivers.clients.trust import context_for
from support.drivers.kit.read_only import SAFE, let_through

#: The status of a client that has asked too often (RFC 6585, 4).
TOO_MANY_REQUESTS = 429


class Dropped(Unreachable):
    """A server took the connection, and ended it instead of an answer: a TLS handshake that failed, or a reset."""


@dataclass(frozen=True)
class Answer:
    """An HTTP answer. What stands in it is read when it is asked for, and read once: under load few ask.

    Args:
        status: as the server gave it.
        content: the body as it came.
        headers: by name, in whatever case.
        encoding: how `content` is to be read as text.
        cookies: those that it sets.
        open_cookies: the names of those that scripts on a page may read.
        asked: what it answers, as method and path, without what stands behind a question mark.
    """

    status: int
    content: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    encoding: str = "utf-8"
    cookies: Mapping[str, str] = field(default_factory=dict, repr=False)
    asked: str = field(default="", repr=False)
    open_cookies: frozenset[str] = frozenset()

    @cached_property
    def text(self) -> str:
        return self.content.decode(self.encoding, errors="replace")

    @cached_property
    def body(self) -> Any:
        """The content parsed as JSON, None when it is not JSON."""
        try:
            return json.loads(self.text)
        except ValueError:
            return None

    @property
    def kind(self) -> str:
        """What the content is said to be ("application/pdf")."""
        return self.headers.get("Content-Type", "application/octet-stream").partition(";")[0].strip().lower()

    @property
    def filename(self) -> str:
        """The name of a file that is sent to be kept (RFC 6266); empty if there is none."""
        told = Message()
        told["Content-Disposition"] = self.headers.get("Content-Disposition", "")
        return collapse_rfc2231_value(told.get_filename(""))

    @property
    def server(self) -> str:
        """What the server says to run on."""
        return self.headers.get("Server", "")

    @property
    def date(self) -> str:
        """What time the server says it is."""
        return self.headers.get("Date", "")

    @property
    def retry_after(self) -> float | None:
        """Seconds until one may ask again, as `Retry-After` says it (RFC 9110, 10.2.3); None if it says nothing."""
        told = self.headers.get("Retry-After", "").strip()
        if told.isdigit():
            return float(told)
        with suppress(ValueError):  # a moment, by the server's own clock
            return max((parsedate_to_datetime(told) - parsedate_to_datetime(self.date)).total_seconds(), 0.0)
        return None

    def excerpt(self, length: int = 200) -> str:
        """The beginning of the text, without secrets."""
        return everywhere.excerpt(self.text, length)

    def summary(self) -> str:
        """The status, what was asked, and the beginning of the text where there is one, without secrets."""
        asked = f" for {everywhere.text(self.asked)}" if self.asked else ""
        return f"status {self.status}{asked}: {self.excerpt()}".removesuffix(": ")

    def field(self, name: str) -> Any:
        """A field of a JSON object body, None when there is no such thing."""
        return self.body.get(name) if isinstance(self.body, dict) else None


class Http:
    """Requests to one base address.

    Args:
        address: base URL, for example "http://127.0.0.1:5000".
        patience: seconds to wait for a whole answer.
        tls: whom to trust and which certificate to show, where the address is an https one; as the profile says if
            None.
        keeps: whether connections are kept and used again, as a client does that sends much.
        cookies: whether cookies are kept and shown again, as a browser does: where it is one person's alone.
        waits: whether to ask once more when the server says that it was asked too often, after the time that it names,
            if that is no longer than `patience`. Who judges a server's limits does not wait; nor does a crowd.
    """

    def __init__(
        self,
        address: str,
        patience: float,
        tls: ssl.SSLContext | bool | None = None,
        *,
        keeps: bool = False,
        cookies: bool = False,
        waits: bool = True,
    ) -> None:
        self.address = address
        self.patience = patience
        self._waits = waits
        self._answered = False
        trusted = (context_for(address) or True) if tls is None else tls
        self._session = aiohttp.ClientSession(
            timeout=aiohttp.ClientTimeout(total=patience),
            connector=connector(source_for(address), force_close=not keeps, limit=0 if keeps else 100, ssl=trusted),
            cookie_jar=aiohttp.CookieJar(unsafe=True) if cookies else aiohttp.DummyCookieJar(),
        )

    async def request(
        self,
        by: Lifeline,
        method: str,
        path: str,
        *,
        body: Any = None,
        form: dict[str, str] | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Send one request in the name of a user, with a JSON body or a form if there is one, and record both ways.

        A body of bytes is sent as it is, and called JSON, whatever it is. What has no body says nothing of its kind
        either: some servers answer 415 to a kind of nothing (RFC 9110, 8.3).

        Raises:
            Unreachable: refused, reset, or no answer in time.
            EnvironmentFailure: this machine lacks what a connection needs.
            NotSupported: the system is protected, and this could change it.
        """
        ask = partial(self._request, by, method, path, body=body, form=form, headers=headers)
        answer = await ask()
        rest = answer.retry_after if answer.status == TOO_MANY_REQUESTS else None
        if rest is None or rest > self.patience or not (self._waits and by.followed):
            return answer
        by.record(DID, "http", f"{by.who} waits for {rest:g} s, as the server has asked for")
        await clock.pause(rest)
        return await ask()

    async def _request(self, by: Lifeline, method: str, path: str, *, body: Any, form: Any, headers: Any) -> Answer:
        let_through(self.address, f"{method} {path}", changes=method not in SAFE)
        followed = by.followed  # of a crowd no user is, and putting together what is not kept takes time
        data, headers = form, headers or {}
        if isinstance(body, bytes):
            data, body, headers = body, None, headers | {"Content-Type": "application/json"}
        asked = {"headers": headers, "body": body if data is None else data}
        line = by.record(SENT, "http", f"{method} {path}", asked) if followed else None
        unsaid = ("Content-Type",) if body is None and data is None else ()
        try:
            asking = self._session.request(
                method, self.address + path, json=body, data=data, headers=headers, skip_auto_headers=unsaid
            )
            async with asking as response:
                if line is not None:
                    by.transcript.completes(line, "headers", dict(response.request_info.headers))
                answer = await _read(response, f"{method} {path.partition('?')[0]}")
        except TimeoutError as error:
            by.record(HEARD, "http", f"no answer within {self.patience:g} s")
            raise Unreachable(f"{self.address} did not answer within {self.patience:g} s") from error
        except (aiohttp.ClientError, asyncio.IncompleteReadError, OSError) as error:
            by.record(HEARD, "http", f"no answer: {error}")
            blame_the_machine(error)
            why = in_words(error, known=self._answered)
            raise _silence(error)(f"{self.address} cannot be reached: {why}") from error
        self._answered = True
        if followed:
            told = answer.body or by.transcript.redactor.excerpt(answer.text, 500)
            by.record(HEARD, "http", str(answer.status), told)
        return answer

    async def close(self) -> None:
        """Close what is pooled."""
        await self._session.close()


async def _read(response: aiohttp.ClientResponse, asked: str) -> Answer:
    content, cookies = await response.read(), response.cookies.values()
    return Answer(
        response.status,
        content,
        response.headers,
        response.get_encoding(),
        {each.key: each.value for each in cookies},
        asked,
        frozenset(each.key for each in cookies if not each["httponly"]),
    )


def _silence(error: Exception) -> type[Unreachable]:
    """Whether there was a connection at all."""
    return Unreachable if isinstance(getattr(error, "os_error", error), ConnectionRefusedError) else Dropped


def in_words(error: Exception, *, known: bool = False) -> str:
    """Why a connection failed, as people say it.

    Args:
        error: what it failed with.
        known: whether the address has answered before, so that it is the right one.
    """
    cause: BaseException = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not accepted: {cause.verify_message}"
    if isinstance(cause, ssl.SSLError) and cause.reason in ("WRONG_VERSION_NUMBER", "RECORD_LAYER_FAILURE"):
        return "it does not speak TLS: is it a plain http:// address?"
    if isinstance(cause, socket.gaierror):
        return "there is no such host"
    if isinstance(cause, ConnectionRefusedError):
        return "nothing listens there: the connection is refused"
    if isinstance(cause, aiohttp.ServerDisconnectedError):
        return "it ended the connection without an answer" + ("" if known else ": does it expect https://?")
    return str(cause) or type(cause).__name__
