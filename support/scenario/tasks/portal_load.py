"""Many people who read pages of a web portal at the same time, and one among them who has a real browser."""

import asyncio
from dataclasses import dataclass

from support.core import clock
from support.core.errors import NotSupported
from support.drivers.capabilities.delivery import ReadsMessages
from support.drivers.capabilities.portal import ReadsPages
from support.drivers.kit.user_pool import Member, UserPool
from support.load.generator import Iteration
from support.load.workload import ClosedModel, Workload
from support.scenario.tasks import load_runner, message_load
from support.scenario.tasks import portal as at_portal
from support.scenario.tasks.attempt_log import Record
from support.scenario.world import World
from support.vocabulary.terms.portal import OWN_PAGES


@dataclass(frozen=True)
class Reading:
    """What each does in a turn: open one of one's own pages, by turns."""

    async def __call__(self, member: Member, iteration: Iteration) -> None:
        await member.client.read(OWN_PAGES[iteration.number % len(OWN_PAGES)])


async def sign_in(member: Member) -> None:
    """What each does beforehand."""
    await member.client.sign_in()


async def together(world: World, count: int, duration: float, pause: float, watcher: str) -> None:
    """Have many people read their pages, each in a session, while a user looks around in a browser.

    Args:
        world: the scenario's.
        count: how many.
        duration: seconds that the document states.
        pause: seconds between a page and the next.
        watcher: who has the browser, and is signed in.
    """
    roles, seconds = [f"reader {number}" for number in range(1, count + 1)], message_load.lasting(world, duration)
    people = await world.actors(roles)
    for actor in people:  # one after the other: passwords are slow to hash, and accounts are not the load
        await actor.do(actor.ability(ReadsMessages).have_account())
    virtual_users = _readers(await load_runner.virtual_users(world, {actor.role: actor for actor in people}))
    share = Workload(virtual_users, Reading(), ClosedModel(seconds, pause), sign_in, world.sut.described.tls)
    over = asyncio.Event()
    looking = asyncio.create_task(_look_around(world, watcher, over))
    try:
        told = f"{count} users for {duration:g} s, each pausing {pause:g} s (closed model), played for {seconds:g} s"
        measured = await load_runner.play(
            world, load_runner.Load(share, virtual_users, seconds, told, limit=world.limits.response)
        )
    finally:
        over.set()  # not cancelled: a page may be on its way
        await looking
    load_runner.keep_record(world, "the readers", "open a page", measured)


def _readers(virtual_users: UserPool) -> UserPool:
    readers = getattr(virtual_users, "readers", None)
    if readers is None:
        raise NotSupported(f"this is not a system that {ReadsPages.__doc__}")
    return readers  # type: ignore[no-any-return]


async def _look_around(world: World, role: str, over: asyncio.Event) -> None:
    """Open one's own pages in the browser, again and again until it is over; each is kept on record with its time."""
    _, portal = await at_portal.at(world, role)
    record = Record(role)
    world.records.append(record)
    while not over.is_set():
        for page in OWN_PAGES:
            await record.of(f"open {page} in the browser", portal.open(page))
            await clock.tick(0.2)
