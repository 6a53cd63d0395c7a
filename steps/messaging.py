"""Phrases about messages: sending, receiving, receiving nothing, and what is kept for the absent."""

from typing import Any

from support.core.checks import check
from support.core.events import Message, Post
from support.core.wording import in_words
from support.scenario.silences import marked_by
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks.conversations import (
    converse_with,
    hears_from,
    numbered,
    receives_in_order,
    send_all,
    send_at_once,
)
from support.scenario.tasks.same_moment import (
    pair_up,
    pairs,
    write_to_each_other,
    write_to_each_who_is_coming,
    write_to_who_is_coming,
)
from support.scenario.tasks.server_knowledge import cached_for
from support.scenario.tasks.silence import no_more
from support.scenario.world import World


@when("{user} sends {string} to {user}")
async def sends(world: World, role: str, text: str, receiver: str) -> None:
    """Sends one message, and waits until the system has taken it.

    Example: When user A sends "Lunch at noon?" to user B
    """
    sender = await world.actor(role)
    await sender.do(sender.send(text, await world.actor(receiver)))


@when("{user} sends to {user}", columns=("message",))
async def sends_several(world: World, role: str, receiver: str, table: Any) -> None:
    """Sends the messages of a table with the column `message`, one after the other.

    Example: When user A sends to user B
    """
    sender = await world.actor(role)
    await send_all(sender, [row["message"] for row in table], await world.actor(receiver))


@when("{user} sends this message to {user}", text=True)
async def sends_text(world: World, role: str, receiver: str, text: str) -> None:
    """Sends the text that stands below the step between two lines of triple quotes, all its lines as one message.

    Example: When user A sends this message to user B
    """
    sender = await world.actor(role)
    await sender.do(sender.send(text, await world.actor(receiver)))


@when("{user} sends {int} messages to {user} without a pause")
async def sends_many(world: World, role: str, count: int, receiver: str) -> None:
    """Sends numbered messages back to back, not waiting for the system in between.

    Example: When user A sends 100 messages to user B without a pause
    """
    sender = await world.actor(role)
    await send_at_once(sender, numbered(count), await world.actor(receiver))


@when("{user} sends {int} messages to {user}, who comes online meanwhile")
async def sends_while_coming(world: World, role: str, count: int, receiver: str) -> None:
    """Sends numbered messages one after the other, the first of them to an absent user, who comes online at once.

    Example: When user A sends 100 messages to user B, who comes online meanwhile
    """
    await write_to_who_is_coming(world, role, receiver, numbered(count))


@given("{int} pairs of users, of whom one is online", afresh=True)
async def pairs_are_there(world: World, count: int) -> None:
    """The other of each pair is signed in and not there yet.

    Example: Given 8 pairs of users, of whom one is online
    """
    await pair_up(world, count)


@when("one of each of the {int} pairs sends {int} messages without a pause to the other, who comes online meanwhile")
async def send_to_who_are_coming(world: World, count: int, messages: int) -> None:
    """Numbered messages, not waiting for the system in between; all pairs at the same time.

    Example: When one of each of the 8 pairs sends 15 messages without a pause to the other, who comes online meanwhile
    """
    await write_to_each_who_is_coming(world, count, numbered(messages))


@then("the other of each of the {int} pairs receives all {int} messages in the order sent")
async def all_pairs_receive(world: World, count: int, messages: int) -> None:
    """The numbered messages arrive, in order.

    Example: Then the other of each of the 8 pairs receives all 15 messages in the order sent
    """
    for sender, receiver in pairs(count):
        await receives_all(world, receiver, messages, sender)


@then("the other of each of the {int} pairs receives nothing else", silence=True)
async def pairs_receive_nothing_else(world: World, count: int) -> None:
    """Nothing has reached them, and nothing does, that an earlier step has not spoken of.

    Example: And the other of each of the 8 pairs receives nothing else
    """
    await no_more(world, [receiver for _, receiver in pairs(count)], Post)


@when("{user} and {user} send each other {int} messages at the same time")
async def send_each_other(world: World, role: str, other: str, count: int) -> None:
    """Both send numbered messages back to back, neither waiting for the other.

    Example: When user A and user B send each other 50 messages at the same time
    """
    one, another = await world.actors([role, other])
    await write_to_each_other(one, another, numbered(count))


@given("{user} has sent {string} to {user}, who is offline")
async def has_sent(world: World, role: str, text: str, receiver: str) -> None:
    """A message sent to a user who has an account and is not there, which the scenario has to have seen to.

    Example: Given user A has sent "Call me" to user B, who is offline
    """
    sender, absent = await world.there(role), await world.absent(receiver)
    await sender.do(sender.send(text, absent))


@given("{user} has sent to {user}, who is offline", columns=("message",))
async def has_sent_several(world: World, role: str, receiver: str, table: Any) -> None:
    """Messages of a table with the column `message`, sent to a user who is not there.

    Example: Given user A has sent to user B, who is offline
    """
    sender, absent = await world.there(role), await world.absent(receiver)
    await send_all(sender, [row["message"] for row in table], absent)


@when("{user} sends {string} to a user who does not exist", may_fail=True)
async def sends_to_nobody(world: World, role: str, text: str) -> None:
    """Sends a message to a name that no user has; whether that is refused is not judged here.

    Example: When user A sends "Anybody?" to a user who does not exist
    """
    sender = await world.actor(role)
    await sender.attempt(sender.send(text, "nobody-at-all"))


@given("{user} has tried to listen in on {user} and {user}")
async def has_tried_to_listen_in(world: World, role: str, one: str, other: str) -> None:
    """Tries to take part in the conversation of two others; whether that is refused is not judged here.

    Example: Given user C has tried to listen in on user A and user B
    """
    intruder = await world.actor(role)
    await intruder.attempt(intruder.listen_in(one, other))


@given("{user} and {user} are in the middle of a conversation")
async def are_in_conversation(world: World, role: str, other: str) -> None:
    """The two go on writing to each other in the background, until they cannot.

    Example: Given user A and user B are in the middle of a conversation
    """
    one, two = await world.actors([role, other])
    world.cleanups.start_background(converse_with(one, two))
    await hears_from(two, one)
    await hears_from(one, two)


@then("{user} receives {string} from {user}")
async def receives(world: World, role: str, text: str, sender: str) -> None:
    """The message arrives within the delivery limit.

    Example: Then user B receives "Lunch at noon?" from user A
    """
    receiver = await world.actor(role)
    await receiver.receives(Message(sender, text))


@then("{user} receives this message from {user}", text=True)
async def receives_text(world: World, role: str, sender: str, text: str) -> None:
    """The text that stands below the step between two lines of triple quotes arrives, all its lines as one message.

    Example: Then user B receives this message from user A
    """
    receiver = await world.actor(role)
    await receiver.receives(Message(sender, text))


@then("{user} receives from {user}, in this order", columns=("message",))
async def receives_several(world: World, role: str, sender: str, table: Any) -> None:
    """The messages of a table with the column `message` arrive, in its order, with no other of the sender between.

    Example: Then user B receives from user A, in this order
    """
    receiver = await world.actor(role)
    await receives_in_order(receiver, [Message(sender, row["message"]) for row in table])


@then("{user} receives, in this order", columns=("from", "message"))
async def receives_of_several(world: World, role: str, table: Any) -> None:
    """The messages of a table with the columns `from` and `message` arrive in its order, with no others between them.

    Example: Then user B receives, in this order
    """
    await receives_in_order(await world.actor(role), [Message(row["from"], row["message"]) for row in table])


@then("{user} receives all {int} messages of {user} in the order sent")
async def receives_all(world: World, role: str, count: int, sender: str) -> None:
    """The numbered messages of "sends … messages … without a pause" arrive, in order.

    Example: Then user B receives all 100 messages of user A in the order sent
    """
    receiver = await world.actor(role)
    await receives_in_order(receiver, [Message(sender, text) for text in numbered(count)])


@then("{users} receive/receives nothing else", silence=True)
async def receives_nothing_else(world: World, roles: list[str]) -> None:
    """Nothing has reached them, and nothing does, that an earlier step has not spoken of.

    Judged now, by a marker sent down the same path and the whole inbox, and again at the end of the run.

    Example: And user C receives nothing else
    """
    await no_more(world, roles, Post)


@then("{user} can send messages to {user}")
async def can_send(world: World, role: str, receiver: str) -> None:
    """A new message gets through.

    Example: And user A can send messages to user B
    """
    sender, addressee = await world.actors([role, receiver])
    await marked_by(addressee, sender)


@then("{user} can no longer send messages to {user}", silence=True)
async def cannot_send(world: World, role: str, receiver: str) -> None:
    """A message with the token of the former session is refused, and does not arrive.

    Example: Then user A can no longer send messages to user B
    """
    sender = await world.actor(role)
    await sender.attempt(sender.send("Can you still hear me?", await world.actor(receiver)))
    await sender.was_refused(access=True)
    await no_more(world, [receiver], Post)


@then("{string} from {user} is cached for {user}")
async def is_cached(world: World, text: str, sender: str, receiver: str) -> None:
    """The system keeps the message, at rest, for a user who is not there.

    Example: Then "See you tomorrow" from user A is cached for user B
    """
    cached = await cached_for(world, receiver)
    check(cached == [Message(sender, text)], f"what is cached for {receiver} is: {in_words(cached)}")


@then("nothing is cached for {user}")
async def nothing_is_cached(world: World, receiver: str) -> None:
    """The system keeps no message for this user any more.

    Example: And nothing is cached for user B
    """
    cached = await cached_for(world, receiver)
    check(not cached, f"still cached for {receiver}: {in_words(cached)}")
