"""A read-only look into an SQLite file, for what a document specifies at rest."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from support.protection import let_through


class SqliteStore:
    """One SQLite file, opened for the moment of each look, so that it is in nobody's way.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    async def rows_with(self, words: str) -> int:
        """In how many rows these words stand: of all tables, in whatever column."""
        let_through(str(self._path), "look into SQLite", changes=False)
        return await asyncio.to_thread(self._rows_with, words)

    def _rows_with(self, words: str) -> int:
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, timeout=1.0, uri=True)) as connection:
            tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
            return sum(_found(connection, table, words) for (table,) in tables)


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
