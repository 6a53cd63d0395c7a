"""A load of one who tells and many who are told: how long each thing takes from its planned moment to each of them."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial

from support.config.access import Tls
from support.core import clock
from support.core.events import Arrival
from support.drivers.kit.user_pool import Member, UserPool
from support.load.arrival_rate import Pace
from support.load.generator import open_model
from support.load.partition import Part, Play
from support.load.workload import ConstantArrivalRate, MemberAction, Preparation, prepared, trust


@dataclass(frozen=True)
class Broadcast:
    """See `part.Share`. The first generator has the one who tells; all have some of those who are told.

    Args:
        speakers: who tells, one person.
        listeners: who is told.
        prepare: what everybody does first.
        tell: what the speaker does in a turn.
        telling: when that is due.
        heard: the number of the turn that an arrival tells of; None for anything else.
        ask: what listeners do by turns meanwhile, whose answers count; nothing if None.
        asking: when that is due.
        drain: seconds to wait, after the last one, for answers.
        delivery: seconds to wait, after the last one, until everybody has been told of everything.
    """

    speakers: UserPool
    listeners: UserPool
    prepare: Preparation
    tell: MemberAction
    telling: Pace
    heard: Callable[[Arrival], int | None]
    ask: MemberAction | None
    asking: Pace | None
    drain: float
    delivery: float
    tls: Tls = field(default_factory=Tls)

    @asynccontextmanager
    async def aboard(self, number: int, of: int) -> AsyncIterator[Play]:
        """Bring a part of them aboard."""
        trust(self.listeners, self.tls)
        async with self.listeners.aboard(number, of) as listeners, self.speakers.aboard() as speakers:
            speaking = speakers[0] if number == 0 else None
            await prepared([*listeners, *([speaking] if speaking else [])], self.prepare)
            yield partial(self._play, speaking, listeners)

    async def _play(self, speaker: Member | None, listeners: list[Member], part: Part) -> None:
        for listener in listeners:
            listener.inbox.settle(Arrival)
        told = Part(begin=part.begin)
        await asyncio.gather(self._ask(listeners, part), self._tell(speaker, told))
        last = part.begin + self.telling.seconds + self.drain  # the speaker may be in another process
        await clock.until(lambda: self._all_told(listeners), within=max(last - clock.now(), 0.0) + self.delivery)
        part.measured.beside(told.measured)
        self._account(listeners, part)

    async def _ask(self, listeners: list[Member], part: Part) -> None:
        if self.ask and self.asking:
            await ConstantArrivalRate(self.asking, self.drain).play(listeners, self.ask, part)
        part.measured.seconds = max(part.measured.seconds, self.telling.seconds)

    async def _tell(self, speaker: Member | None, part: Part) -> None:
        if speaker is not None:
            await open_model(self.telling, partial(self.tell, speaker), drain=self.drain, part=part)

    def _came(self, listener: Member) -> list[tuple[int, float]]:
        """The turns that a user has been told of, and when."""
        came = [(self.heard(item.what), item.at) for item in listener.inbox.received if not item.claimed]
        return [(number, at) for number, at in came if number is not None]

    def _all_told(self, listeners: list[Member]) -> bool:
        return all(len(self._came(one)) >= self.telling.count for one in listeners)

    def _account(self, listeners: list[Member], part: Part) -> None:
        """Note what each listener got, and how long it took."""
        moments, account = list(self.telling.times()), part.measured.account
        for listener in listeners:
            names = [f"{number} for {listener.role}" for number in range(len(moments))]
            account.sent |= {*names}
            account.acknowledged |= {*names}
            for number, at in self._came(listener):
                if number < len(moments):
                    account.deliveries[names[number]] += 1
                    part.measured.delivered(moments[number], at - part.begin - moments[number])
