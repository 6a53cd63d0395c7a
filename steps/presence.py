"""Phrases about who is there: coming online, going away, being told of it, and the contact list."""

from support.core.checks import check
from support.core.events import Coming, Presence
from support.core.wording import in_words
from support.drivers.capabilities.collaboration import ShowsAvailability
from support.drivers.capabilities.messaging import EntersRooms
from support.scenario.needs import list_of_online
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks.contact_lists import look_who_is_online, sees_exactly, sees_rooms_with
from support.scenario.tasks.server_knowledge import everybody, told_administrator, try_to_read_online, withdraw_session
from support.scenario.tasks.silence import no_more, told_once
from support.scenario.world import World


@given("{users} is/are online")
async def are_online(world: World, roles: list[str]) -> None:
    """Signed in, connected and online, all of them; what they heard of each other is part of the set-up.

    Example: Given user A, user B and user C are online
    """
    await world.all_come_online(roles)


@given("{users} has/have come online again")
@when("{users} come/comes online")
@when("{users} come/comes online again")
async def come_online(world: World, roles: list[str]) -> None:
    """Connect in a session of their own and come online; several people at the same time.

    Example: When user C comes online
    """
    await world.come_online(roles)


@when("the client of {user} goes away without a word")
async def goes_away(world: World, role: str) -> None:
    """The connection closes without the user having signed out.

    Example: When the client of user C goes away without a word
    """
    actor = await world.actor(role)
    await actor.go_away()


@when("{user} asks for the contact list")
async def asks_for_contacts(world: World, role: str) -> None:
    """Reads the contact list; the phrases with "sees" say what is in it.

    Example: When user A asks for the contact list
    """
    actor = await world.actor(role)
    await actor.do(actor.contacts())


@when("the administrator tries to withdraw the session of {user}")
async def session_is_perhaps_withdrawn(world: World, role: str) -> None:
    """The server is to withdraw the user's token; what it says to that is left open.

    Example: When the administrator tries to withdraw the session of user A
    """
    await withdraw_session(world, await world.actor(role))


@when("{user} tries to read the administrator's list of who is online")
async def tries_to_read_online(world: World, role: str) -> None:
    """Asks for what only the administrator may, in one's own name.

    Example: When user B tries to read the administrator's list of who is online
    """
    await try_to_read_online(world, await world.actor(role))


@then("the administrator's list of who is online has {users}")
async def administrator_sees_online(world: World, roles: list[str]) -> None:
    """What the administrator is told now names these people, each once.

    Example: Then the administrator's list of who is online has user A and user B
    """
    online = await told_administrator(world)
    check(all(online.count(role) == 1 for role in roles), f"the administrator is told that these are online: {online}")


@then("{user} sees every existing user and no other")
async def sees_everybody(world: World, role: str) -> None:
    """The contact list names all accounts there are: none missing, none made up.

    Example: Then user A sees every existing user and no other
    """
    actor = await world.actor(role)
    sees_exactly(actor, everybody(world))


@then("{user} sees a room for each other user and no further room")
async def sees_rooms(world: World, role: str) -> None:
    """The contact list has one room for each other account, and none for the user alone.

    Example: Then user A sees a room for each other user and no further room
    """
    actor = await world.actor(role)
    sees_rooms_with(actor, everybody(world) - {role})


@then("{user} and {user} see the same room for each other")
async def see_same_room(world: World, role: str, other_role: str) -> None:
    """Both contact lists name one and the same room for the two.

    Example: Then user A and user B see the same room for each other
    """
    one, other = await world.actors([role, other_role])
    room = (await one.do(one.contacts())).rooms.get(other_role)
    counterpart = (await other.do(other.contacts())).rooms.get(role)
    check(room == counterpart and room, f"{role} sees the room {room!r}, {other_role} the room {counterpart!r}")


@then("{user} can enter the room that the contact list shows for {user}")
async def can_enter_room(world: World, role: str, other: str) -> None:
    """The room that was shown opens under the very name that it was shown with.

    Example: Then user A can enter the room that the contact list shows for user B
    """
    actor = await world.actor(role)
    rooms = actor.seen().rooms
    check(other in rooms, f"{role} sees only rooms for {in_words(set(rooms))}")
    await actor.do(actor.ability(EntersRooms).enter(rooms[other]))


@then("{user} sees a different room for {user} and for {user}")
async def sees_different_rooms(world: World, role: str, one: str, other: str) -> None:
    """No two people share a room with the same user.

    Example: Then user A sees a different room for user B and for user C
    """
    rooms = (await world.actor(role)).seen().rooms
    check(one in rooms and other in rooms, f"{role} sees only rooms for {in_words(set(rooms))}")
    check(rooms[one] != rooms[other], f"{role} sees the room {rooms[one]!r} for both")


@then("{user} sees {users} as online", needs=list_of_online)
async def sees_online(world: World, role: str, others: list[str]) -> None:
    """The contact list, read now, shows these people as online.

    Example: Then user A sees user B as online
    """
    online = await look_who_is_online(await world.actor(role))
    check(online >= set(others), f"{role} does not see as online: {in_words(set(others) - online)}")


@then("{user} sees {users} as offline", needs=list_of_online)
async def sees_offline(world: World, role: str, others: list[str]) -> None:
    """The contact list, read now, has these people and does not show them as online.

    Example: Then user A sees user B as offline
    """
    actor = await world.actor(role)
    online = await look_who_is_online(actor)
    check(not online & set(others), f"{role} still sees as online {in_words(online & set(others))}")
    missing = set(others) - actor.seen().everyone
    check(not missing, f"{role} does not see at all: {in_words(missing)}")


@then("{user} sees {user} as busy")
async def sees_busy(world: World, role: str, other: str) -> None:
    """Read now, this person's status is busy: they have set it, and not taken it back.

    Example: Then user B sees user A as busy
    """
    actor = await world.actor(role)
    shown = await actor.do(actor.ability(ShowsAvailability).availability_of(other))
    check(shown == "busy", f"{role} sees {other} as {shown}")


@then("{users} is/are told once that {user} is online", silence=True)
async def told_once_online(world: World, roles: list[str], who: str) -> None:
    """Word of it comes to each of them, once.

    Example: Then user A and user B are told once that user C is online
    """
    await told_once(world, roles, Presence(who, online=True))


@then("{users} is/are told once that {user} is offline", silence=True)
async def told_once_offline(world: World, roles: list[str], who: str) -> None:
    """Word of it comes to each of them, once.

    Example: Then user A and user B are told once that user C is offline
    """
    await told_once(world, roles, Presence(who, online=False))


@then("{users} is/are told of no other user coming or going", silence=True)
async def told_of_nobody_else(world: World, roles: list[str]) -> None:
    """No word of another user's coming or going that a step has not spoken of.

    Example: Then user A and user B are told of no other user coming or going
    """
    await no_more(world, roles, Coming, audited=False)
