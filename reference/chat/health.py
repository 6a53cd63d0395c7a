"""The health watch: notices that a database is lost, whatever the cause, and that it is back."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from reference.chat.database import Database
from reference.chat.refusals import Unavailable
from reference.kit.parts import part

log = logging.getLogger(__name__)


@part
class HealthWatch:
    """Looks after the databases, from before the first one is there."""

    databases: Sequence[Database]  # what to look after
    interval: float  # seconds between two looks
    on_lost: Callable[[str], Awaitable[None]]  # called with a database's name when it was there and is not any more
    #: called when all databases are there, the first time and each time again; may raise `Unavailable`.
    prepare: Callable[[], Awaitable[None]]

    def __post_init__(self) -> None:
        self.missing: str | None = self.databases[0].name
        self._doubt = asyncio.Event()
        for database in self.databases:
            database.in_doubt = self._doubt.set

    def require(self) -> None:
        """Raises `Unavailable` while a database is missing."""
        missing = self.missing or next((database.name for database in self.databases if database.broken), None)
        if missing is not None:
            raise Unavailable(missing)

    async def run(self) -> None:
        """Look again and again, for ever, and at once when a database's loss was felt."""
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._doubt.wait(), self.interval)
            await self.look()
            self._doubt.clear()
            if self.missing is not None:
                await asyncio.sleep(self.interval)

    async def look(self) -> None:
        """See whether anything has changed, and do what follows from it."""
        before = self.missing
        self.missing = await (self.find_lost() if before is None else self.bring_up())
        if self.missing == before:
            return
        if before is None and self.missing is not None:
            log.warning("%s is lost", self.missing)
            await self.on_lost(self.missing)
        elif self.missing is None:
            log.info("all databases are there")

    async def find_lost(self) -> str | None:
        """The name of a database that does not answer any more, None if all do."""
        lost = await asyncio.gather(*(self.is_lost(database) for database in self.databases))
        return next((database.name for database, gone in zip(self.databases, lost, strict=True) if gone), None)

    async def is_lost(self, database: Database) -> bool:
        """Whether a database does not answer, or was away since the last look."""
        try:
            await database.beat()
        except Unavailable:
            return True
        return database.broken

    async def bring_up(self) -> str | None:
        """Connect to all databases and prepare them; the name of one that is not there, None if all are."""
        try:
            for database in self.databases:
                await database.open()
            await self.prepare()
        except Unavailable as missing:
            return missing.database
        return None
