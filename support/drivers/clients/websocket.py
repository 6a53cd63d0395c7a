"""One plain WebSocket connection, recorded, whose frames reach a callback in order."""

import asyncio
import contextlib
import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

import aiohttp
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from support.core.errors import NotSupported
from support.core.events import Disconnected
from support.core.resource_shortage import blame_the_machine
from support.core.transcript import HEARD, SENT, Lifeline
from support.drivers.clients.http import Answer, Unreachable
from support.drivers.clients.sources import bound_to, source_for
from support.drivers.clients.trust import context_for
from support.drivers.kit.read_only import let_through

#: The close code of a connection that just broke, and those of a server that goes for a while.
_BROKE, _BACK_LATER = 1006, (1001, 1012, 1013)
#: Seconds in which a server that still reads takes a long frame.
_STUCK = 2.0

#: A text frame as `str`, a binary one as `bytes`.
Frame = str | bytes
OnFrame = Callable[[Frame], None]
OnLost = Callable[[int, str], None]


class Socket(ABC):
    """One connection: what does not depend on the library that speaks the protocol.

    Args:
        on_frame: called with each frame, in order of arrival.
        on_lost: called once, with close code and reason, when the connection ends without `close` having been called.
    """

    def __init__(self, on_frame: OnFrame, on_lost: OnLost) -> None:
        self._on_frame = on_frame
        self._on_lost = on_lost
        self._reader: asyncio.Task[None] | None = None
        self._url = ""
        self.ended: tuple[int, str] | None = None
        """Close code and reason, once the connection has ended: 1006 if it just broke (RFC 6455, 7.4.1)."""

    @property
    def connected(self) -> bool:
        return self._reader is not None and self.ended is None

    async def connect(self, url: str, *, headers: Mapping[str, str] | None = None, within: float) -> None:
        """Open the connection.

        Args:
            url: a ws:// or wss:// address.
            headers: to send with the handshake, among them perhaps `Origin` and `Cookie`.
            within: seconds until it has to be open.

        Raises:
            HandshakeRefused: the server answered with an HTTP status.
            Unreachable: no answer in time, or none at all.
        """
        let_through(url, "connect", changes=False)
        self._url = url
        try:
            await self._open(url, headers, within)
        except HandshakeRefused:
            raise
        except (OSError, TimeoutError, EOFError, InvalidHandshake, aiohttp.ClientError) as error:
            self._note(HEARD, f"not connected: {error}")
            blame_the_machine(error)
            raise Unreachable(f"{url.partition('?')[0]} did not take the connection: {error}") from error
        self._note(HEARD, "connected")
        self._reader = asyncio.create_task(self._read())

    async def send(self, frame: Frame) -> None:
        """Send one frame. Silent when the connection is gone: `on_lost` tells."""
        let_through(self._url, "send a frame", changes=True)
        with contextlib.suppress(ConnectionClosed, ConnectionError, aiohttp.ClientError):
            await self._send(frame)

    async def flood(self, frame: Frame, times: int) -> None:
        """Read nothing any more, and send a frame again and again: a server that answers each has soon no room to.

        It ends sooner with a server that takes no more frames until its answers are read.

        Raises:
            NotSupported: not with this library.
        """
        raise NotSupported("this client reads all that comes")

    async def ping(self, within: float) -> bool:
        """Wait for one round trip on the connection.

        Returns:
            False if the connection ends instead.

        Raises:
            Unreachable: neither happens within `within` seconds.
        """
        if not self.connected:
            return False
        try:
            async with asyncio.timeout(within):
                await self._round_trip()
        except (ConnectionClosed, ConnectionError, aiohttp.ClientError):
            return False
        except TimeoutError as error:
            raise Unreachable(f"no answer to a ping within {within:g} s") from error
        return self.ended is None

    async def close(self) -> None:
        """Close from this side; silent if it is closed already."""
        if self._reader is not None:
            self._reader.cancel()
            await self._farewell()
            self.ended = self.ended or (1000, "")

    def _note(self, direction: str, what: str, payload: Any = None) -> None:  # noqa: B027 - nothing is, by default
        """Record something, where anything is recorded."""

    @abstractmethod
    async def _open(self, url: str, headers: Mapping[str, str] | None, within: float) -> None: ...
    @abstractmethod
    async def _send(self, frame: Frame) -> None: ...
    @abstractmethod
    async def _round_trip(self) -> None: ...
    @abstractmethod
    async def _farewell(self) -> None: ...
    @abstractmethod
    async def _read(self) -> None:
        """Pass on all that arrives until the connection ends, and say how it has."""


#: Makes a connection that is yet to be opened: whose it is, and who is told of frames and of the end.
Dial = Callable[[Lifeline, OnFrame, OnLost], Socket]


class HandshakeRefused(Exception):  # noqa: N818 - an answer of the server, judged by the caller
    """The server answered the handshake with something else than a WebSocket: `answer` is what."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status} {answer.text}".strip())
        self.answer = answer


class RecordedSocket(Socket):
    """A connection of which all is recorded, and whose reader goes on when something could not be read.

    What `on_frame` raises comes out of the next `send` or `ping`: what could not be read is no silence.

    Args:
        lifeline: whose it is, and where it is recorded.
    """

    channel: ClassVar[str]
    """What the record calls the transport."""

    def __init__(self, lifeline: Lifeline, on_frame: OnFrame, on_lost: OnLost) -> None:
        super().__init__(on_frame, on_lost)
        self._lifeline = lifeline
        self._not_understood: Exception | None = None

    def _take(self, frame: Frame) -> None:
        self._note(HEARD, "frame", self._shown(frame))
        try:
            self._on_frame(frame)
        except Exception as error:  # the next frame may be one that can be read
            self._not_understood = self._not_understood or error
            self._note(HEARD, f"not understood: {error!r}")

    def _end(self, code: int, reason: str) -> None:
        self.ended = (code, reason)
        self._note(HEARD, f"connection ended: {code} {reason}")
        self._on_lost(code, reason)

    def _see_all_was_understood(self) -> None:
        error, self._not_understood = self._not_understood, None
        if error:
            raise error

    def _note(self, direction: str, what: str, payload: Any = None) -> None:
        self._lifeline.record(direction, self.channel, what, payload)

    def _shown(self, frame: Frame) -> Any:
        """A frame as a transcript keeps it: parsed if possible, so that secrets in it can be found by their names."""
        try:
            return json.loads(frame)
        except ValueError:
            text = frame if isinstance(frame, str) else frame.decode(errors="backslashreplace")
            return self._lifeline.transcript.redactor.excerpt(text, 500)


class WebSocket(RecordedSocket):
    """A connection. Its reader runs on the run's loop from `connect` to `close`, and drains all at once."""

    channel = "websocket"

    def __init__(self, lifeline: Lifeline, on_frame: OnFrame, on_lost: OnLost) -> None:
        super().__init__(lifeline, on_frame, on_lost)
        self._connection: ClientConnection
        self._floods = False

    async def _open(self, url: str, headers: Mapping[str, str] | None, within: float) -> None:
        self._note(SENT, f"connect {url}", dict(headers or {}))
        trusted: dict[str, Any] = {"ssl": context} if (context := context_for(url)) else {}
        try:
            self._connection = await connect(
                url,
                additional_headers=headers,
                open_timeout=within,
                close_timeout=within,
                ping_interval=None,  # whether the server is there is for the scenario to judge
                max_size=None,
                max_queue=None,
                proxy=None,
                local_addr=bound_to(source_for(url)),
                **trusted,
            )
        except InvalidStatus as refusal:
            answer = Answer(refusal.response.status_code, bytes(refusal.response.body or b""))
            self._note(HEARD, f"refused: {answer.status}", answer.body)
            raise HandshakeRefused(answer) from refusal

    async def _send(self, frame: Frame) -> None:
        self._see_all_was_understood()
        self._note(SENT, "frame", self._shown(frame))
        if self._reader is not None:
            await self._connection.send(frame)

    async def flood(self, frame: Frame, times: int) -> None:
        let_through(self._url, "send a frame", changes=True)
        self._note(SENT, f"{times} long frames, and reads nothing any more")
        self._connection.transport.pause_reading()
        self._floods = True
        with contextlib.suppress(TimeoutError):  # a server that cannot answer may take no more either
            for _ in range(times):
                async with asyncio.timeout(_STUCK):
                    await self._connection.send(frame)

    async def _round_trip(self) -> None:
        await (await self._connection.ping())
        self._see_all_was_understood()

    async def _farewell(self) -> None:
        if self._floods:  # it would have to read the other's farewell
            self._connection.transport.abort()
        await self._connection.close()

    async def _read(self) -> None:
        with contextlib.suppress(ConnectionClosed):
            while True:
                self._take(await self._connection.recv())
        self._end(self._connection.close_code or 1006, self._connection.close_reason or "")


def ended(code: int) -> Disconnected:
    """What the close code of a connection says: whether its server comes back (RFC 6455, 7.4; IANA's registry)."""
    return Disconnected(None if code == _BROKE else code in _BACK_LATER)
