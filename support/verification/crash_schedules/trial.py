"""One schedule: messages flow, processes crash and come back, and then every message is accounted for."""

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from functools import partial

from support.core import clock
from support.core.errors import NotSupported
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.capabilities.delivery_probe import DeliveryProbe, Found, ProbesDelivery
from support.drivers.clients.http import Unreachable
from support.drivers.kit.user_pool import Member
from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.system_under_test import SystemUnderTest
from support.load.arrival_rate import Pace
from support.load.delivery_accounting import DeliveryAccount
from support.load.generator import Action, Iteration, open_model
from support.scenario.actor import Actor
from support.scenario.world import World
from support.verification.crash_schedules.schedule import FaultTimeline, Path, drawn

#: Messages a second, for so many seconds, and for some more once everything is back.
RATE, SECONDS, AFTERWARDS = 20.0, 1.5, 0.5


@dataclass
class CrashTrial:
    """How a schedule ended. An id in the account is the message's own where it is known, else what it says."""

    seed: int
    timelines: list[FaultTimeline]
    account: DeliveryAccount = field(default_factory=DeliveryAccount)
    given_up: int = 0
    """Acknowledged messages of which the system says itself that it could not deliver them: they are not lost."""

    @property
    def lost(self) -> set[str]:
        return self.account.lost

    def __str__(self) -> str:
        timelines = "; ".join(map(str, self.timelines))
        return f"schedule {self.seed}: {self.account}, {self.given_up} given up; {timelines}"


async def play(sut: SystemUnderTest, seed: int) -> CrashTrial:
    """Play the schedule of a seed on a system.

    Raises:
        NotSupported: this system says nothing of what becomes of messages, or we have no hold on its processes.
        EnvironmentFailure: it does not come back.
    """
    system = sut.system
    if not isinstance(system, ProbesDelivery):
        raise NotSupported(f"{sut.name} is not a system that {ProbesDelivery.__doc__}")
    trial = CrashTrial(seed, drawn(seed, _path(sut), SECONDS, system.longest_outage))
    world = World(f"crash schedule {seed}", sut)
    try:
        people = await world.actors(list(system.probe_users))
        letters = await system.delivery_probe(list(map(_member, people)))
        began = clock.now()
        crashing = asyncio.gather(*(_apply(world, timeline, began) for timeline in trial.timelines))
        await _write(letters, "while they crash", SECONDS, trial.account, sut.limits.response)
        await crashing
        await sut.serves(within=sut.limits.recovery)
        await _write(letters, "afterwards", AFTERWARDS, trial.account, sut.limits.response)
        await _settle(letters, trial, within=sut.limits.recovery)
    finally:
        await world.restore_all()
        await world.leave()
    return trial


def _path(sut: SystemUnderTest) -> Path:
    if not isinstance(sut.deployment, EmbeddedDeployment):
        raise NotSupported(f"the {sut.deployment.name} deployment does not say what messages pass on their way")
    return sut.deployment.path


def _member(actor: Actor) -> Member:
    return Member(actor.role, actor.account, actor.client, actor.inbox)


async def _apply(world: World, timeline: FaultTimeline, began: float) -> None:
    for moment in timeline.moments:
        await clock.pause(began + moment.at - clock.now())
        if moment.what in ("goes on", "is started"):
            await world.outages.end_outage(timeline.process)
        else:
            await world.outages.inject_fault(timeline.process, moment.what)


async def _write(letters: DeliveryProbe, when: str, seconds: float, account: DeliveryAccount, patience: float) -> None:
    await open_model(Pace.constant(RATE, seconds), _writing(letters, when, account), drain=patience)


def _writing(letters: DeliveryProbe, when: str, account: DeliveryAccount) -> Action:
    async def write(iteration: Iteration) -> None:
        text = f"message {iteration.number} {when}"
        account.sent.add(text)
        try:
            id = await letters.write(text)
        except (Unavailable, Unreachable):
            raise
        except Rejected as refusal:
            account.refused[text] = str(refusal)
            raise
        account.sent.remove(text)
        account.sent.add(id)
        account.acknowledged.add(id)

    return write


async def _settle(letters: DeliveryProbe, trial: CrashTrial, within: float) -> None:
    """Wait until every acknowledged message has come to its end, or none has for so many seconds; then count."""
    acknowledged = frozenset(trial.account.acknowledged)
    found = Found(Counter())
    while True:
        before = _ended(acknowledged, found)
        has_gone_on = partial(_further, acknowledged, before)
        found = await clock.seen(partial(letters.found, acknowledged), has_gone_on, within=within)
        if _ended(acknowledged, found) in (before, len(acknowledged)):
            break
    trial.given_up = len(acknowledged & found.given_up)
    trial.account.deliveries.update(found.arrived)
    trial.account.deliveries.update(found.given_up & acknowledged)


def _further(acknowledged: frozenset[str], before: int, found: Found) -> bool:
    return _ended(acknowledged, found) > before


def _ended(acknowledged: frozenset[str], found: Found) -> int:
    return len(acknowledged & (found.arrived.keys() | found.given_up))
