"""A WebSocket loses nothing that nobody could read."""

import asyncio

import pytest
from websockets.asyncio.server import ServerConnection, serve

from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients import websocket
from support.drivers.clients.websocket import Frame, WebSocket


async def test_what_nobody_could_read_is_no_silence_and_the_next_frame_is_read() -> None:
    heard: list[Frame] = []

    def read(frame: Frame) -> None:
        if frame == "nonsense":
            raise KeyError("type")
        heard.append(frame)

    async def talk(connection: ServerConnection) -> None:
        await connection.send("nonsense")
        await connection.send("sense")
        await connection.wait_closed()

    async with serve(talk, "127.0.0.1", 0) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        socket = WebSocket(Transcript(Redactor()).of("user A"), read, lambda *_: None)
        await socket.connect(f"ws://127.0.0.1:{port}", within=10)
        with pytest.raises(KeyError, match="type"):
            await socket.ping(within=10)
        assert heard == ["sense"]
        assert await socket.ping(within=10)
        await socket.close()


async def test_a_flood_ends_with_a_server_that_takes_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(websocket, "_STUCK", 0.2)

    async def answer_each(connection: ServerConnection) -> None:
        async for frame in connection:
            await connection.send(frame)  # which waits for a client that does not read

    async with serve(answer_each, "127.0.0.1", 0, compression=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        socket = WebSocket(Transcript(Redactor()).of("user A"), lambda _: None, lambda *_: None)
        await socket.connect(f"ws://127.0.0.1:{port}", within=10)
        async with asyncio.timeout(10):
            await socket.flood("x" * 300_000, times=200)
        await socket.close()
