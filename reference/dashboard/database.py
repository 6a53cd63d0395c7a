"""PostgreSQL: a small pool, the tables, and rows as dictionaries."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

Row = dict[str, Any]
Connection = AsyncConnection[Row]

_SCHEMA = Path(__file__).with_name("schema.sql")
#: The advisory lock under which one process at a time creates the tables; a school's own lock is its number.
_TABLES = -1
#: As many from the start as ever: what a server holds does not depend on what it has been through.
_CONNECTIONS = 4


class Database:
    """The pool that all parts of a server share.

    Args:
        dsn: where PostgreSQL is.
        patience: seconds to wait for a connection, and for any statement.
    """

    def __init__(self, dsn: str, patience: float) -> None:
        self._queues: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            dsn,
            connection_class=AsyncConnection[Row],
            min_size=_CONNECTIONS,
            timeout=patience,
            open=False,
            kwargs={
                "autocommit": True,
                "row_factory": dict_row,
                "connect_timeout": max(1, round(patience)),
                "options": f"-c timezone=UTC -c statement_timeout={round(patience * 1000)}",
            },
        )

    async def open(self) -> None:
        """Connect, and create what is not there yet.

        Raises:
            psycopg.Error: PostgreSQL cannot be reached.
        """
        await self._pool.open(wait=True)
        async with self.locked(_TABLES) as connection:
            await connection.execute(_SCHEMA.read_bytes())

    async def close(self) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[Connection]:
        """A connection of the pool for the time of the block."""
        async with self._pool.connection() as connection:
            yield connection

    async def rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of a statement."""
        async with self._pool.connection() as connection:
            return await rows(connection, sql, *values)

    async def row(self, sql: str, *values: object) -> Row | None:
        """The first row of a statement, None if there is none."""
        return next(iter(await self.rows(sql, *values)), None)

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
        """The key that all processes sign tokens with. It is kept, so that a restart logs nobody out."""
        made_up = secrets.token_hex(32)
        await self.rows("insert into dashboard_signingkey (secret) values (%s) on conflict do nothing", made_up)
        key = await self.row("select secret from dashboard_signingkey")
        assert key is not None
        return str(key["secret"])


async def rows(connection: Connection, sql: str, *values: object) -> list[Row]:
    """All rows of a statement on a connection, none for a statement that has no result."""
    cursor = await connection.execute(sql.encode(), values)
    return await cursor.fetchall() if cursor.description else []


async def row(connection: Connection, sql: str, *values: object) -> Row | None:
    """The first row of a statement on a connection, None if there is none."""
    return next(iter(await rows(connection, sql, *values)), None)
