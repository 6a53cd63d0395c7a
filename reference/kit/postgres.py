"""PostgreSQL: a pool of connections, tables that are there, and rows as dictionaries."""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

Row = dict[str, Any]
Connection = AsyncConnection[Row]
Pool = AsyncConnectionPool[Connection]
T = TypeVar("T")

#: What is raised while PostgreSQL is away.
LOST = (psycopg.OperationalError, psycopg.InterfaceError, OSError)
#: The advisory lock under which one process at a time creates the tables.
TABLES = 7_003_001


def new_pool(dsn: str, patience: float, *, statement_limit: bool = False, connect_limit: int = 0, **how: Any) -> Pool:
    """A pool that is not open yet.

    Args:
        dsn: where PostgreSQL is.
        patience: seconds to wait for a connection.
        statement_limit: whether a statement may take no longer either.
        connect_limit: seconds that a new connection may take; 0 for no limit.
        how: its size, and whatever else psycopg's pools take.
    """
    options = f"-c timezone=UTC -c statement_timeout={round(patience * 1000) if statement_limit else 0}"
    kwargs = {"autocommit": True, "row_factory": dict_row, "options": options, "connect_timeout": connect_limit}
    return AsyncConnectionPool(
        dsn, connection_class=AsyncConnection[Row], timeout=patience, open=False, kwargs=kwargs, **how
    )


class Database:
    """What all parts of a server share. A subclass says how it gets a connection, and what an outage means."""

    async def run(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Do `work` on a connection."""
        raise NotImplementedError

    async def rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of a statement. Raises as `run` does."""
        return await self.run(lambda connection: rows(connection, sql, *values))

    async def row(self, sql: str, *values: object) -> Row | None:
        """The first row of a statement, None if there is none. Raises as `run` does."""
        return next(iter(await self.rows(sql, *values)), None)

    async def one(self, sql: str, *values: object) -> Row:
        """The first row of a statement that gives one for sure. Raises as `run` does."""
        return (await self.rows(sql, *values))[0]


async def rows(connection: AsyncConnection[Row], sql: str, *values: object) -> list[Row]:
    """All rows of a statement on a connection, none for a statement that has no result."""
    cursor = await connection.execute(sql.encode(), values)
    return await cursor.fetchall() if cursor.description else []


async def row(connection: AsyncConnection[Row], sql: str, *values: object) -> Row | None:
    """The first row of a statement on a connection, None if there is none."""
    return next(iter(await rows(connection, sql, *values)), None)


async def one(connection: AsyncConnection[Row], sql: str, *values: object) -> Row:
    """The first row of a statement on a connection that gives one for sure."""
    return (await rows(connection, sql, *values))[0]


async def create_tables(connection: AsyncConnection[Any], schema: bytes) -> None:
    """Create what statements name and what is not there yet; one process at a time does."""
    async with connection.transaction():
        await connection.execute("select pg_advisory_xact_lock(%s)", [TABLES])
        await connection.execute(schema)
