"""PostgreSQL: a pool, the tables, and rows as dictionaries."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
from psycopg import AsyncConnection
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from reference.broker.refusals import Rejected

Row = dict[str, Any]
Connection = AsyncConnection[Row]

_SCHEMA = Path(__file__).with_name("schema.sql")
#: The advisory lock under which one process at a time creates the tables.
_TABLES = 7_003_001
_LEAST, _MOST = 2, 10  # connections
#: Seconds until a lost connection is given up and made anew on demand, instead of at ever longer intervals.
_REPAIR = 1.0
#: How often the database is tried at the start, and the seconds in between.
_ATTEMPTS, _PAUSE = 10, 0.2
#: Seconds that a new connection may take. Longer than anybody waits for one: given up sooner, a machine that has much
#: else to do would begin each of them anew, and never come to an end.
_CONNECT = 10


class Database:
    """The pool that all parts of the main server share.

    Args:
        dsn: where PostgreSQL is.
        patience: seconds to wait for a connection, and for any statement.
    """

    def __init__(self, dsn: str, patience: float) -> None:
        self._patience = patience
        self._pool: AsyncConnectionPool[Connection] = AsyncConnectionPool(
            dsn,
            connection_class=AsyncConnection[Row],
            min_size=_LEAST,
            max_size=_MOST,
            timeout=patience,
            reconnect_timeout=_REPAIR,
            check=self._check,
            open=False,
            kwargs={
                "autocommit": True,
                "row_factory": dict_row,
                "connect_timeout": _CONNECT,
                "options": f"-c timezone=UTC -c statement_timeout={round(patience * 1000)}",
            },
        )

    async def open(self) -> None:
        """Connect, and create what is not there yet; without PostgreSQL, end the program with one line."""
        logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # every attempt to reconnect, with addresses
        await self._pool.open()
        for _ in range(_ATTEMPTS):
            try:
                return await self._create_tables()
            except Rejected:  # logged already
                await asyncio.sleep(_PAUSE)
        raise SystemExit("main server: the database cannot be reached")

    async def _create_tables(self) -> None:
        async with self.transaction() as connection:
            await connection.execute("select pg_advisory_xact_lock(%s)", [_TABLES])
            await connection.execute(_SCHEMA.read_bytes())

    async def _check(self, connection: Connection) -> None:
        with _cut_off_after(connection, self._patience / 2):
            await AsyncConnectionPool.check_connection(connection)

    async def close(self) -> None:
        """Give all connections up."""
        await self._pool.close(timeout=1.0)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[Connection]:
        """A connection inside a transaction, for the time of the block.

        Raises:
            Rejected: 503, the database is away; nothing has changed.
        """
        try:
            async with self._pool.connection() as connection:
                with _cut_off_after(connection, self._patience):
                    async with connection.transaction():
                        yield connection
        except (psycopg.OperationalError, psycopg.InterfaceError) as error:
            logging.error("database: %s", type(error).__name__)
            raise Rejected(503, "Database unavailable") from None

    async def rows(self, sql: str, *values: object) -> list[Row]:
        """All rows of a statement. Raises `Refused` as `transaction` does."""
        async with self.transaction() as connection:
            return await rows(connection, sql, *values)

    async def row(self, sql: str, *values: object) -> Row | None:
        """The first row of a statement, None if there is none. Raises `Refused` as `transaction` does."""
        return next(iter(await self.rows(sql, *values)), None)


@contextmanager
def _cut_off_after(connection: Connection, seconds: float) -> Iterator[None]:
    # A server that hangs heeds no time limit of its own; and to cancel what waits for it, psycopg would wait too.
    timer = asyncio.get_running_loop().call_later(seconds, _cut_off, connection.fileno())
    try:
        yield
    finally:
        timer.cancel()


def _cut_off(descriptor: int) -> None:
    with suppress(OSError), socket.socket(fileno=os.dup(descriptor)) as line:
        line.shutdown(socket.SHUT_RDWR)


async def rows(connection: Connection, sql: str, *values: object) -> list[Row]:
    """All rows of a statement on a connection, none for a statement that has no result."""
    cursor = await connection.execute(sql.encode(), values)
    return await cursor.fetchall() if cursor.description else []


async def row(connection: Connection, sql: str, *values: object) -> Row | None:
    """The first row of a statement on a connection, None if there is none."""
    return next(iter(await rows(connection, sql, *values)), None)
