"""A Socket.IO server for aiohttp that takes the events of a connection one after the other."""

from typing import Any

from aiohttp import StreamReader, web
from engineio.payload import Payload
from socketio import AsyncServer

from reference.kit.lag import Lag

#: Packets that a client may post at once; with Engine.IO's 16 it could not send twenty messages without a pause.
_PACKETS = 1000


def socketio_server(lag: Lag | None = None) -> AsyncServer:
    """A server to attach to an application.

    Args:
        lag: how slow it is to be.
    """
    Payload.max_decode_packets = _PACKETS
    # Not concurrently: the events of one connection must take effect in the order they were sent.
    server = AsyncServer(async_mode="aiohttp", async_handlers=False)
    if lag is not None:
        server.eio.create_queue = lag.queue
    translate = server.eio._async["translate_request"]
    server.eio._async = {**server.eio._async, "translate_request": lambda request: _with_whole_body(translate, request)}
    return server


class _WholeBody:
    """The body of a request. Engine.IO takes what one read gives, and aiohttp's own gives no more than 64 KiB."""

    def __init__(self, content: StreamReader) -> None:
        self._content = content

    async def read(self, length: int) -> bytes:
        return await self._content.readexactly(length)


def _with_whole_body(translate: Any, request: web.Request) -> dict[str, Any]:
    environ: dict[str, Any] = translate(request)
    return environ | {"wsgi.input": _WholeBody(request.content)}
