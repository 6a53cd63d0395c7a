"""One plain WebSocket connection, recorded, whose frames reach a callback in order."""

import asyncio
import contextlib
import json
from collections.abc import Callable, Mapping
from typing import Any, Protocol

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidHandshake, InvalidStatus

from support.core.resource_shortage import blame_the_machine
from support.core.transcript import HEARD, SENT, Transcript
from support.drivers.clients.http import Answer, Unreachable
from support.drivers.clients.trust import context_for
from support.drivers.kit.read_only import let_through

#: A text frame as `str`, a binary one as `bytes`.
Frame = str | bytes
OnFrame = Callable[[Frame], None]
OnLost = Callable[[int, str], None]


class Socket(Protocol):
    """A connection, as `WebSocket` is one."""

    ended: tuple[int, str] | None

    @property
    def connected(self) -> bool: ...
    async def connect(self, url: str, *, headers: Mapping[str, str] | None = None, within: float) -> None: ...
    async def send(self, frame: Frame) -> None: ...
    async def ping(self, within: float) -> bool: ...
    async def close(self) -> None: ...


#: Makes a connection that is yet to be opened: whose it is, the record, and who is told of frames and of the end.
Dial = Callable[[str, Transcript, OnFrame, OnLost], Socket]


class HandshakeRefused(Exception):  # noqa: N818 - an answer of the server, judged by whoever asked
    """The server answered the handshake with something else than a WebSocket: `answer` is what."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(f"{answer.status} {answer.text}".strip())
        self.answer = answer


class WebSocket:
    """A connection of `who`. Its reader runs on the run's loop from `connect` to `close`, and drains all at once.

    Args:
        who: the name in the transcript.
        on_frame: called with each frame, in order of arrival.
        on_lost: called once, with close code and reason, when the connection ends without `close` having been called.
    """

    def __init__(self, who: str, transcript: Transcript, on_frame: OnFrame, on_lost: OnLost) -> None:
        self._who = who
        self._transcript = transcript
        self._on_frame = on_frame
        self._on_lost = on_lost
        self._connection: ClientConnection | None = None
        self._reader: asyncio.Task[None] | None = None
        self._not_understood: Exception | None = None
        self._url = ""
        self.ended: tuple[int, str] | None = None
        """Close code and reason, once the connection has ended: 1006 if it just broke (RFC 6455, 7.4.1)."""

    @property
    def connected(self) -> bool:
        return self._connection is not None and self.ended is None

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
        self._transcript.record(self._who, SENT, "websocket", f"connect {url}", dict(headers or {}))
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
                **trusted,
            )
        except InvalidStatus as refusal:
            answer = Answer(refusal.response.status_code, bytes(refusal.response.body or b""))
            self._transcript.record(self._who, HEARD, "websocket", f"refused: {answer.status}", answer.body)
            raise HandshakeRefused(answer) from refusal
        except (OSError, TimeoutError, EOFError, InvalidHandshake) as error:
            self._transcript.record(self._who, HEARD, "websocket", f"not connected: {error}")
            blame_the_machine(error)
            raise Unreachable(f"{url.partition('?')[0]} did not take the connection: {error}") from error
        self._transcript.record(self._who, HEARD, "websocket", "connected")
        self._reader = asyncio.create_task(self._read(self._connection))

    async def send(self, frame: Frame) -> None:
        """Send one frame. Silent when the connection is gone: `on_lost` tells.

        Raises:
            Exception: whatever `on_frame` has raised: what nobody could read is no silence.
        """
        self._see_all_was_understood()
        let_through(self._url, "send a frame", changes=True)
        self._transcript.record(self._who, SENT, "websocket", "frame", self._shown(frame))
        if self._connection is not None:
            with contextlib.suppress(ConnectionClosed):
                await self._connection.send(frame)

    async def ping(self, within: float) -> bool:
        """Wait for one round trip on the connection.

        Returns:
            False if the connection ends instead.

        Raises:
            Unreachable: neither happens within `within` seconds.
            Exception: whatever `on_frame` has raised.
        """
        if self._connection is None:
            return False
        try:
            async with asyncio.timeout(within):
                await (await self._connection.ping())
        except ConnectionClosed:
            return False
        except TimeoutError as error:
            raise Unreachable(f"no answer to a ping within {within:g} s") from error
        self._see_all_was_understood()
        return True

    async def close(self) -> None:
        """Close from this side; silent if it is closed already."""
        if self._reader is not None:
            self._reader.cancel()
        if self._connection is not None:
            await self._connection.close()
            self.ended = self.ended or (1000, "")

    async def _read(self, connection: ClientConnection) -> None:
        """Pass on all that arrives until the connection ends."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                frame = await connection.recv()
                self._transcript.record(self._who, HEARD, "websocket", "frame", self._shown(frame))
                try:
                    self._on_frame(frame)
                except Exception as error:  # the next frame may be one that can be read
                    self._not_understood = self._not_understood or error
                    self._transcript.record(self._who, HEARD, "websocket", f"not understood: {error!r}")
        self.ended = (connection.close_code or 1006, connection.close_reason or "")
        self._transcript.record(self._who, HEARD, "websocket", f"connection ended: {self.ended[0]} {self.ended[1]}")
        self._on_lost(*self.ended)

    def _see_all_was_understood(self) -> None:
        error, self._not_understood = self._not_understood, None
        if error:
            raise error

    def _shown(self, frame: Frame) -> Any:
        """A frame as a transcript keeps it: parsed if possible, so that secrets in it can be found by their names."""
        try:
            return json.loads(frame)
        except ValueError:
            text = frame if isinstance(frame, str) else frame.decode(errors="backslashreplace")
            return self._transcript.redactor.excerpt(text, 500)
