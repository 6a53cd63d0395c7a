"""Phrases about several connections of one person at once, as of a telephone and a computer."""

from support.drivers.capabilities.connections import (
    ClosesOneInOrder,
    ComesOnlineOften,
    ConnectsOften,
    KeepsFormerConnections,
    TakesLeave,
)
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import several_connections
from support.scenario.tasks.bot_replies import answered_on_each
from support.scenario.world import World
from support.vocabulary.terms.events import Happening


@given("{user} is online on {int} connections")
async def is_online_often(world: World, role: str, count: int) -> None:
    """Online with so many clients in one session.

    Example: Given pilot user 1 is online on 2 connections
    """
    await are_online_often(world, [role], count)


@given("{users} are online on {int} connections each")
async def are_online_often(world: World, roles: list[str], count: int) -> None:
    """Online with so many clients in one session; what they heard of each other is part of the set-up.

    Example: Given user A and user B are online on 2 connections each
    """
    await world.all_come_online(roles)
    await several_connections.connect_further(await world.actors(roles), count - 1)


@when("{user} tries to connect {int} more time/times")
async def connects_often(world: World, role: str, times: int) -> None:
    """Opens further live connections beside the one there is; a `Then` says how the last one ended.

    Example: When user A tries to connect 5 more times
    """
    actor = await world.actor(role)
    for _ in range(times):
        await actor.attempt(actor.open(actor.ability(ConnectsOften).connect_once_more()))


@when("{user} comes online on {int} connections at the same time")
async def comes_online_often(world: World, role: str, count: int) -> None:
    """Connects with so many clients in one session, and then comes online with all of them at the same moment.

    Example: When user B comes online on 2 connections at the same time
    """
    actor = await world.actor(role)
    await actor.do(actor.have_session())
    await actor.do(actor.connect())
    await actor.do(actor.ability(ComesOnlineOften).come_online_on(count))


@when("{user} comes online again on a new connection, with a former one still open")
async def comes_online_anew(world: World, role: str) -> None:
    """The connection that was opened last stays as it is, beside the session and the connection that come now.

    Example: When user A comes online again on a new connection, with a former one still open
    """
    (await world.actor(role)).ability(KeepsFormerConnections).set_aside()
    await world.come_online([role])


@when("one of the clients of {user} goes away without a word")
async def one_goes_away(world: World, role: str) -> None:
    """One of several connections closes, and the others stay.

    Example: When one of the clients of user A goes away without a word
    """
    actor = await world.actor(role)
    await actor.ability(ConnectsOften).close_one()


@when("the client of {user} takes its leave")
async def takes_leave(world: World, role: str) -> None:
    """The client ends all its connections in order, as one does that is closed.

    Example: When the client of user B takes its leave
    """
    actor = await world.actor(role)
    await actor.ability(TakesLeave).take_leave()


@when("one of the clients of {user} takes its leave")
async def one_takes_leave(world: World, role: str) -> None:
    """One of several connections ends in order, as of a window that is closed, and the others stay.

    Example: When one of the clients of user B takes its leave
    """
    actor = await world.actor(role)
    await actor.ability(ClosesOneInOrder).take_leave_of_one()


@then("{user} is told on every connection that {happening}")
async def told_on_every_connection(world: World, role: str, happening: Happening) -> None:
    """Word of it comes to each of the connections, of which there are several, within the delivery limit.

    Example: Then user A is told on every connection that "Shall we begin?" has been sent
    """
    await several_connections.told_on_each(await world.actor(role), happening)


@then("{user} hears {user} on every connection")
async def hears_on_every_connection(world: World, role: str, speaker: str) -> None:
    """A new message reaches each of the connections, of which there are several, within the delivery limit.

    Example: Then user A hears user B on every connection
    """
    await several_connections.hears_on_each(await world.actor(role), await world.actor(speaker))


@then("{user} is heard by {user} on every connection")
async def is_heard_on_every_connection(world: World, role: str, listener: str) -> None:
    """A new message gets through on each of the connections, of which there are several.

    Example: And user A is heard by user B on every connection
    """
    await several_connections.heard_from_each(await world.actor(role), await world.actor(listener))


@then("{user} is heard by {user} on no connection")
async def is_heard_on_no_connection(world: World, role: str, listener: str) -> None:
    """A new message is refused on each of the connections, of which there are several, and does not arrive.

    Example: Then user A is heard by user B on no connection
    """
    await several_connections.heard_from_none(await world.actor(role), await world.actor(listener))


@then("{user} hears {user} on no connection")
async def hears_on_no_connection(world: World, role: str, speaker: str) -> None:
    """A new message reaches none of the connections, of which there are several and all of which are still open.

    Example: Then user A hears user B on no connection
    """
    await several_connections.hears_on_none(await world.actor(role), await world.actor(speaker))


@then("{user} hears {user} on the new connection, and not on the former one")
async def hears_on_new_connection(world: World, role: str, speaker: str) -> None:
    """A new message arrives, and has not reached the connection of the session before, which is still open.

    Example: Then user A hears user B on the new connection, and not on the former one
    """
    await several_connections.hears_on_the_new_one(await world.actor(role), await world.actor(speaker))


@then("{user} receives the answer of {bot} to {string} on every connection")
async def receives_answer_on_each(world: World, role: str, bot: str, question: str) -> None:
    """What the bot answered to this question arrives on each within the delivery limit; of a real bot, any answer.

    Example: Then user A receives the answer of ChatGPT to "What is the capital of Peru?" on every connection
    """
    await answered_on_each(world, await world.actor(role), bot, world.own_words(question))
