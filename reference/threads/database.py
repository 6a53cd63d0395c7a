"""PostgreSQL: rows as dictionaries, transactions that are tried again when the server goes away under them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool, PoolClosed, PoolTimeout

from reference.kit.patience import NoAnswerError, patiently
from reference.threads.retries import Hung, Lost, Retries

Row = dict[str, Any]
Connection = AsyncConnection[Row]
T = TypeVar("T")

_SCHEMA = Path(__file__).with_name("schema.sql")
_BREAKS = (psycopg.OperationalError, psycopg.InterfaceError, OSError)
_LOSSES = (*_BREAKS, PoolTimeout, PoolClosed)
_CONNECTIONS = 6


class Database:
    """The pool that all parts of the server share. It is made afresh whenever a connection of it breaks.

    Args:
        dsn: where PostgreSQL is.
        patience: seconds to wait for a free connection; a transaction may take twice as long altogether.
        retries: how often to try again.
    """

    def __init__(self, dsn: str, patience: float, retries: Retries) -> None:
        self._dsn = dsn
        self._patience = patience
        self._retries = retries
        self._pool: AsyncConnectionPool[Connection] | None = None
        self._opening = asyncio.Lock()
        self._slots = asyncio.Semaphore(_CONNECTIONS)
        self._farewells: set[asyncio.Task[None]] = set()

    async def rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of a statement. Raises `Unavailable`."""
        return await self.run(lambda connection: rows(connection, sql, *values))

    async def row(self, sql: str, *values: object) -> Row | None:
        """The first row of a statement, None if there is none. Raises `Unavailable`."""
        return next(iter(await self.rows(sql, *values)), None)

    async def transaction(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Do `work` in a transaction, again from its beginning if the database goes away. Raises `Unavailable`."""

        async def atomic(connection: Connection) -> T:
            async with connection.transaction():
                return await work(connection)

        return await self.run(atomic)

    async def run(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Do `work`, which is one statement, again if the database goes away. Raises `Unavailable`."""
        async with self._slots:  # who waits for a turn does not wait for PostgreSQL
            return await self._retries.run(lambda: self._bounded(self._connected(work)))

    async def answers(self) -> bool:
        """Whether PostgreSQL is there now; asks it once, past all retries."""
        try:
            await self._bounded(self._connected(lambda connection: rows(connection, "select 1")))
        except Lost:
            return False
        return True

    async def close(self) -> None:
        """Drop all connections, also dead ones."""
        self._drop(self._pool)
        await asyncio.gather(*self._farewells, return_exceptions=True)

    async def _connected(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        pool = await self._opened()
        try:
            async with pool.connection(self._patience) as connection:
                return await work(connection)
        except (*_BREAKS, PoolClosed):
            self._drop(pool)
            raise

    async def _opened(self) -> AsyncConnectionPool[Connection]:
        async with self._opening:
            if self._pool is None:
                # The pool would try for as long as we let it; one connection tells at once that nobody is there.
                async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True) as connection:
                    await connection.execute(_SCHEMA.read_bytes())
                self._pool = await self._new_pool()
            return self._pool

    async def _new_pool(self) -> AsyncConnectionPool[Connection]:
        pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            self._dsn,
            connection_class=AsyncConnection[Row],
            min_size=_CONNECTIONS,
            timeout=self._patience,
            open=False,
            kwargs={"autocommit": True, "row_factory": dict_row, "options": "-c timezone=UTC"},
        )
        await pool.open()
        return pool

    def _drop(self, pool: AsyncConnectionPool[Connection] | None) -> None:
        if pool is None or pool is not self._pool:
            return
        self._pool = None
        farewell = asyncio.create_task(pool.close(timeout=0))
        self._farewells.add(farewell)
        farewell.add_done_callback(self._farewells.discard)

    async def _bounded(self, work: Coroutine[Any, Any, T]) -> T:
        try:
            return await patiently(work, 2 * self._patience)
        except NoAnswerError as error:
            self._drop(self._pool)
            raise Hung(str(error)) from error
        except _LOSSES as error:
            raise Lost(str(error).splitlines()[0] if str(error) else type(error).__name__) from error


async def rows(connection: Connection, sql: str, *values: object) -> list[Row]:
    """All rows of a statement on a connection, none for a statement that has no result."""
    cursor = await connection.execute(sql.encode(), values)
    return await cursor.fetchall() if cursor.description else []


async def row(connection: Connection, sql: str, *values: object) -> Row | None:
    """The first row of a statement on a connection, None if there is none."""
    return next(iter(await rows(connection, sql, *values)), None)
