"""One plain TCP connection, recorded, on which each line is a frame."""

import asyncio
import contextlib
import ssl
from collections.abc import Mapping
from urllib.parse import urlsplit

from support.core.transcript import SENT, Lifeline
from support.drivers.clients.sources import bound_to, source_for
from support.drivers.clients.websocket import Frame, OnFrame, OnLost, RecordedSocket

#: Bytes of the longest line that is read.
LONGEST = 2**26


class LineSocket(RecordedSocket):
    """A connection. An address is `scheme://host:port`, whatever the scheme is.

    Args:
        lifeline: whose it is, and where it is recorded.
        on_frame: called with each line, without its end.
        on_lost: called with 1006 when the connection ends, for a line has no word for why.
        tls: whom to trust, where there is TLS from the start (`Deployed.tls`).
    """

    channel = "lines"

    def __init__(
        self, lifeline: Lifeline, on_frame: OnFrame, on_lost: OnLost, tls: ssl.SSLContext | None = None
    ) -> None:
        super().__init__(lifeline, on_frame, on_lost)
        self._tls = tls
        self._in: asyncio.StreamReader
        self._out: asyncio.StreamWriter

    async def _open(self, url: str, headers: Mapping[str, str] | None, within: float) -> None:
        self._note(SENT, f"connect {url}")
        there, from_here = urlsplit(url), bound_to(source_for(url))
        async with asyncio.timeout(within):
            self._in, self._out = await asyncio.open_connection(
                there.hostname, there.port, ssl=self._tls, local_addr=from_here, limit=LONGEST
            )

    async def _send(self, frame: Frame) -> None:
        self._see_all_was_understood()
        self._note(SENT, "frame", self._shown(frame))
        self._out.write((frame.encode() if isinstance(frame, str) else frame) + b"\n")
        await self._out.drain()

    async def _round_trip(self) -> None:
        raise NotImplementedError("lines have no ping: to settle, ask the server something that it answers")

    async def _farewell(self) -> None:
        self._out.close()

    async def _read(self) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            while True:
                self._take((await self._in.readuntil(b"\n")).rstrip(b"\r\n"))
        self._end(1006, "")
