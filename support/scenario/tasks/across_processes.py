"""A server of several processes: what happens in any of them is shown by all, and by which way word of it goes."""

import asyncio
import itertools
from contextlib import AsyncExitStack
from dataclasses import dataclass, field

from support.core import clock
from support.core.checks import check
from support.core.errors import NotSupported, Untried
from support.core.events import Arrival, News
from support.core.wording import first_difference, in_words
from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.probing import KeepsListeners, Overheard
from support.drivers.capabilities.school import HasScreens, KeepsFeed, SpansProcesses
from support.scenario.actor import Actor
from support.scenario.tasks.dashboard_checks import nothing_more
from support.scenario.world import World


@dataclass
class Spread:
    """Students who were registered at different processes, and what went through Redis meanwhile, if we may listen."""

    names: list[str]
    commands: list[str] = field(default_factory=list)

    def missing(self) -> list[str]:
        """Those of whom no command spoke."""
        return [name for name in self.names if not any(name in command for command in self.commands)]


async def open_everywhere(world: World, actor: Actor, server: str) -> None:
    """Open a dashboard at each of the server's processes."""
    _is_the(server, world)
    await actor.do(actor.ability(HasScreens).open_screens(actor.ability(SpansProcesses).processes))


async def connect_everywhere(actor: Actor) -> None:
    """Open a live connection; at each of the server's processes, where there are several and we can tell them apart."""
    await actor.connect()
    client = actor.client
    if isinstance(client, HasScreens) and isinstance(client, SpansProcesses):
        await client.open_screens(client.processes)


async def register_everywhere(world: World, actor: Actor, server: str) -> Spread:
    """Register a student at each of the server's processes, and listen to Redis until word of them has come through."""
    _is_the(server, world)
    client = actor.ability(SpansProcesses)
    spread = Spread([world.own_name(f"Student {number}") for number in range(1, client.processes + 1)])
    async with AsyncExitStack() as listening:
        if isinstance(world.system, Overheard) and world.system.can_be_overheard:
            spread.commands = await listening.enter_async_context(world.system.overheard())
        for process, name in enumerate(spread.names):
            await actor.do(client.register_student_at(process, name))
        await actor.do(actor.ability(Connects).settle())
        await clock.until(lambda: not spread.missing(), within=world.limits.delivery)
    return spread


async def register_by_turns(actor: Actor, names: list[str]) -> None:
    """Register students, none waiting for another, each at the next of the server's processes.

    Raises:
        Untried: one was not taken.
    """
    client = actor.ability(SpansProcesses)
    places = itertools.cycle(range(client.processes))
    tried = await actor.attempt(asyncio.gather(*(client.register_student_at(next(places), name) for name in names)))
    if tried.refusal is not None:  # what is shown of some of them would say nothing of their order
        raise Untried(f"{actor.role} did not succeed: {tried.reason}")


async def told_as_in_feed(world: World, actor: Actor, names: list[str]) -> None:
    """See that a user is told of all these students, in the order in which the activity feed has them.

    Raises:
        AssertionError: one is not told within the delivery limit, or the order is another.
    """
    for name in names:
        await actor.inbox.expect(News("student", name), within=world.limits.delivery)
    told = [item.what for item in actor.inbox.received if isinstance(item.what, News)]
    kept = [what for what in await actor.do(actor.ability(KeepsFeed).feed()) if isinstance(what, News)]
    wrong = first_difference([news.whom for news in told], [news.whom for news in reversed(kept)])
    check(not wrong, f"{actor.role} is not shown the students in the order of the activity feed: {wrong}")


async def kept_as_told(actor: Actor) -> None:
    """See that the activity feed has all that a user was told of it, in the order told.

    Raises:
        AssertionError: it lacks something, or the order is another.
        Untried: there were fewer than two things to be told.
    """
    told = [item.what for item in actor.inbox.received if isinstance(item.what, News)]
    if len(told) < 2:
        raise Untried(f"{actor.role} was told of {len(told)} entries of the activity feed: that is no order")
    kept = [what for what in reversed(await actor.do(actor.ability(KeepsFeed).feed())) if what in told]
    wrong = first_difference([str(what) for what in kept], [str(what) for what in told])
    check(not wrong, f"the activity feed has what {actor.role} was told in another order: {wrong}")


async def figures_everywhere(world: World, actor: Actor, server: str) -> list[dict[str, int]]:
    """What each of the server's processes counts now."""
    _is_the(server, world)
    client = actor.ability(SpansProcesses)
    return [await actor.do(client.figures_at(process)) for process in range(client.processes)]


async def shown_everywhere(world: World, actor: Actor) -> None:
    """See that every screen of a user shows each of these students, one time, within the delivery limit."""
    names, screens = spread_of(actor).names, actor.ability(HasScreens).screens

    def is_one(what: Arrival) -> bool:
        return isinstance(what, News) and what.what == "student"

    for screen in screens:
        for name in names:
            await screen.expect(News("student", name), within=world.limits.delivery)
    await nothing_more(world, actor.role, screens, is_one)


def went_by_redis(actor: Actor) -> None:
    """See that word of each of these students has gone through Redis."""
    missing = spread_of(actor).missing()
    check(not missing, f"nothing of these has gone by way of Redis: {in_words(missing)}")


async def left_in_redis(world: World, actor: Actor) -> dict[str, int]:
    """What Redis holds of the dashboards of a user's school: nothing, or what is there when the delivery limit is up.

    Raises:
        NotSupported: we cannot look.
    """
    system, login = world.ability(KeepsListeners), actor.account.login
    return await clock.seen(lambda: system.kept_of(login), lambda left: not left, within=world.limits.delivery)


def spread_of(actor: Actor) -> Spread:
    """What `register_everywhere`, the actor's last attempt, has done."""
    return actor.gained(Spread, "has not registered students at every process")


def _is_the(server: str, world: World) -> None:
    """Raises `NotSupported` unless a server is the one that users of this system talk to."""
    if server != world.sut.server:
        raise NotSupported(f"people of this system talk to the {world.sut.server}, not to the {server}")
