"""Faults in what a restart or a loss of Redis costs (step 9)."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import WSCloseCode, web
from redis.asyncio.client import PubSub

from reference.dashboard.broadcaster import Audience, Broadcaster
from reference.dashboard.chronicle import Change, Chronicle
from reference.dashboard.doorway import Doorway
from reference.dashboard.envelopes import Event
from reference.dashboard.faults import FAULTS
from reference.dashboard.http import ApiError, denied, unavailable
from reference.dashboard.hub import Hub
from reference.dashboard.sessions import Sessions


@FAULTS.seed("forgets-sessions", "forgets who is signed in when it is restarted", "DASH-003.9 DASH-003.P8")
class ForgetsSessions(Sessions):
    async def prepare(self) -> None:
        await super().prepare()
        await self.database.rows("delete from dashboard_session")


@FAULTS.seed("stays-deaf", "tells nothing any more once Redis has been lost", "DASH-003.9 DASH-003.P8 DASH-003.F7")
class StaysDeaf(Broadcaster):
    async def run(self, audience: Audience) -> None:
        async def lost() -> None:
            await audience.lost()
            self.listening = True
            raise EOFError

        try:
            await super().run(Audience(audience.told, audience.revoked, lost))
        except EOFError:
            return


@FAULTS.seed("recovers-once", "tells nothing any more once Redis has been lost twice", "DASH-003.9 DASH-003.P8")
class RecoversOnce(Broadcaster):
    times = 0

    @asynccontextmanager
    async def _subscribed(self) -> AsyncIterator[PubSub]:
        async with super()._subscribed() as channels:
            self.times += 1
            if self.times == 3:
                self.listening = True
                await asyncio.Event().wait()
            yield channels


@FAULTS.seed("takes-any-length", "takes messages of any length from a client", "DASH-003.9 DASH-003.P8")
class TakesAnyLength(Doorway):
    max_frame = 0


class CountsLosses(Broadcaster):
    """Knows how often Redis has been lost."""

    losses = 0

    async def run(self, audience: Audience) -> None:
        async def lost() -> None:
            self.losses += 1
            await audience.lost()

        await super().run(Audience(audience.told, audience.revoked, lost))


@FAULTS.seed(
    "trips-over-the-first",
    "lets no user listen at the first attempt after a loss of Redis",
    "DASH-003.9 DASH-003.P8",
    along=(CountsLosses,),
)
class TripsOverTheFirst(Doorway):
    known = 0

    async def can_tell(self) -> bool:
        assert isinstance(self.broadcaster, CountsLosses)
        losses, known = self.broadcaster.losses, self.known
        self.known = losses if self.broadcaster.listening else known
        return self.known == known and await super().can_tell()


@FAULTS.seed(
    "never-comes-back",
    "lets no user listen any more once it had to turn one away for want of Redis",
    "DASH-003.9 DASH-003.P8 DASH-003.F7",
)
class NeverComesBack(Doorway):
    turned_away = False

    async def can_tell(self) -> bool:
        self.turned_away = self.turned_away or not await super().can_tell()
        return not self.turned_away


@FAULTS.seed("keeps-the-deaf", "leaves its listeners connected when it cannot tell them anything", "DASH-003.X7")
class KeepsTheDeaf(Hub):
    def dismiss_all(self, code: int, reason: str) -> list[asyncio.Task[None]]:
        return []


@FAULTS.seed("needs-redis", "stores nothing that it cannot tell of at once", "DASH-003.9 DASH-003.P8 DASH-003.F7")
class NeedsRedis(Chronicle):
    @asynccontextmanager
    async def change(self, school: int) -> AsyncIterator[Change]:
        if not await self.broadcaster.answers():
            raise unavailable("Redis")
        async with super().change(school) as change:
            yield change


@FAULTS.seed(
    "waits-for-redis",
    "keeps who changes something waiting for as long as Redis is away",
    "DASH-003.9 DASH-003.P8 DASH-003.F7",
)
class WaitsForRedis(Broadcaster):
    async def publish(self, school: int, event: Event) -> bool:
        if await super().publish(school, event):
            return True
        await asyncio.sleep(self._interval)
        return await self.publish(school, event)


@FAULTS.seed("gives-no-reason", "does not say what it lacks when it turns a listener away", "DASH-003.X8")
class GivesNoReason(Doorway):
    async def _refuse(self, request: web.Request, refusal: ApiError, code: int) -> web.WebSocketResponse:
        return await super()._refuse(request, denied(refusal.status, "Try again later"), code)


@FAULTS.seed("admits-without-redis", "lets clients listen when there is nothing to hear", "DASH-003.9 DASH-003.P8")
class AdmitsWithoutRedis(Doorway):
    async def can_tell(self) -> bool:
        return True


@FAULTS.seed("forgets-without-redis", "loses what happens while Redis is away", "DASH-003.9 DASH-003.P8")
class ForgetsWithoutRedis(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        await super().tell(school, events)
        if not self.broadcaster.listening:
            ids = [event["data"]["id"] for event in events if event["type"] == "activity_new"]
            await self.database.rows("delete from accounts_schoolactivity where id = any(%s::uuid[])", ids)


@FAULTS.seed("leaves-for-good", "tells its clients at a restart that there is nothing to come back for", "DASH-003.X30")
class LeavesForGood(Hub):
    def dismiss_all(self, code: int, reason: str) -> list[asyncio.Task[None]]:
        return super().dismiss_all(WSCloseCode.OK if code == WSCloseCode.SERVICE_RESTART else code, reason)


@FAULTS.seed("gives-redis-up", "tries to listen to Redis no more once it has failed twenty times", "DASH-003.9")
class GivesRedisUp(Broadcaster):
    failures = 0

    @asynccontextmanager
    async def _subscribed(self) -> AsyncIterator[PubSub]:
        if self.failures > 20:
            await asyncio.Event().wait()
        self.failures += 1
        async with super()._subscribed() as channels:
            self.failures = 0
            yield channels
