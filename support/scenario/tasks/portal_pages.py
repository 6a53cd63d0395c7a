"""What single pages of a web portal have to show: the profile, and the overview of all that there is."""

import re

from support.core.checks import check, fail
from support.core.wording import in_words
from support.drivers.capabilities.portal import Listed
from support.scenario.tasks import message_delivery, monitoring
from support.scenario.tasks import portal as at_portal
from support.scenario.world import World
from support.vocabulary.terms.broker import MESSAGE_STATUSES

#: What a profile says of one's position, and what it may be called.
_POSITION = re.compile(r"\b(?:role|position)\b[\s:]+(\w+)", re.IGNORECASE)
_ADMINISTRATORS, _USERS = ("admin", "administrator"), ("user",)


async def shows_own_profile(world: World, role: str) -> None:
    """See that a page shows a user's account and position, and no other user's."""
    actor, portal = await at_portal.seen(world, role)
    shown, login = await portal.text(), actor.account.login
    others = [other.account.login for other in world.cast.values() if other.role != role]
    check(login in shown, f"{login} does not stand in the profile: {shown}")
    check(not [other for other in others if other in shown], f"the profile shows another user: {shown}")
    position = said.group(1).lower() if (said := _POSITION.search(shown)) else ""
    wanted = _ADMINISTRATORS if role == monitoring.ADMINISTRATOR else _USERS
    # What it does say is told as a whole, never in parts: a part of a secret would not be masked.
    check(position in wanted, f"the profile does not say that the role of {role} is {wanted[0]}: {shown}")


async def note_overview(world: World, role: str) -> None:
    """Have a user sign in and note what the overview counts, for a later step to say by how much that has grown."""
    await world.quiet()
    await at_portal.be_signed_in(world, role)
    actor, portal = await at_portal.at(world, role)
    await actor.do(portal.open("the overview"))
    dispatch = world.dispatch
    dispatch.overview, dispatch.clients = await portal.figures(), frozenset(world.cast)
    dispatch.known = await at_portal.own_of(world, list(world.cast))


async def overview_has_grown(world: World, role: str) -> None:
    """See that an overview counts what there was, and what the scenario has made since: no more, and no less."""
    _, portal = await at_portal.seen(world, role)
    before, figures = world.dispatch.overview, await portal.figures()
    if before is None:
        fail(f"{role} has not looked at the overview before")
    wanted = grown(await at_portal.own_of(world, list(world.cast)), world.dispatch.known)
    wanted["total clients"] = 0 if world.lends else len(_clients(world))
    counted = {words: figures.get(words, 0) - before.get(words, 0) for words in wanted}
    told = f"the overview has grown by {in_words(counted)}, and not by {in_words(wanted)}"
    check(counted == wanted and set(wanted) <= set(figures), f"{told}{message_delivery.left_by_others(world)}")


def grown(now: list[Listed], before: list[Listed]) -> dict[str, int]:
    """How many messages there are more, in all and by status."""
    new = [item for item in now if item not in before]
    counted = {status: sum(item.status == status for item in new) for status in MESSAGE_STATUSES}
    return counted | {"total messages": len(new)}


def _clients(world: World) -> set[str]:
    """Who of the cast has become a client since a user looked: all but those who run the system."""
    return set(world.cast) - world.dispatch.clients - {monitoring.ADMINISTRATOR, monitoring.OPERATOR}
