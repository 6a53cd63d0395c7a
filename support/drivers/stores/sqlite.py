"""A read-only look into an SQLite file, for what a document specifies at rest."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, TypeVar

from support.drivers.kit.read_only import let_through

T = TypeVar("T")


class SqliteStore:
    """One SQLite file, opened for the moment of each look, so that it is in no writer's way.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    async def rows_with(self, words: str) -> int:
        """In how many rows these words stand: of all tables, in whatever column."""

        def count(connection: sqlite3.Connection) -> int:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return sum(_found(connection, table, words) for (table,) in tables)

        return await self._look(count)

    async def rows(self, table: str, **values: Any) -> list[dict[str, Any]]:
        """The rows of a table in which columns have these values, in the order in which they were written.

        Args:
            table: its name.
            values: the columns' names, and what has to stand in them.
        """

        def select(connection: sqlite3.Connection) -> list[dict[str, Any]]:
            connection.row_factory = sqlite3.Row
            wanted = " AND ".join(f"{_quoted(name)} IS ?" for name in values)
            found = connection.execute(
                f"SELECT * FROM {_quoted(table)} WHERE {wanted} ORDER BY rowid", [*values.values()]
            )
            return [dict(row) for row in found]

        return await self._look(select)

    async def _look(self, what: Callable[[sqlite3.Connection], T]) -> T:
        """Look with a connection of its own, which cannot write."""
        let_through(str(self._path), "look into SQLite", changes=False)
        return await asyncio.to_thread(self._looked, what)

    def _looked(self, what: Callable[[sqlite3.Connection], T]) -> T:
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, timeout=1.0, uri=True)) as connection:
            return what(connection)


def _found(connection: sqlite3.Connection, table: str, words: str) -> int:
    """In how many rows of a table these words stand."""
    columns = [name for _, name, *_ in connection.execute(f"PRAGMA table_info({_quoted(table)})")]
    anywhere = " OR ".join(f"instr({_quoted(name)}, :words)" for name in columns)
    (number,) = connection.execute(
        f"SELECT count(*) FROM {_quoted(table)} WHERE {anywhere}", {"words": words}
    ).fetchone()
    return int(number)


def _quoted(name: str) -> str:
    """A name of the database's own, as it stands in a query."""
    return '"' + name.replace('"', '""') + '"'
