"""One client's socket, and all of them together."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from aiohttp import WSCloseCode, web

from reference.kit.lag import Lag
from reference.training.database import now


class Channel:
    """What the server says on one socket.

    Args:
        socket: the client's, prepared.
        lag: how late each frame goes out; none by default.
    """

    def __init__(self, socket: web.WebSocketResponse, lag: Lag | None = None) -> None:
        self.socket = socket
        self._late = lag.queue() if lag else None
        self._sender = asyncio.create_task(self._send_late(self._late)) if self._late else None

    async def say(self, kind: str, content: str, **more: Any) -> None:
        """Send one frame."""
        frame = {"type": kind, "content": content, "timestamp": now(), **more}
        if self._late is None:
            await self._send(frame)
        else:
            await self._late.put(frame)

    async def close(self) -> None:
        """End it, once all that was said is on its way."""
        if self._late and self._sender:
            await self._late.put(None)
            await self._sender
        await self.socket.close()

    async def _send_late(self, frames: asyncio.Queue[Any]) -> None:
        while (frame := await frames.get()) is not None:
            await self._send(frame)

    async def _send(self, frame: dict[str, Any]) -> None:
        """A client that is gone is no error: what it asked for is done to its end."""
        with suppress(ConnectionError):
            await self.socket.send_json(frame)


class OpenSockets:
    """The sockets that are open now, for the server's end."""

    def __init__(self) -> None:
        self._open: set[web.WebSocketResponse] = set()

    def add(self, socket: web.WebSocketResponse) -> None:
        self._open.add(socket)

    def __iter__(self) -> Iterator[web.WebSocketResponse]:
        return iter(list(self._open))

    def discard(self, socket: web.WebSocketResponse) -> None:
        self._open.discard(socket)

    async def close(self) -> None:
        """Tell every client that the server goes, and comes back."""
        for socket in self:
            await socket.close(code=WSCloseCode.SERVICE_RESTART, message=b"the server restarts")
