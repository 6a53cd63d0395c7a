"""A read-only look into MySQL or MariaDB, for what a document specifies at rest. Needs the extra `mysql`."""

import asyncio
from contextlib import closing
from typing import Any
from urllib.parse import unquote, urlsplit

from support.core.errors import SuiteError
from support.drivers.kit.read_only import let_through

Rows = list[tuple[Any, ...]]


class MySqlStore:
    """One database, opened for the moment of each look, so that no connection outlives it.

    Args:
        url: such as "mysql://USER:PASSWORD@HOST:3306/DATABASE".
    """

    def __init__(self, url: str) -> None:
        self._place = urlsplit(url)

    async def rows(self, query: str, *values: object) -> Rows:
        """All rows that a query gives; `%s` stands for a value.

        Raises:
            SuiteError: the package PyMySQL is not installed.
            pymysql.Error: the database cannot be reached, or does not understand the query.
        """
        let_through(self._place.geturl(), "look into MySQL", changes=False)
        return await asyncio.to_thread(self._rows, query, values)

    async def tables(self) -> frozenset[str]:
        """The names of its tables; a view is none."""
        query = "SELECT table_name FROM information_schema.tables WHERE table_schema = database()"
        return frozenset(name for (name,) in await self.rows(f"{query} AND table_type = 'BASE TABLE'"))

    async def holding(self, words: str) -> list[str]:
        """The tables in which these words stand, letter by letter, in whatever column."""
        named = await self.rows(
            "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = database()"
        )
        tables, wanted, found = await self.tables(), words.encode(), list[str]()
        for table in sorted(tables):
            # as bytes, for as text small letters are the same as capitals; both as they are kept and as UTF-8
            columns = [column for where, column in named if where == table]
            kept = [f"instr(cast(`{column}` AS binary), %s) > 0" for column in columns]
            told = [f"instr(cast(cast(`{column}` AS char) AS binary), %s) > 0" for column in columns]
            query = f"SELECT count(*) FROM `{table}` WHERE {' OR '.join(kept + told)}"
            if await self.rows(query, *[wanted] * len(kept + told)) != [(0,)]:
                found.append(table)
        return found

    async def connections(self) -> tuple[int, int]:
        """How many connections are open now, and how many may be."""
        (_, count), (_, limit) = (
            *await self.rows("SHOW STATUS LIKE 'Threads_connected'"),
            *await self.rows("SHOW VARIABLES LIKE 'max_connections'"),
        )
        return int(count), int(limit)

    async def close(self) -> None:
        """Nothing is kept open."""

    def _rows(self, query: str, values: tuple[object, ...]) -> Rows:
        try:
            import pymysql  # type: ignore[import-untyped]
        except ImportError as error:
            raise SuiteError("looking into MySQL needs PyMySQL: install the extra `mysql`") from error
        place = self._place
        connection = pymysql.connect(
            host=place.hostname or "localhost",
            port=place.port or 3306,
            user=unquote(place.username or ""),
            password=unquote(place.password or ""),
            database=place.path.strip("/"),
            connect_timeout=3,
            read_timeout=10,
        )
        with closing(connection), connection.cursor() as cursor:
            cursor.execute("SET SESSION TRANSACTION READ ONLY")
            cursor.execute(query, values or None)
            return list(cursor.fetchall())
