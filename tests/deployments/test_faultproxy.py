"""The fault proxy at the level of sockets."""

import asyncio
import contextlib
import socket
import struct
from collections.abc import AsyncIterator
from typing import Any

import pytest

from support.core import clock
from support.environments.faults.proxy import HOST, FaultProxy

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]


async def _echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(1000):
            writer.write(data)
            await writer.drain()
    writer.close()


@pytest.fixture
async def proxy() -> AsyncIterator[FaultProxy]:
    """In front of an echo. What the loop complains of, as of an exception that nobody saw, fails the test."""
    complaints: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, complaint: complaints.append(complaint))
    echo = await asyncio.start_server(_echo, HOST, 0)
    link = FaultProxy()
    link.upstream = echo.sockets[0].getsockname()[1]
    await link.open()
    yield link
    await link.close()
    echo.close()
    assert complaints == []


async def _connect(proxy: FaultProxy) -> Stream:
    return await asyncio.open_connection(HOST, proxy.port)


async def _echoed(stream: Stream, text: bytes) -> bytes:
    reader, writer = stream
    writer.write(text)
    async with asyncio.timeout(0.5):
        return await reader.readexactly(len(text))


async def test_cut_resets_what_is_open_and_refuses_what_is_new(proxy: FaultProxy) -> None:
    open_before = await _connect(proxy)
    assert await _echoed(open_before, b"hello") == b"hello"
    await proxy.cut()
    with pytest.raises(ConnectionResetError):
        await open_before[0].read(1)
    with pytest.raises(ConnectionRefusedError):
        await _connect(proxy)
    await proxy.heal()
    assert await _echoed(await _connect(proxy), b"again") == b"again"


async def test_an_end_in_order_arrives_as_such_after_all_data(proxy: FaultProxy) -> None:
    reader, writer = await _connect(proxy)
    writer.write(b"x" * 3_000_000)
    writer.write_eof()
    assert len(await reader.read(-1)) == 3_000_000


async def test_a_reader_that_does_not_read_holds_the_writer_up(proxy: FaultProxy) -> None:
    _, writer = await _connect(proxy)
    sent = 0

    async def flood() -> None:
        nonlocal sent
        while True:
            writer.write(b"x" * 100_000)
            await writer.drain()
            sent += 100_000

    flooding = asyncio.create_task(flood())
    level = -1
    while level != sent:  # until it stands still
        level = sent
        await clock.pause(0.1)
    assert 0 < sent < 50_000_000
    flooding.cancel()
    writer.transport.abort()


async def test_a_server_that_is_down_resets(proxy: FaultProxy) -> None:
    free = FaultProxy()
    await free.open()
    proxy.upstream = free.port
    await free.close()
    reader, _ = await _connect(proxy)
    with pytest.raises(ConnectionResetError):
        await reader.read(1)


async def test_many_connections_cut_at_once(proxy: FaultProxy) -> None:
    streams = await asyncio.gather(*(_connect(proxy) for _ in range(50)))
    await proxy.cut()
    ends = await asyncio.gather(*(reader.read(1) for reader, _ in streams), return_exceptions=True)
    assert {type(end) for end in ends} == {ConnectionResetError}


async def test_what_is_said_before_the_server_is_reached_arrives_in_order(proxy: FaultProxy) -> None:
    streams = [await _connect(proxy) for _ in range(20)]
    for _, writer in streams:
        writer.write(b"first ")
        writer.write(b"x" * 200_000)
        writer.write_eof()
    for reader, _ in streams:
        assert await reader.read(-1) == b"first " + b"x" * 200_000


async def test_a_client_that_resets_is_reset_at_the_server(proxy: FaultProxy) -> None:
    ends: list[Exception] = []

    async def listen(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await reader.read(1000):
                pass
        except ConnectionError as end:
            ends.append(end)
        writer.close()

    listening = await asyncio.start_server(listen, HOST, 0)
    proxy.upstream = listening.sockets[0].getsockname()[1]
    with socket.create_connection((HOST, proxy.port)) as client:
        client.sendall(b"hello")
        await asyncio.sleep(0.1)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    await asyncio.sleep(0.1)
    assert [type(end) for end in ends] == [ConnectionResetError]
    listening.close()


@pytest.mark.parametrize("patience", [0.0, 0.002, 0.05])
async def test_data_for_a_client_that_has_gone_is_no_trouble(proxy: FaultProxy, patience: float) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):  # uvloop's word for a closed end is RuntimeError
            for _ in range(20):
                writer.write(b"hello")
                await asyncio.sleep(0.005)
        writer.close()

    greeting = await asyncio.start_server(greet, HOST, 0)
    proxy.upstream = greeting.sockets[0].getsockname()[1]
    _, writer = await _connect(proxy)
    await asyncio.sleep(patience)
    writer.transport.abort()
    await asyncio.sleep(0.2)
    greeting.close()
