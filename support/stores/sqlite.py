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

    async def count(self, query: str, *values: object) -> int:
        """The one number that a query gives."""
        let_through(str(self._path), "look into SQLite", changes=False)
        return await asyncio.to_thread(self._count, query, values)

    def _count(self, query: str, values: tuple[object, ...]) -> int:
        address = f"{self._path.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(address, timeout=1.0, uri=True)) as connection:
            (number,) = connection.execute(query, values).fetchone()
            return int(number)
