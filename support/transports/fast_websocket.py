"""A WebSocket for load: the interface of `websocket.WebSocket` on aiohttp's client, at twice its rate.

What it gives up: a scenario about the protocol itself wants `websockets`, which is stricter. Nothing of the traffic is
recorded, and nothing is compressed.
"""

import asyncio
import contextlib
from collections.abc import Mapping

import aiohttp

from support.transports.http import Answer, Unreachable
from support.transports.websocket import Frame, HandshakeRefused, OnFrame, OnLost

_DATA = (aiohttp.WSMsgType.TEXT, aiohttp.WSMsgType.BINARY)


class Sockets:
    """What many connections share: one session without a limit on them, as aiohttp's own would make number 101 wait."""

    def __init__(self) -> None:
        self.session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0), auto_decompress=False)

    async def close(self) -> None:
        await self.session.close()


class FastWebSocket:
    """One connection; see `websocket.WebSocket` for what each method does."""

    def __init__(self, sockets: Sockets, on_frame: OnFrame, on_lost: OnLost) -> None:
        self._sockets = sockets
        self._on_frame = on_frame
        self._on_lost = on_lost
        self._connection: aiohttp.ClientWebSocketResponse | None = None
        self._reader: asyncio.Task[None] | None = None
        self.ended: tuple[int, str] | None = None

    @property
    def connected(self) -> bool:
        return self._connection is not None and self.ended is None

    async def connect(self, url: str, *, headers: Mapping[str, str] | None = None, within: float) -> None:
        """Open the connection.

        Raises:
            HandshakeRefused: the server answered with an HTTP status.
            Unreachable: no answer in time, or none at all.
        """
        try:
            async with asyncio.timeout(within):
                self._connection = await self._sockets.session.ws_connect(url, headers=headers, max_msg_size=0)
        except aiohttp.WSServerHandshakeError as refusal:
            raise HandshakeRefused(Answer(refusal.status, refusal.message)) from refusal
        except (OSError, TimeoutError, aiohttp.ClientError) as error:
            raise Unreachable(f"{url.partition('?')[0]} did not take the connection: {error}") from error
        self._reader = asyncio.create_task(self._read(self._connection))

    async def send(self, frame: Frame) -> None:
        """Send one frame. Silent when the connection is gone: `on_lost` tells."""
        if self._connection is None:
            return
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):
            await (self._connection.send_str(frame) if isinstance(frame, str) else self._connection.send_bytes(frame))

    async def close(self) -> None:
        """Close from this side; silent if it is closed already."""
        if self._reader is not None:
            self._reader.cancel()
        if self._connection is not None:
            await self._connection.close()
            self.ended = self.ended or (1000, "")

    async def _read(self, connection: aiohttp.ClientWebSocketResponse) -> None:
        while (message := await connection.receive()).type in _DATA:
            self._on_frame(message.data)
        self.ended = (connection.close_code or 1006, str(message.extra or ""))
        self._on_lost(*self.ended)
