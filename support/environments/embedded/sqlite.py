"""An SQLite file, and what can be done to it: it has no process, but it can be moved away and locked."""

import asyncio
import sqlite3
from pathlib import Path


class SqliteFile:
    """The database file of a server, as something that can be out of order; see `Control`.

    Stopped, killed or cut off, the file is moved away; paused, another process holds its lock.

    Args:
        path: the file.
    """

    def __init__(self, path: Path) -> None:
        self.name = "SQLite"
        self.path = path
        self._away = path.with_suffix(".away")
        self._lock: sqlite3.Connection | None = None

    @property
    def running(self) -> bool:
        """Whether the file is where it belongs; an empty one that the server has made meanwhile is not it."""
        return not self._away.exists()

    async def start(self) -> None:
        """Put the file back."""
        if not self.running:
            self._away.rename(self.path)

    async def stop(self) -> None:
        """Move the file away."""
        if self.running and self.path.exists():
            self.path.rename(self._away)

    async def kill(self) -> None:
        """The same as `stop`: there is no process that could be killed."""
        await self.stop()

    async def pause(self) -> None:
        """Lock the file as another writer would."""
        if self._lock is None and self.running:
            self._lock = await asyncio.to_thread(_locked, self.path)

    async def resume(self) -> None:
        """Give the lock back."""
        if self._lock is not None:
            self._lock.rollback()
            self._lock.close()
            self._lock = None

    async def restart(self, graceful: bool = False) -> None:
        """The same as `stop` and `start`."""
        await self.stop()
        await self.start()

    async def cut(self) -> None:
        """The same as `stop`: the server does not reach it."""
        await self.stop()

    async def heal(self) -> None:
        """The same as `start`."""
        await self.start()


def _locked(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("BEGIN EXCLUSIVE")
    return connection
