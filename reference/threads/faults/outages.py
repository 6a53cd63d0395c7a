"""Faults that show when PostgreSQL goes away, and in limits and the form of errors."""

import asyncio
from typing import Any

from reference.kit.postgres import Pool
from reference.threads.announcer import Announcer
from reference.threads.api_health import HealthApi
from reference.threads.breaker import Breaker
from reference.threads.database import Database
from reference.threads.events import Events
from reference.threads.faults import seed
from reference.threads.person import Person
from reference.threads.refusals import Rejected, Unavailable
from reference.threads.retries import Retries


@seed("health-misses-the-outage", "says that it is ready while PostgreSQL is away", "TFS-REC-5 TFS-REC-4")
class HealthMissesTheOutage(HealthApi):
    async def require_database(self) -> None:
        pass


@seed(
    "outage-looks-like-a-defect",
    "answers with an internal error while PostgreSQL is away",
    "TFS-X-CAUSE TFS-REC-5 TFS-REC-4",
)
class OutageLooksLikeADefect(Retries):
    async def run(self, work: Any) -> Any:
        try:
            return await super().run(work)
        except Unavailable:
            raise Rejected(500, "connect ECONNREFUSED") from None


@seed("outage-hangs", "does not answer while PostgreSQL is away", "TFS-X-CAUSE TFS-REC-5 TFS-REC-4")
class OutageHangs(Retries):
    async def run(self, work: Any) -> Any:
        try:
            return await super().run(work)
        except Unavailable:
            await asyncio.sleep(60)
            raise


@seed("breaker-never-opens", "waits in vain for PostgreSQL at every request", "TFS-REC-4")
class BreakerNeverOpens(Breaker):
    def trip(self) -> None:
        pass


@seed("a-database-that-hangs-is-given-up", "does not try again when PostgreSQL hangs", "TFS-EVT-13 TFS-REC-3")
class ADatabaseThatHangsIsGivenUp(Breaker):
    def failed(self, *, hung: bool = False) -> None:
        if hung:
            self.trip()
        else:
            super().failed()


@seed("breaker-never-closes", "refuses everything once PostgreSQL was away", "TFS-REC-4 TFS-SCN-5 TFS-REC-5")
class BreakerNeverCloses(Breaker):
    def cooled(self) -> bool:
        return False


@seed("outage-ends-connections", "ends all connections of who asks while PostgreSQL is away", "TFS-REC-5 TFS-ERR-1")
class OutageEndsConnections(Announcer):
    async def retrying(self, user: str, attempt: dict[str, Any]) -> None:
        await super().retrying(user, attempt)
        await self.sockets.close(self.sockets.of_user(user))


@seed("typing-needs-the-database", "shows no typing while PostgreSQL is away", "TFS-REC-5")
class TypingNeedsTheDatabase(Events):
    async def chatroom_typing_start(self, socket: str, person: Person, payload: Any) -> None:
        await self.recovery.database.rows("select 1")
        await super().chatroom_typing_start(socket, person, payload)


@seed("status-needs-the-database", "tells of no status while PostgreSQL is away", "TFS-REC-5")
class StatusNeedsTheDatabase(Events):
    async def update_user_status(self, socket: str, person: Person, payload: Any) -> None:
        await self.recovery.database.rows("select 1")
        await super().update_user_status(socket, person, payload)


@seed(
    "outage-swallows-messages",
    "loses messages without a word while PostgreSQL is away",
    "TFS-X-CAUSE TFS-REC-5 TFS-EVT-11",
)
class OutageSwallowsMessages(Announcer):
    async def error(self, socket: str, refusal: Rejected, event: str | None) -> None:
        if not isinstance(refusal, Unavailable):
            await super().error(socket, refusal, event)


@seed("messages-are-gone-with-the-database", "keeps messages only as long as PostgreSQL runs", "TFS-REC-5")
class MessagesAreGoneWithTheDatabase(Database):
    async def _opened(self) -> Pool:
        is_new = self._pool is None
        pool = await super()._opened()
        if is_new:
            async with pool.connection() as connection:
                for table in ("message_receipts", "messages"):  # Postgres empties them when it starts after a crash
                    await connection.execute(f"alter table {table} set unlogged")
        return pool
