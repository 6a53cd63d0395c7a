"""A WebSocket for load: the interface of `websocket.WebSocket` on aiohttp's client, at twice its rate.

What it gives up: a scenario about the protocol itself wants `websockets`, which is stricter. Nothing of the traffic is
recorded, and nothing is compressed.
"""

import asyncio
import secrets
from collections.abc import Mapping

import aiohttp

from support.core.transcript import Lifeline
from support.drivers.clients.connectors import connector
from support.drivers.clients.http import Answer
from support.drivers.clients.trust import context_for
from support.drivers.clients.websocket import Frame, HandshakeRefused, OnFrame, OnLost, Socket

#: What comes while a connection is open.
_OPEN = tuple(getattr(aiohttp.WSMsgType, name) for name in ("TEXT", "BINARY", "PING", "PONG"))


class Sockets:
    """What many connections share: one session without a limit on them, as aiohttp's own would make number 101 wait.

    It keeps no cookies, for the connections are those of many people.

    Args:
        source: the address of this machine that they come from; None for what the machine chooses.
    """

    def __init__(self, source: str | None = None) -> None:
        self.session = aiohttp.ClientSession(
            connector=connector(source, limit=0), cookie_jar=aiohttp.DummyCookieJar(), auto_decompress=False
        )

    def dial(self, _: Lifeline, on_frame: OnFrame, on_lost: OnLost) -> "FastWebSocket":
        """A connection yet to be opened; see `websocket.Dial`."""
        return FastWebSocket(self, on_frame, on_lost)

    async def close(self) -> None:
        await self.session.close()


class FastWebSocket(Socket):
    """One connection; see `websocket.Socket` for what each method does."""

    def __init__(self, sockets: Sockets, on_frame: OnFrame, on_lost: OnLost) -> None:
        super().__init__(on_frame, on_lost)
        self._sockets = sockets
        self._connection: aiohttp.ClientWebSocketResponse
        self._pongs: dict[bytes, asyncio.Future[None]] = {}

    async def _open(self, url: str, headers: Mapping[str, str] | None, within: float) -> None:
        try:
            async with asyncio.timeout(within):
                self._connection = await self._sockets.session.ws_connect(
                    url, headers=headers, max_msg_size=0, autoping=False, ssl=context_for(url) or True
                )
        except aiohttp.WSServerHandshakeError as refusal:
            raise HandshakeRefused(Answer(refusal.status, refusal.message.encode())) from refusal

    async def _send(self, frame: Frame) -> None:
        if self._reader is None:
            return
        if isinstance(frame, str):
            await self._connection.send_str(frame)
        else:
            await self._connection.send_bytes(frame)

    async def _round_trip(self) -> None:
        mark = secrets.token_bytes(4)
        self._pongs[mark] = asyncio.get_running_loop().create_future()
        try:
            await self._connection.ping(mark)
            await self._pongs[mark]
        finally:
            self._pongs.pop(mark, None)

    async def _farewell(self) -> None:
        await self._connection.close()

    async def _read(self) -> None:
        while (message := await self._connection.receive()).type in _OPEN:
            if message.type is aiohttp.WSMsgType.PING:
                await self._connection.pong(message.data)
            elif message.type is aiohttp.WSMsgType.PONG:
                self._answered(bytes(message.data))
            else:
                self._on_frame(message.data)
        self.ended = (self._connection.close_code or 1006, str(message.extra or ""))
        for mark in list(self._pongs):
            self._answered(mark)
        self._on_lost(*self.ended)

    def _answered(self, mark: bytes) -> None:
        if (waiting := self._pongs.get(mark)) and not waiting.done():
            waiting.set_result(None)
