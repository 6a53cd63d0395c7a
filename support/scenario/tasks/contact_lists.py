"""What users see in the contact list."""

from support.core.checks import check
from support.core.errors import Absent
from support.core.wording import in_words
from support.drivers.capabilities.messaging import WORD_OF_WHO_IS_ONLINE, KeepsRooms
from support.scenario.actor import Actor


def sees_exactly(actor: Actor, everybody: frozenset[str]) -> None:
    """See that the contact list names all these and no other."""
    seen = actor.seen().everyone
    check(
        seen == everybody,
        f"{actor.role} misses {in_words(everybody - seen)} "
        f"and sees, though there is no such user, {in_words(seen - everybody)}",
    )


def sees_rooms_with(actor: Actor, others: frozenset[str]) -> None:
    """See that the contact list has a room with each of these and with no other."""
    actor.ability(KeepsRooms)
    rooms = frozenset(actor.seen().rooms)
    check(
        rooms == others,
        f"{actor.role} misses rooms with {in_words(others - rooms)} "
        f"and has further rooms with {in_words(rooms - others)}",
    )


async def look_who_is_online(actor: Actor) -> frozenset[str]:
    """Who the contact list, read now, shows as online."""
    contacts = await actor.do(actor.contacts())
    if contacts.online is None:
        raise Absent(WORD_OF_WHO_IS_ONLINE)
    return contacts.online
