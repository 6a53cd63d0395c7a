"""The WebSocket for load does what the recorded one does, seen from the driver above it."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import WSMsgType, web

from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.clients.http import Unreachable
from support.drivers.clients.websocket import Dial, HandshakeRefused, Socket, WebSocket

PATIENCE = 5.0


async def serve(request: web.Request) -> web.StreamResponse:
    if request.query.get("who") == "stranger":
        raise web.HTTPForbidden(text="not you")
    socket = web.WebSocketResponse()
    socket.set_cookie("mark", "yes")
    await socket.prepare(request)
    if request.query.get("who") == "somebody":
        await socket.send_str(f"shows {dict(request.cookies)}")
    async for message in socket:
        if message.type == WSMsgType.TEXT and message.data == "go away":
            await socket.close(code=4001, message=b"as you wish")
        elif message.type == WSMsgType.TEXT:
            await socket.ping()
            await socket.send_str(message.data)
        else:
            await socket.send_bytes(message.data)
    return socket


@asynccontextmanager
async def server() -> AsyncIterator[str]:
    application = web.Application()
    application.router.add_get("/", serve)
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        yield f"ws://127.0.0.1:{runner.addresses[0][1]}/"
    finally:
        await runner.cleanup()


@pytest.fixture(params=["fast", "recorded"])
async def dial(request: pytest.FixtureRequest) -> AsyncIterator[Dial]:
    sockets = Sockets()
    yield sockets.dial if request.param == "fast" else WebSocket
    await sockets.close()


def dialled(dial: Dial) -> tuple[Socket, "asyncio.Queue[object]"]:
    heard: asyncio.Queue[object] = asyncio.Queue()
    tell: Callable[..., None] = lambda *what: heard.put_nowait(what if len(what) > 1 else what[0])  # noqa: E731
    return dial(Transcript(Redactor()).of("user A"), tell, tell), heard


async def test_frames_come_back_and_pings_are_answered(dial: Dial) -> None:
    async with server() as url:
        socket, heard = dialled(dial)
        await socket.connect(url, within=PATIENCE)
        await socket.send("hello")
        await socket.send(b"\x00")
        assert [await heard.get(), await heard.get()] == ["hello", b"\x00"]
        assert await socket.ping(PATIENCE)
        assert socket.connected
        await socket.close()
        assert not socket.connected


async def test_the_servers_end_is_told_with_its_code(dial: Dial) -> None:
    async with server() as url:
        socket, heard = dialled(dial)
        await socket.connect(url, within=PATIENCE)
        await socket.send("go away")
        code, _ = await heard.get()  # type: ignore[misc]
        assert code == 4001
        assert not await socket.ping(PATIENCE)


async def test_a_refused_handshake_is_told_with_its_status(dial: Dial) -> None:
    async with server() as url:
        socket, _ = dialled(dial)
        with pytest.raises(HandshakeRefused) as refusal:
            await socket.connect(f"{url}?who=stranger", within=PATIENCE)
        assert refusal.value.answer.status == 403


async def test_nobody_shows_the_cookie_of_somebody_else(dial: Dial) -> None:
    async with server() as url:
        named = url.replace("127.0.0.1", "localhost")  # for a bare address aiohttp keeps no cookies anyway
        for socket, heard in (dialled(dial), dialled(dial)):
            await socket.connect(f"{named}?who=somebody", within=PATIENCE)
            assert await heard.get() == "shows {}"
            await socket.close()


async def test_a_frame_that_nobody_could_read_is_no_silence(dial: Dial) -> None:
    async with server() as url:

        def heard(frame: object) -> None:
            raise KeyError(frame)

        socket = dial(Transcript(Redactor()).of("user A"), heard, lambda *_: None)
        await socket.connect(url, within=PATIENCE)
        await socket.send("what is this?")
        try:
            with pytest.raises((KeyError, Unreachable)):
                await socket.ping(0.5)
        finally:
            await socket.close()
