"""Claims of silence: that no more reaches users, shown by a barrier now and audited after the scenario."""

import asyncio

from support.core.events import Presence
from support.core.inbox import Wanted
from support.core.people import STAGEHAND
from support.drivers.capabilities.connections import Connects
from support.scenario.actor import Actor
from support.scenario.silences import Silence, marked_by, received_no_more, takes_markers
from support.scenario.tasks.teardown import outwait
from support.scenario.world import World


async def no_more(world: World, roles: list[str], unwanted: Wanted, *, audited: bool = True) -> None:
    """Claim that no more of this reaches these people: by the barrier now, by the audit at the end of the run.

    Args:
        roles: the people.
        unwanted: what must not reach them, beyond what earlier steps have accounted for.
        audited: whether the claim outlasts the scenario.

    Raises:
        AssertionError: it did; says all that arrived.
    """
    for actor in await world.actors(roles):
        await _barrier(world, actor)
        received_no_more(actor, unwanted)
        if audited:  # what has failed already would be told twice
            world.silences.append(Silence(actor, unwanted))


async def told_once(world: World, roles: list[str], news: Presence) -> None:
    """See that this news reaches these people, on each of their connections, and does not come twice.

    Where accounts are lent their next scenario may bring such news too, so the claim ends with this one.
    """
    limits, listeners, lent = world.limits, await world.actors(roles), world.sut.lease is not None
    for inbox in (inbox for actor in listeners for inbox in actor.inboxes):
        await inbox.expect(news, within=limits.keep_alive + limits.sweep + limits.delivery)
    if lent:
        await outwait(world.cast, listeners, world.limits, news)
    await no_more(world, roles, news, audited=not lent)


async def _barrier(world: World, actor: Actor) -> None:
    """Wait until all that is under way to a user is there, by the path that unwanted things would take."""
    if takes_markers(actor):
        await marked_by(actor, await _stagehand(world))
    else:
        await actor.do(actor.ability(Connects).settle())


async def _stagehand(world: World) -> Actor:
    stagehand = await world.actor(STAGEHAND, online=True)
    if world.coming is not None:
        await asyncio.wait([world.coming])
    if not stagehand.is_connected:
        await stagehand.do(stagehand.come_online())
    return stagehand
