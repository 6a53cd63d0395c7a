"""What can be wrong with workers."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Any

from reference.broker.faults import FAULTS
from reference.broker.main.messages import Messages
from reference.broker.main_client import Away, MainClient
from reference.broker.redis import LEASES, LOST, QUEUE, RETRIES
from reference.broker.worker.delivery import Delivery
from reference.broker.worker.metrics import Metrics
from reference.broker.worker.shelf import Shelf
from reference.broker.worker.worker import Worker
from reference.kit.postgres import Row

_LONG = 3600.0  # seconds


@FAULTS.seed("delivers-nothing", "delivers nothing", "TC-W-001 TC-W-003 TC-I-001")
class DeliversNothing(Shelf):
    async def take(self, slot: str) -> str | None:
        await asyncio.sleep(0.5)
        return None


@FAULTS.seed("drops-what-it-takes", "takes messages from the queue and drops them", "TC-W-001 TC-W-003 TC-I-001")
class DropsWhatItTakes(Delivery):
    async def attempt(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        await self.shelf.done(slot, entry)


@FAULTS.seed("delivers-the-newest-first", "takes the newest message from the queue", "TC-W-001")
class DeliversTheNewestFirst(Shelf):
    async def take(self, slot: str) -> str | None:
        held = await self.redis.lindex(slot, -1)
        entry = held or await self.redis.blmove(QUEUE, slot, 0.5, "LEFT", "LEFT")
        return str(entry) if entry else None


@FAULTS.seed("loses-every-fourth", "loses every fourth message", "TC-W-005 TC-I-003 TC-L-006 TC-L-009")
class LosesEveryFourth(Delivery):
    _seen = 0

    async def deliver(self, message: dict[str, Any], number: int) -> None:
        self._seen += 1
        if self._seen % 4:
            await super().deliver(message, number)


@FAULTS.seed("forgets-when-killed", "keeps what it works on in memory only", "TC-I-002 TC-I-003 TC-W-006")
class ForgetsWhenKilled(Shelf):
    async def take(self, slot: str) -> str | None:
        entry = await super().take(slot)
        if entry is not None:
            await self.redis.lrem(slot, 1, entry)
        return entry

    async def postpone(self, slot: str, entry: str, later: str, seconds: float) -> None:
        await self.redis.lpush(slot, entry)
        await super().postpone(slot, entry, later, seconds)


@FAULTS.seed("forgets-retries-when-it-ends", "keeps what it will try again in memory only", "BROKER-X4")
class ForgetsRetries(Delivery):
    async def put_off(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        await self.shelf.done(slot, entry)
        await asyncio.sleep(self.interval)
        await self.shelf.redis.lpush(QUEUE, json.dumps(message))


class DropsOnStop(Shelf):
    async def give_up(self) -> None:
        await self.redis.delete(*self.slots, RETRIES)
        await self.redis.zrem(LEASES, *self.slots)


@FAULTS.seed("drops-messages-when-it-stops", "drops what it works on when it stops", "TC-W-006", along=(DropsOnStop,))
class StopsAtOnce(Worker):
    async def stop(self, slots: list[asyncio.Task[None]]) -> None:
        for slot in slots:
            slot.cancel()
        await asyncio.wait(slots)


class CountsEveryDelivery(Messages):
    async def deliver(self, message_id: str, worker: str, attempts: int) -> tuple[Row, bool]:
        message, fresh = await super().deliver(message_id, worker, attempts)
        if not fresh:
            async with self.database.transaction() as connection:
                event, client = "message_delivered", message["client_id"]
                await self.audit.note(connection, event, client=client, message_id=message_id, worker_id=worker)
        return message, fresh


@FAULTS.seed(
    "gives-messages-to-two-workers",
    "gives the same message to several workers",
    "TC-W-005 TC-L-006 TC-L-009 TC-I-003",
    along=(CountsEveryDelivery,),
)
class GivesToTwoWorkers(Shelf):
    async def take(self, slot: str) -> str | None:
        entry = await super().take(slot)
        if entry is not None and await self.redis.sadd(f"{QUEUE}:given", entry):
            await self.redis.rpush(QUEUE, entry)
        return entry


@FAULTS.seed("lets-one-worker-work", "lets one worker do everything", "TC-L-006 TC-W-005 TC-L-009")
class LetsOneWorkerWork(Shelf):
    async def take(self, slot: str) -> str | None:
        mine = self.slots[0]
        await self.redis.set(f"{QUEUE}:busy", mine, nx=True, ex=2)
        if await self.redis.get(f"{QUEUE}:busy") == mine:
            await self.redis.expire(f"{QUEUE}:busy", 2)
            return await super().take(slot)
        await asyncio.sleep(0.2)
        return None


class _Trying(Delivery):
    more = 0

    def __init__(
        self, shelf: Shelf, main: MainClient, metrics: Metrics, worker: str, interval: float, attempts: int
    ) -> None:
        super().__init__(shelf, main, metrics, worker, interval, attempts + self.more)


@FAULTS.seed("tries-once-too-often", "tries once more than it may", "TC-W-009 TC-W-004")
class TriesOnceTooOften(_Trying):
    more = 1


@FAULTS.seed("tries-once-too-few", "tries once less than it may", "TC-W-009 TC-W-004")
class TriesOnceTooFew(_Trying):
    more = -1


@FAULTS.seed("never-gives-up", "tries for ever", "TC-W-004 TC-W-009 REG-CFG-1")
class NeverGivesUp(_Trying):
    more = 10_000


@FAULTS.seed("gives-up-at-once", "gives up after the first attempt", "TC-W-002 TC-I-002 TC-W-008")
class GivesUpAtOnce(Delivery):
    async def fail(self, slot: str, entry: str, message: dict[str, Any], problem: str) -> None:
        await self.give_up(slot, entry, message | {"attempt_count": self.attempts})


@FAULTS.seed("never-tries-again", "drops what it could not deliver", "TC-W-002 TC-I-002 TC-W-008")
class NeverTriesAgain(Delivery):
    async def put_off(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        await self.shelf.done(slot, entry)


@FAULTS.seed("tries-again-at-once", "does not wait between two attempts", "TC-W-002 TC-I-002")
class TriesAgainAtOnce(Delivery):
    async def put_off(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        await self.shelf.postpone(slot, entry, json.dumps(message), 0)


@FAULTS.seed("delivers-at-the-third-attempt", "makes nothing of each second attempt", "TC-W-002")
class DeliversAtTheThirdAttempt(Delivery):
    async def deliver(self, message: dict[str, Any], number: int) -> None:
        if number == 2:
            raise Away("not yet")
        await super().deliver(message, number)


@FAULTS.seed("waits-too-long", "waits an hour between two attempts", "TC-W-002 TC-I-002 TC-W-008")
class WaitsTooLong(Delivery):
    async def put_off(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        await self.shelf.postpone(slot, entry, json.dumps(message), _LONG)


@FAULTS.seed("fails-in-silence", "does not tell of messages that it gives up", "TC-W-004 TC-I-002")
class FailsInSilence(Delivery):
    async def give_up(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        await self.shelf.done(slot, entry)


@FAULTS.seed("tells-of-failure-once", "tells of a failure only if it is heard at once", "TC-W-004")
class TellsOfFailureOnce(Delivery):
    async def give_up(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        await self.report(message, "failed", "max attempts exceeded")
        await self.shelf.done(slot, entry)


@FAULTS.seed("stops-at-an-empty-queue", "stops working once the queue is empty", "TC-W-010 TC-W-001")
class StopsAtAnEmptyQueue(Worker):
    def turn(self, slot: str) -> Callable[[], Awaitable[None]]:
        async def turn() -> None:
            await self.holding.wait()
            entry = await self.shelf.take(slot)
            if entry is None:
                await self.ending.wait()
            else:
                await self.delivery.work_on(slot, entry)

        return turn


@FAULTS.seed("never-returns-to-the-queue", "does not come back to Redis after a loss", "TC-W-007")
class NeverReturnsToTheQueue(Worker):
    async def again_and_again(self, work: Callable[[], Awaitable[None]], pause: float) -> None:
        while not self.ending.is_set():
            try:
                await work()
            except LOST:
                return
            await asyncio.sleep(pause)


@FAULTS.seed("never-returns-to-main", "does not come back to the main server after a loss", "TC-W-008 TC-I-002")
class NeverReturnsToMain(Delivery):
    _lost = False

    async def deliver(self, message: dict[str, Any], number: int) -> None:
        if self._lost:
            raise Away("for ever")
        try:
            await super().deliver(message, number)
        except Away:
            self._lost = True
            raise


@FAULTS.seed("works-slowly", "takes seconds for each message", "TC-L-002 TC-L-005")
class WorksSlowly(Delivery):
    async def deliver(self, message: dict[str, Any], number: int) -> None:
        await asyncio.sleep(1.5)
        await super().deliver(message, number)


@FAULTS.seed("returns-to-the-queue-once", "does not come back to Redis after a second loss", "TC-W-007")
class ReturnsToTheQueueOnce(Worker):
    async def again_and_again(self, work: Callable[[], Awaitable[None]], pause: float) -> None:
        losses, lost = 0, False
        while not self.ending.is_set():
            try:
                await work()
                lost = False
            except LOST:
                losses += not lost
                lost = True
                if losses > 1:
                    return
            await asyncio.sleep(0.2 if lost else pause)


@FAULTS.seed("takes-nothing-over", "leaves to a worker what it holds, however long it is silent", "BROKER-X4")
class TakesNothingOver(Shelf):
    async def renew(self, lease: float) -> int:
        return 0


@FAULTS.seed("gives-the-queue-up", "takes nothing from Redis any more once it has failed to forty times", "TC-W-007")
class GivesTheQueueUp(Shelf):
    failures = 0

    async def take(self, slot: str) -> str | None:
        if self.failures > 40:
            await asyncio.Event().wait()
        self.failures += 1
        entry = await super().take(slot)
        self.failures = 0
        return entry
