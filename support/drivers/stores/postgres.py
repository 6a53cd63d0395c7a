"""A read-only look into PostgreSQL, for what a document specifies at rest."""

from contextlib import suppress
from typing import Any

import psycopg
from psycopg import sql

from support.drivers.kit.read_only import let_through

Rows = list[tuple[Any, ...]]


class PostgresStore:
    """One database.

    Args:
        dsn: libpq connection URI.
    """

    def __init__(self, dsn: str) -> None:
        self._dsn = dsn
        self._connection: psycopg.AsyncConnection[tuple[Any, ...]] | None = None

    async def rows(self, query: str, *values: object) -> Rows:
        """All rows that a query gives; `%s` stands for a value.

        Raises:
            psycopg.Error: the database cannot be reached, or does not understand the query.
        """
        return await self._fetch(query.encode(), values or None)

    async def tables(self) -> frozenset[str]:
        """The names of its tables."""
        found = await self.rows("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        return frozenset(name for (name,) in found)

    async def holding(self, words: str) -> list[str]:
        """The tables in which these words stand, in whatever column."""
        found: list[str] = []
        for table in sorted(await self.tables()):
            query = sql.SQL("SELECT count(*) FROM {0} WHERE strpos({0}::text, {1}) > 0")
            ((count,),) = await self._fetch(query.format(sql.Identifier(table), sql.Literal(words)))
            found += [table] if count else []
        return found

    async def connections(self) -> tuple[int, int]:
        """How many connections are open now, and how many may be."""
        ((count,),) = await self.rows("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")
        ((limit,),) = await self.rows("SELECT current_setting('max_connections')::int")
        return count, limit

    async def close(self) -> None:
        """Close the connection, if there is one."""
        if self._connection:
            await self._connection.close()

    async def _fetch(self, query: bytes | sql.Composed, values: tuple[object, ...] | None = None) -> Rows:
        """Ask, by a new connection if the one there was has been lost."""
        let_through(self._dsn, "look into PostgreSQL", changes=False)
        if self._connection and not self._connection.closed:
            with suppress(psycopg.OperationalError):
                return await (await self._connection.execute(query, values)).fetchall()
        self._connection = await psycopg.AsyncConnection.connect(
            self._dsn, autocommit=True, connect_timeout=3, options="-c default_transaction_read_only=on"
        )
        return await (await self._connection.execute(query, values)).fetchall()
