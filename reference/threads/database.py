"""PostgreSQL: rows as dictionaries, transactions that are tried again when the server goes away under them."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import psycopg

from reference.kit import postgres
from reference.kit.patience import NoAnswerError, patiently
from reference.kit.postgres import Connection, Pool, rows
from reference.threads.retries import Hung, Lost, Retries

T = TypeVar("T")

_SCHEMA = Path(__file__).with_name("schema.sql").read_bytes()
_CONNECTIONS = 6


class Database(postgres.Database):
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
        self._pool: Pool | None = None
        self._opening = asyncio.Lock()
        self._slots = asyncio.Semaphore(_CONNECTIONS)
        self._farewells: set[asyncio.Task[None]] = set()

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
        except postgres.LOST:
            self._drop(pool)
            raise

    async def _opened(self) -> Pool:
        async with self._opening:
            if self._pool is None:
                # The pool would try for as long as we let it; one connection tells at once that no server is there.
                async with await psycopg.AsyncConnection.connect(self._dsn, autocommit=True) as connection:
                    await postgres.create_tables(connection, _SCHEMA)
                pool = postgres.new_pool(self._dsn, self._patience, min_size=_CONNECTIONS)
                await pool.open()
                self._pool = pool
            return self._pool

    def _drop(self, pool: Pool | None) -> None:
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
        except postgres.LOST as error:
            raise Lost(str(error).splitlines()[0] if str(error) else type(error).__name__) from error
