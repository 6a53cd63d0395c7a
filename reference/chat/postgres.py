"""PostgreSQL: a pool for the work, and the wire."""

from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool

from reference.chat.database import Database
from reference.chat.refusals import Unavailable


class Postgres(Database):
    """The user accounts' database.

    Args:
        dsn: where it is.
        limit: seconds that it may take over anything.
    """

    name = "PostgreSQL"
    losses = (psycopg.OperationalError, psycopg.InterfaceError, OSError)

    def __init__(self, dsn: str, limit: float) -> None:
        super().__init__(limit)
        self._dsn = dsn
        self._pool: AsyncConnectionPool | None = None
        self._idle: psycopg.AsyncConnection | None = None

    async def open(self) -> None:
        await self.close()
        self._idle = await self.bounded(psycopg.AsyncConnection.connect(self._dsn, autocommit=True))
        self._pool = AsyncConnectionPool(self._dsn, min_size=1, max_size=4, open=False, kwargs={"autocommit": True})
        await self.bounded(self._pool.open(wait=True))
        self.hang_on(self._listen(self._idle))

    async def beat(self) -> None:
        await self.fetch("SELECT 1")

    async def close(self) -> None:
        await super().close()
        pool, idle, self._pool, self._idle = self._pool, self._idle, None, None
        if idle is not None:
            idle.pgconn.finish()
        if pool is not None:
            with suppress(Unavailable):
                await self.bounded(pool.close(timeout=0))

    async def fetch(self, query: str, *values: Any) -> Sequence[tuple[Any, ...]]:
        """Run one statement.

        Returns:
            Its rows, none if it gives none.

        Raises:
            Unavailable: the database is lost, or too slow.
        """
        if self._pool is None:
            raise Unavailable(self.name)
        return await self.bounded(self._fetch(self._pool, query, values))

    @staticmethod
    async def _fetch(pool: AsyncConnectionPool, query: str, values: Sequence[Any]) -> Sequence[tuple[Any, ...]]:
        async with pool.connection() as connection:
            cursor = await connection.execute(query.encode(), values)
            return await cursor.fetchall() if cursor.description else []

    @staticmethod
    async def _listen(idle: psycopg.AsyncConnection) -> None:
        async for _ in idle.notifies():
            pass
