"""What PostgreSQL and Redis acknowledge is kept over kills, and the secrets of both are kept too."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import psycopg
import pytest
import redis.asyncio as redis_client
from psycopg.conninfo import conninfo_to_dict
from redis.exceptions import RedisError

from support.core import clock
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.redis import Redis
from support.environments.embedded.server_process import ManagedProcess

pytestmark = pytest.mark.asyncio(loop_scope="module")

KILLS = 4
WRITERS = 3
ENOUGH = 100  # writes between two kills

Write = Callable[[str], Awaitable[Any]]
Connect = Callable[[], AbstractAsyncContextManager[Write]]


async def _acknowledged_while_killed(server: ManagedProcess, connect: Connect) -> list[str]:
    """Kill and start `server` while writers go on; what they were told is stored."""
    acknowledged: list[str] = []
    done = asyncio.Event()

    async def write_on(writer: int) -> None:
        names = (f"{writer}-{number}" for number in itertools.count())
        while not done.is_set():
            try:
                async with connect() as write:
                    while not done.is_set():
                        name = next(names)
                        await write(name)
                        acknowledged.append(name)
            except (psycopg.OperationalError, RedisError):
                await clock.pause(0.005)

    async with asyncio.TaskGroup() as writers:
        for writer in range(WRITERS):
            writers.create_task(write_on(writer))
        for _ in range(KILLS):
            enough = len(acknowledged) + ENOUGH
            assert await clock.until(lambda: len(acknowledged) > enough, within=5.0)  # noqa: B023 - awaited here
            await server.restart()
        done.set()
    return acknowledged


def _lost(acknowledged: list[str], found: Iterable[str]) -> int:
    return len(set(acknowledged).difference(found))


async def test_postgres_keeps_what_it_acknowledged_over_kills(postgres: Postgres) -> None:
    async with await psycopg.AsyncConnection.connect(postgres.dsn) as connection:
        await connection.execute("CREATE TABLE written (name text)")

    @asynccontextmanager
    async def connect() -> AsyncIterator[Write]:
        async with await psycopg.AsyncConnection.connect(postgres.dsn, autocommit=True) as connection:
            yield lambda name: connection.execute("INSERT INTO written VALUES (%s)", [name])

    acknowledged = await _acknowledged_while_killed(postgres, connect)
    async with await psycopg.AsyncConnection.connect(postgres.direct_dsn) as connection:
        found = await (await connection.execute("SELECT name FROM written")).fetchall()
    assert len(acknowledged) > KILLS * ENOUGH
    assert _lost(acknowledged, (name for (name,) in found)) == 0


async def test_redis_keeps_what_it_acknowledged_over_kills(redis: Redis) -> None:
    @asynccontextmanager
    async def connect() -> AsyncIterator[Write]:
        async with redis_client.from_url(redis.url) as client:
            yield lambda name: client.rpush("written", name)

    acknowledged = await _acknowledged_while_killed(redis, connect)
    async with redis_client.from_url(redis.direct_url, decode_responses=True) as client:
        found = await client.lrange("written", 0, -1)
    assert len(acknowledged) > KILLS * ENOUGH
    assert _lost(acknowledged, found) == 0


def _password(server: Postgres) -> str:
    return conninfo_to_dict(server.dsn)["password"]


async def test_postgres_wants_its_password(postgres: Postgres) -> None:
    stranger = postgres.direct_dsn.replace(_password(postgres), "guessed")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        await psycopg.AsyncConnection.connect(stranger)


async def test_the_password_is_neither_in_the_log_nor_on_disk_nor_in_the_process_list(postgres: Postgres) -> None:
    log, command_line = postgres.log.since(0), " ".join(map(str, postgres.command()))
    assert "ready to accept connections" in log
    assert _password(postgres) not in log + command_line
    assert not (postgres.folder / "password").exists()
