"""A look into Redis outlasts a connection that was reset meanwhile."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from redis.exceptions import RedisError

from support.drivers.stores.redis import RedisStore


@asynccontextmanager
async def answering() -> AsyncIterator[str]:
    """Something that says yes to whatever a client of Redis asks; its URL."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            if line.startswith(b"*"):
                words = [(await reader.readline(), await reader.readline())[1].strip() for _ in range(int(line[1:]))]
                writer.write(b"+PONG\r\n" if words[0].upper() == b"PING" else b"-ERR unknown command\r\n")
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        yield f"redis://127.0.0.1:{server.sockets[0].getsockname()[1]}/0?protocol=2"


def break_connections(store: RedisStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the connections say what uvloop says of one that has been reset."""

    def closed(*_: Any) -> None:
        raise RuntimeError("unable to perform operation on <TCPTransport closed=True>; the handler is closed")

    for connection in store._client.connection_pool._available_connections:
        monkeypatch.setattr(connection._writer, "writelines", closed)


async def test_a_connection_that_was_reset_is_opened_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering() as url:
        store = RedisStore(url)
        assert await store.answers()
        break_connections(store, monkeypatch)
        assert await store.answers()
        await store.close()


async def test_that_it_is_not_there_is_told_as_that(monkeypatch: pytest.MonkeyPatch) -> None:
    async with answering() as url:
        store = RedisStore(url)
        assert await store.answers()
        break_connections(store, monkeypatch)
    with pytest.raises((RedisError, OSError)):
        await store.answers()
    await store.close()
