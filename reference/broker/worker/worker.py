"""A worker: slots that take entries and work on them, and the upkeep of what must not be forgotten."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress

from reference.broker.redis import LOST
from reference.broker.worker.delivery import Delivery
from reference.broker.worker.metrics import Metrics
from reference.broker.worker.shelf import Shelf
from reference.kit.parts import part

#: Seconds until it is tried again while Redis is away.
_PAUSE = 0.2
#: The upkeep runs so many times within a retry interval and a lease.
_PER_INTERVAL = 4
_SLOWEST, _FASTEST = 1.0, 0.05  # seconds between two rounds of upkeep


@part
class Worker:
    """Works until it is told to end."""

    shelf: Shelf  # where messages come from
    delivery: Delivery  # what is done with each
    metrics: Metrics
    lease: float  # seconds of silence after which other workers take over what it holds
    farewell: float  # seconds that messages in work get when the worker is told to end

    def __post_init__(self) -> None:
        self.ending = asyncio.Event()
        self.holding = asyncio.Event()

    async def run(self) -> None:
        """Work in all slots, and look after the leases and the retries."""
        self.metrics.active.set(1)
        upkeep = asyncio.create_task(self.again_and_again(self.look_after, self.rhythm()))
        slots = [asyncio.create_task(self.again_and_again(self.turn(slot), 0)) for slot in self.shelf.slots]
        await self.ending.wait()
        await self.stop(slots)
        upkeep.cancel()
        await asyncio.wait([upkeep])
        with suppress(*LOST):
            await self.shelf.give_up()
        await self.shelf.close()

    async def stop(self, slots: list[asyncio.Task[None]]) -> None:
        """Let the messages in work come to an end; those that take too long go back to the queue."""
        _, late = await asyncio.wait(slots, timeout=self.farewell)
        for slot in late:
            slot.cancel()
        if late:
            await asyncio.wait(late)

    def rhythm(self) -> float:
        """Seconds between two rounds of upkeep."""
        return max(_FASTEST, min(_SLOWEST, self.delivery.interval / _PER_INTERVAL, self.lease / _PER_INTERVAL))

    async def again_and_again(self, work: Callable[[], Awaitable[None]], pause: float) -> None:
        """Do something until the worker is told to end, also over a loss of Redis."""
        lost = False
        while not self.ending.is_set():
            try:
                await work()
                lost = False
            except LOST as error:
                if not lost:
                    logging.error("Redis is away: %s", type(error).__name__)
                lost = True
            await asyncio.sleep(_PAUSE if lost else pause)

    async def look_after(self) -> None:
        """Renew the leases, take over what dead workers held, and bring back what is due."""
        if taken := await self.shelf.renew(self.lease):
            logging.warning("%d messages taken over from a worker that is silent", taken)
        self.holding.set()
        await self.shelf.bring_back()

    def turn(self, slot: str) -> Callable[[], Awaitable[None]]:
        """One turn of a slot: work on the next entry, if there is one."""

        async def turn() -> None:
            await self.holding.wait()  # without a lease no other worker would take over what is in work
            entry = await self.shelf.take(slot)
            if entry is not None:
                with self.metrics.busy.track_inprogress():
                    await self.delivery.work_on(slot, entry)

        return turn
