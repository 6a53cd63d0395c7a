"""The SQLite file: the tables, and short pieces of work on them.

The file is opened anew for each piece of work, on a worker thread: while it is locked or gone no request waits that
does not need it, and once it is back everything goes on without a restart.
"""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from reference.kit.parts import part

T = TypeVar("T")
Row = dict[str, Any]

TABLES = """
CREATE TABLE IF NOT EXISTS scenarios (
    id INTEGER PRIMARY KEY AUTOINCREMENT, title TEXT NOT NULL, config_json TEXT NOT NULL,
    file_path TEXT NOT NULL UNIQUE, updated_at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS sessions (
    id INTEGER PRIMARY KEY AUTOINCREMENT, scenario_id INTEGER NOT NULL REFERENCES scenarios(id),
    user_id TEXT NOT NULL, status TEXT NOT NULL DEFAULT 'active', created_at TEXT NOT NULL,
    completed_at TEXT, data_json TEXT NOT NULL DEFAULT '{}');
CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, session_id INTEGER NOT NULL REFERENCES sessions(id),
    role TEXT NOT NULL, content TEXT NOT NULL, timestamp TEXT NOT NULL, metadata_json TEXT);
CREATE TABLE IF NOT EXISTS feedback (
    id INTEGER PRIMARY KEY AUTOINCREMENT, session_id INTEGER NOT NULL REFERENCES sessions(id),
    message_id INTEGER NOT NULL REFERENCES messages(id), score INTEGER NOT NULL, content TEXT NOT NULL,
    suggestions_json TEXT NOT NULL, timestamp TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS messages_of_session ON messages(session_id);
CREATE INDEX IF NOT EXISTS feedback_of_session ON feedback(session_id);
"""


class DatabaseLost(Exception):  # noqa: N818 - a state of the database, told to the user as such
    """The file is missing, locked for too long, or broken."""

    def __init__(self) -> None:
        super().__init__("The database is unavailable, please try again later")


@part
class Database:
    """Work on one SQLite file."""

    path: Path  # the file
    patience: float  # seconds to wait for another process's lock

    def create(self) -> None:
        """Create the file and its tables where they are missing."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.executescript(TABLES)

    async def fetch(self, query: str, *values: Any) -> list[Row]:
        """The rows of a query.

        Raises:
            DatabaseLost: it cannot be read now.
        """
        return await self._work(lambda connection: [dict(row) for row in connection.execute(query, values)])

    async def write(self, statement: str, *values: Any) -> int:
        """Change something, and return the id of the row that was inserted last.

        Raises:
            DatabaseLost: it cannot be written now; nothing has changed.
        """
        return await self._work(lambda connection: connection.execute(statement, values).lastrowid or 0)

    async def _work(self, work: Callable[[sqlite3.Connection], T]) -> T:
        try:
            return await asyncio.to_thread(self._connected, work)
        except (sqlite3.OperationalError, sqlite3.DatabaseError) as error:
            raise DatabaseLost from error

    def _connected(self, work: Callable[[sqlite3.Connection], T]) -> T:
        address = f"{self.path.absolute().as_uri()}?mode=rw"  # a lost file is an error, not a new empty file
        with closing(sqlite3.connect(address, timeout=self.patience, uri=True)) as connection:
            connection.row_factory = sqlite3.Row
            # what is told to be kept survives the death of this process, not a power failure: no disk holds the lock up
            connection.execute("PRAGMA synchronous = OFF")
            connection.execute("PRAGMA foreign_keys = ON")
            with connection:
                return work(connection)


def now() -> str:
    """The time as the wire writes it: UTC, to the microsecond, without a zone."""
    return datetime.now(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
