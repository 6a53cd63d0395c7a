"""PostgreSQL: a pool for the work, and the wire."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import TypeVar

import psycopg

from reference.chat.database import Database
from reference.chat.refusals import Unavailable
from reference.kit import postgres
from reference.kit.postgres import Connection, Pool

T = TypeVar("T")
#: Seconds that the pool itself would wait for a connection: longer than `bounded` lets it.
_NO_LIMIT = 30.0


class Postgres(Database, postgres.Database):
    """The user accounts' database.

    Args:
        dsn: where it is.
        limit: seconds that it may take over anything.
    """

    name = "PostgreSQL"
    losses = postgres.LOST

    def __init__(self, dsn: str, limit: float) -> None:
        super().__init__(limit)
        self._dsn = dsn
        self._pool: Pool | None = None
        self._idle: psycopg.AsyncConnection | None = None

    async def open(self) -> None:
        await self.close()
        self._idle = await self.bounded(psycopg.AsyncConnection.connect(self._dsn, autocommit=True))
        self._pool = postgres.new_pool(self._dsn, _NO_LIMIT, min_size=1, max_size=4)
        await self.bounded(self._pool.open(wait=True))
        self.hang_on(self._listen(self._idle))

    async def beat(self) -> None:
        await self.rows("SELECT 1")

    async def close(self) -> None:
        await super().close()
        pool, idle, self._pool, self._idle = self._pool, self._idle, None, None
        if idle is not None:
            idle.pgconn.finish()
        if pool is not None:
            with suppress(Unavailable):
                await self.bounded(pool.close(timeout=0))

    async def run(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Do `work` on a connection. Raises `Unavailable` if the database is lost, or too slow."""
        if self._pool is None:
            raise Unavailable(self.name)
        return await self.bounded(self._connected(self._pool, work))

    @staticmethod
    async def _connected(pool: Pool, work: Callable[[Connection], Awaitable[T]]) -> T:
        async with pool.connection() as connection:
            return await work(connection)

    @staticmethod
    async def _listen(idle: psycopg.AsyncConnection) -> None:
        async for _ in idle.notifies():
            pass
