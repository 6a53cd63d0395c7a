"""PostgreSQL as the main server uses it: all in transactions, and no request waits for a server that hangs."""

import asyncio
import logging
import os
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import TypeVar

from reference.broker.main import schema
from reference.broker.refusals import Rejected
from reference.kit import postgres
from reference.kit.postgres import Connection, Pool

T = TypeVar("T")

_LEAST, _MOST = 2, 10  # connections
#: Seconds until a lost connection is given up and made anew on demand, instead of at ever longer intervals.
_REPAIR = 1.0
#: How often the database is tried at the start, and the seconds in between.
_ATTEMPTS, _PAUSE = 10, 0.2
#: Seconds that a new connection may take. Longer than anybody waits for one: given up sooner, a machine that has much
#: else to do would begin each of them anew, and never come to an end.
_CONNECT = 10


class Database(postgres.Database):
    """The pool that all parts of the main server share.

    Args:
        dsn: where PostgreSQL is.
        patience: seconds to wait for a connection, and for any statement.
    """

    def __init__(self, dsn: str, patience: float) -> None:
        self._dsn = dsn
        self._patience = patience
        size = {"min_size": _LEAST, "max_size": _MOST}
        care = {"reconnect_timeout": _REPAIR, "check": self._check}
        self._pool = postgres.new_pool(dsn, patience, statement_limit=True, connect_limit=_CONNECT, **size, **care)

    async def open(self) -> None:
        """Connect, and create what is not there yet; without PostgreSQL, end the program with one line."""
        await self._pool.open()
        for _ in range(_ATTEMPTS):
            try:
                return await self._create_tables()
            except Rejected:  # logged already
                await asyncio.sleep(_PAUSE)
        raise SystemExit("main server: the database cannot be reached")

    async def _create_tables(self) -> None:
        async with self.transaction() as connection:
            current = await schema.is_current(connection)
        if not current:
            await asyncio.to_thread(schema.upgrade, self._dsn)

    async def _check(self, connection: Connection) -> None:
        with _cut_off_after(connection, self._patience / 2):
            await Pool.check_connection(connection)

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
        except postgres.LOST as error:
            logging.error("database: %s", type(error).__name__)
            raise Rejected(503, "Database unavailable") from None

    async def run(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Do `work` in a transaction. Raises `Rejected` as `transaction` does."""
        async with self.transaction() as connection:
            return await work(connection)


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
