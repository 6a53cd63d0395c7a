"""PostgreSQL as the dashboard uses it: with a lock for each school, over all processes."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar
from weakref import WeakValueDictionary

from reference.kit import postgres
from reference.kit.postgres import Connection

T = TypeVar("T")

_SCHEMA = Path(__file__).with_name("schema.sql").read_bytes()
#: As many from the start as ever: what a server holds does not depend on what it has been through.
_CONNECTIONS = 4


class Database(postgres.Database):
    """The pool that all parts of a server share. Everything raises `psycopg.OperationalError` while PostgreSQL is away.

    Args:
        dsn: where PostgreSQL is.
        patience: seconds to wait for a connection, and for any statement.
    """

    def __init__(self, dsn: str, patience: float) -> None:
        self._queues: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._pool = postgres.new_pool(
            dsn, patience, statement_limit=True, connect_limit=max(1, round(patience)), min_size=_CONNECTIONS
        )

    async def open(self) -> None:
        """Connect, and create what is not there yet."""
        await self._pool.open(wait=True)
        async with self.connection() as connection:
            await postgres.create_tables(connection, _SCHEMA)

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection of the pool for the time of the block."""
        async with self._pool.connection() as connection:
            yield connection

    async def run(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        async with self._pool.connection() as connection:
            return await work(connection)

    @asynccontextmanager
    async def locked(self, number: int) -> AsyncIterator[Connection]:
        """A connection that holds the advisory lock `number`, over all processes, until the block ends.

        Those who wait for the same in this process queue up here, not in the database, and take up no connections.
        """
        queue = self._queues.setdefault(number, asyncio.Lock())
        async with queue, self._pool.connection() as connection:
            await connection.execute("select pg_advisory_lock(%s)", [number])
            try:
                yield connection
            finally:
                await connection.execute("select pg_advisory_unlock(%s)", [number])

    async def signing_key(self) -> str:
        """The key that all processes sign tokens with. It is kept, so that a restart logs no user out."""
        made_up = secrets.token_hex(32)
        await self.rows("insert into dashboard_signingkey (secret) values (%s) on conflict do nothing", made_up)
        key = await self.one("select secret from dashboard_signingkey")
        return str(key["secret"])
