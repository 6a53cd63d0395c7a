"""Phrases about rooms and threads: opening them, talking and typing there, and both ways saying the same."""

from typing import Any

from support.core.checks import check
from support.core.events import Message, Posted, Word
from support.core.wording import in_words
from support.drivers.capabilities.collaboration import (
    ChangesBothWays,
    ClosesPlaces,
    HasPlaces,
    ShowsTyping,
    StopsListening,
)
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import workspace
from support.scenario.tasks.conversations import go_on_typing
from support.scenario.tasks.dashboard_checks import told_once
from support.scenario.tasks.silence import no_more
from support.scenario.world import World
from support.vocabulary.terms.events import Happening


@given("{user} has opened {place} with {users}")
async def has_opened(world: World, role: str, place: str, others: list[str]) -> None:
    """A place where these people talk, and no others; those who are online enter it.

    Example: Given user A has opened the room "Launch" with user B and user C
    """
    actor, *_ = await world.actors([role, *others])
    await actor.do(actor.ability(HasPlaces).open_place(place, others))
    await workspace.drain(world)


@when("{user} opens {place} with {users}")
async def opens(world: World, role: str, place: str, others: list[str]) -> None:
    """Opens a place where these people are to talk; a `Then` says how it ended.

    Example: When user A opens the thread "Budget" with user B
    """
    actor, *_ = await world.actors([role, *others])
    await actor.attempt(actor.ability(HasPlaces).open_place(place, others))


@when("{user} sends {string} in {place}")
async def sends_in(world: World, role: str, text: str, place: str) -> None:
    """Sends one message to everybody in a place; a `Then` says how it ended.

    Example: When user A sends "Shall we begin?" in the room "Launch"
    """
    actor = await world.actor(role)
    await actor.attempt(actor.send(text, place))


@when("{user} {typing} in {place}")
async def types_in(world: World, role: str, how: str, place: str) -> None:
    """Begins or stops to type, without sending anything.

    Example: When user A begins to type in the room "Launch"
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(ShowsTyping).type(how, place))


@when("{user} goes on typing in {place}")
async def goes_on_typing(world: World, role: str, place: str) -> None:
    """Begins to type and does not stop, until the scenario is over; a `Then` says how it began.

    Example: When user A goes on typing in the room "Launch"
    """
    await types_in(world, role, "begins to type", place)
    world.cleanups.start_background(go_on_typing(await world.actor(role), place))


@when("{user} adds {user} to {place}")
async def adds_to(world: World, role: str, other: str, place: str) -> None:
    """Takes a user into a place that is open already; a `Then` says how it ended.

    Example: When user A adds user C to the room "Launch"
    """
    actor, _ = await world.actors([role, other])
    await actor.attempt(actor.ability(HasPlaces).add_to(place, other))


@when("{user} removes {user} from {place}")
async def removes_from(world: World, role: str, other: str, place: str) -> None:
    """Takes a user out of a place; a `Then` says how it ended.

    Example: When user A removes user B from the room "Launch"
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(HasPlaces).remove_from(place, other))


@when("{user} leaves {place}")
async def leaves(world: World, role: str, place: str) -> None:
    """Goes out of a place of their own accord; a `Then` says how it ended.

    Example: When user B leaves the room "Launch"
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(HasPlaces).remove_from(place, role))


@when("{user} closes {place} for everybody")
async def closes(world: World, role: str, place: str) -> None:
    """Ends a place with all that is in it; a `Then` says how it ended.

    Example: When user A closes the room "Launch" for everybody
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(ClosesPlaces).close_place(place))


@when("{user} stops listening in {place}")
async def stops_listening(world: World, role: str, place: str) -> None:
    """Stays in a place, and wants to hear nothing more of it on the live connection; a `Then` says how it ended.

    Example: When user B stops listening in the room "Launch"
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(StopsListening).stop_listening(place))


@when("{users} looks/look at the rooms")
async def look_at_rooms(world: World, roles: list[str]) -> None:
    """Asks which rooms there are; a `Then` says which were shown.

    Example: When user B and user C look at the rooms
    """
    for actor in await world.actors(roles):
        await actor.do(actor.ability(HasPlaces).rooms())


@then("{user} is shown {place}")
async def is_shown(world: World, role: str, place: str) -> None:
    """It is among the rooms that this person saw when they looked.

    Example: Then user B is shown the room "Launch"
    """
    actor = await world.actor(role)
    check(place in actor.found(), f"{role} is shown only {in_words(actor.found())}")


@then("{user} is not shown {place}")
async def is_not_shown(world: World, role: str, place: str) -> None:
    """It is not among the rooms that this person saw when they looked.

    Example: But user C is not shown the room "Launch"
    """
    actor = await world.actor(role)
    check(place not in actor.found(), f"{role} is shown {place}")


@when("{user} {change} {way}")
async def changes(world: World, role: str, what: str, way: str) -> None:
    """Makes a change, in one of the two ways in which the system can be spoken to.

    Example: When user A sends a message in the room by request
    """
    actor = await world.actor(role)
    await actor.attempt(actor.ability(ChangesBothWays).change(what, way))


@then("{users} receive/receives {string} from {user} in {place}")
async def receive_in(world: World, roles: list[str], text: str, sender: str, place: str) -> None:
    """The message arrives, as one of this place, within the delivery limit.

    Example: Then user B and user C receive "Shall we begin?" from user A in the room "Launch"
    """
    for actor in await world.actors(roles):
        await actor.receives(Posted(sender, text, place))


@then("{string} from {user} in {place} does not reach {users}", silence=True)
async def does_not_reach(world: World, text: str, sender: str, place: str, roles: list[str]) -> None:
    """The message has not come, and does not before a marker sent behind it; whatever else comes does not count.

    Example: But "Among us" from user A in the room "Launch" does not reach user C
    """
    await no_more(world, roles, Posted(sender, text, place))


@then("{user} can be heard by {user} in {place}")
async def can_be_heard(world: World, role: str, listener: str, place: str) -> None:
    """A new message gets through, in this place.

    Example: And user A can be heard by user B in the room "Launch"
    """
    sender, addressee = await world.actors([role, listener])
    await sender.do(sender.send("Can you hear me?", place))
    await addressee.receives(Posted(role, "Can you hear me?", place))


@then("{users} is/are told once of what {user} has done", silence=True)
async def told_of_change(world: World, roles: list[str], other: str) -> None:
    """Word of the change that another user has made comes within the delivery limit, and not a second time.

    Example: Then user B is told once of what user A has done
    """
    news = workspace.change_by(await world.actor(other)).news
    for role in roles:
        await told_once(world, role, Happening(news.what if isinstance(news, Word) else str(news), type(news), news))


@then("{users} see/sees what {user} has done after reloading")
async def see_change(world: World, roles: list[str], other: str) -> None:
    """A new request shows the change that another user has made.

    Example: And user B sees what user A has done after reloading
    """
    change = workspace.change_by(await world.actor(other))
    for actor in await world.actors(roles):
        shown = await actor.do(actor.ability(ChangesBothWays).look(change))
        check(shown == change.shows, f"{other} {change.what}, but {actor.role} sees {shown!r}, not {change.shows!r}")


@then("{users} find/finds in {place}, in this order", columns=("from", "message"))
async def find_in_order(world: World, roles: list[str], place: str, table: Any) -> None:
    """What has been said there is what a table with the columns `from` and `message` says, and nothing else.

    Example: Then user B finds in the room "Launch", in this order
    """
    wanted = [Message(row["from"], row["message"]) for row in table]
    for actor in await world.actors(roles):
        found = await workspace.said_in(actor, place)
        check(found == wanted, f"{actor.role} finds in {place}: {in_words(found)}")


@then("{users} find/finds {string} from {user} in {place}")
async def find(world: World, roles: list[str], text: str, sender: str, place: str) -> None:
    """A new look at what has been said there shows the message, one time.

    Example: Then user B finds "Shall we begin?" from user A in the room "Launch"
    """
    for actor in await world.actors(roles):
        found = await workspace.said_in(actor, place)
        check(found.count(Message(sender, text)) == 1, f"{actor.role} finds {in_words(found)}")


@then("{user} is told first that {happening}, then that {happening}")
async def told_in_order(world: World, role: str, first: Happening, second: Happening) -> None:
    """Both come within the delivery limit, in this order.

    Example: Then user B is told first that the file "a" has been uploaded, then that the file "a" is ready
    """
    actor, within = await world.actor(role), world.limits.delivery
    later = await actor.inbox.expect(second.wanted, within=within, called=second.called)
    earlier = await actor.inbox.expect(first.wanted, within=within, called=first.called)
    order = actor.inbox.received
    check(order.index(earlier) < order.index(later), f"{role} was told that {second.words} before {first.words}")


@then("{user} sees at {place} when something was last said there")
async def sees_last_said(world: World, role: str, place: str) -> None:
    """The time that the thread shows is that of its newest message, but for a second.

    Example: Then user B sees at the thread "Budget" when something was last said there
    """
    await workspace.shows_when_last_said(await world.actor(role), place)


@then("{users} cannot read what is said in {place}")
async def cannot_read(world: World, roles: list[str], place: str) -> None:
    """Asking for what has been said there is refused.

    Example: Then user C cannot read what is said in the room "Launch"
    """
    for actor in await world.actors(roles):
        await actor.attempt(actor.ability(HasPlaces).history(place))
        await actor.was_refused(access=True)


@then("{users} is/are told that {happening}")
async def is_told(world: World, roles: list[str], happening: Happening) -> None:
    """Word of it comes within the delivery limit; for where it cannot be known whether it comes twice.

    Example: Then user B is told that user A is busy
    """
    for actor in await world.actors(roles):
        await actor.inbox.expect(happening.wanted, within=world.limits.delivery, called=happening.called)


@then("{user} has not been told that {happening}", silence=True, afresh=True)
async def has_not_been_told(world: World, role: str, happening: Happening) -> None:
    """No word of it has come up to now; a later step may say that it does.

    Example: Then user A has not been told that "Shall we begin?" has been delivered to user B
    """
    await no_more(world, [role], happening.wanted, audited=False)
