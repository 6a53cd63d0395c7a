"""What people of a company do and find together: places set up, changes made, and what was said."""

import asyncio

from support.core.checks import check
from support.core.events import Arrival, Message
from support.core.people import STAGEHAND
from support.drivers.capabilities.collaboration import (
    BelongsToCompany,
    Change,
    CompanyUsage,
    DatesThreads,
    HasPlaces,
    TellsUsage,
)
from support.scenario.actor import Actor
from support.scenario.world import World


async def drain(world: World) -> None:
    """End a set-up: wait for all that is under way to those who are online, and account for all of it."""
    online = [actor for actor in world.cast.values() if actor.is_connected]
    await asyncio.gather(*(actor.settle() for actor in online))
    for actor in online:
        actor.inbox.settle(Arrival)


def change_by(actor: Actor) -> Change:
    """The change that a user's last attempt was.

    Raises:
        AssertionError: it was none, or was refused.
    """
    return actor.gained(Change, f"has changed nothing: {actor.outcome}")


async def colleagues(actor: Actor) -> frozenset[str]:
    """Whom a user sees in the contact list, the system's own people apart."""
    contacts = await actor.do(actor.contacts())
    return contacts.everyone - {STAGEHAND}


async def usage(actor: Actor) -> CompanyUsage:
    """What a user is told that the company uses, without the system's own people in it."""
    told, contacts = await actor.do(actor.ability(TellsUsage).usage()), await actor.do(actor.contacts())
    return CompanyUsage(told.people - len(contacts.everyone & {STAGEHAND}), told.stored)


async def members(world: World, role: str) -> frozenset[str]:
    """Who of the scenario belongs to a user's company."""
    own = (await world.actor(role)).ability(BelongsToCompany).company
    belong = ((actor.role, actor.client) for actor in world.cast.values())
    return frozenset(one for one, client in belong if isinstance(client, BelongsToCompany) and client.company == own)


async def said_in(actor: Actor, place: str) -> list[Message]:
    """What a user finds when reading what has been said in a place, oldest first."""
    history = await actor.do(actor.ability(HasPlaces).history(place))
    return [Message(sender, text) for sender, text in history]


async def shows_when_last_said(actor: Actor, place: str) -> None:
    """See that a thread shows a user when something was last said in it: the time of its newest message, to a second.

    Raises:
        AssertionError: it shows no time, or another one.
    """
    shown, said = await actor.do(actor.ability(DatesThreads).last_said_in(place))
    check(shown, f"{actor.role} is shown no time at which something was said in {place}")
    newest = f"the last words there are of {said}" if said else "finds nothing that was said there"
    matches = shown and said and abs((shown - said).total_seconds()) <= 1
    check(matches, f"{actor.role} is shown that something was said in {place} at {shown}, and {newest}")
