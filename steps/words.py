"""Phrases about words of every kind: long, in every script, with blanks and line breaks, like markup or code."""

from support.core.events import Message
from support.scenario.needs import stand_in
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks.bot_replies import answered_whole
from support.scenario.tasks.conversations import letters, receives_the_same, send_all, send_no_words
from support.scenario.world import World
from support.vocabulary.terms.words import KINDS


@when("{user} sends words of every kind to {user}")
async def sends_words(world: World, role: str, receiver: str) -> None:
    """Sends one message of each kind that the suite knows, one after the other.

    Example: When user A sends words of every kind to user B
    """
    sender = await world.actor(role)
    await send_all(sender, list(KINDS.values()), await world.actor(receiver))


@given("{user} has sent words of every kind to {user}, who is offline")
async def has_sent_words(world: World, role: str, receiver: str) -> None:
    """One message of each kind that the suite knows, sent to a user who is not there.

    Example: Given user A has sent words of every kind to user B, who is offline
    """
    sender, absent = await world.there(role), await world.absent(receiver)
    await send_all(sender, list(KINDS.values()), absent)


@when("{user} asks {bot} words of every kind")
async def asks_words(world: World, role: str, bot: str) -> None:
    """Writes one message of each kind that the suite knows to a bot.

    Example: When user A asks ChatGPT words of every kind
    """
    actor = await world.actor(role)
    for words in KINDS.values():
        await actor.do(actor.ask(bot, world.own_words(words)))


@then("{user} receives the words of every kind from {user}, as they were written")
async def receives_words(world: World, role: str, sender: str) -> None:
    """Each arrives sign by sign within the delivery limit.

    Example: Then user B receives the words of every kind from user A, as they were written
    """
    receiver = await world.actor(role)
    for kind, words in KINDS.items():
        await receiver.inbox.expect(
            Message(sender, words), within=receiver.limits.delivery, called=f"the words {kind}, as they were written"
        )


@then("{user} receives the answer of {bot} to the words of every kind, each whole")
async def receives_answers(world: World, role: str, bot: str) -> None:
    """What the bot answered to each arrives within the delivery limit, to its last sign; breaks of lines may be lost.

    Example: Then user A receives the answer of ChatGPT to the words of every kind, each whole
    """
    actor = await world.actor(role)
    for words in KINDS.values():
        await answered_whole(world, actor, bot, world.own_words(words))


@then("{bot} is asked the words of every kind, each once, as they were written", needs=stand_in)
async def is_asked_words(world: World, bot: str) -> None:
    """Each has reached the bot sign by sign, one time.

    Example: Then ChatGPT is asked the words of every kind, each once, as they were written
    """
    await world.bots.was_asked_each_once(bot, [*map(world.own_words, KINDS.values())], within=world.limits.delivery)


@when("{user} sends a message of {int} letters to {user}")
async def sends_long(world: World, role: str, count: int, receiver: str) -> None:
    """Sends one message of so many letters, and waits until the system has taken it.

    Example: When user A sends a message of 100000 letters to user B
    """
    sender = await world.actor(role)
    await sender.do(sender.send(letters(count), await world.actor(receiver)))


@then("{user} receives the message of {int} letters from {user}, to its last letter")
async def receives_long(world: World, role: str, count: int, sender: str) -> None:
    """The message arrives within the delivery limit, whole.

    Example: Then user B receives the message of 100000 letters from user A, to its last letter
    """
    receiver = await world.actor(role)
    called = f"the message of {count} letters, to its last letter"
    await receiver.inbox.expect(Message(sender, letters(count)), within=receiver.limits.delivery, called=called)


@when("{user} sends messages that are not text to {users}")
async def sends_no_words(world: World, role: str, receivers: list[str]) -> None:
    """Sends each a number, a list and the like, and a text at the end; the system may take of it what it wants.

    Example: When user A sends messages that are not text to user B and user C
    """
    sender = await world.actor(role)
    for receiver in await world.actors(receivers):
        await sender.do(send_no_words(sender, receiver))


@then("{user} receives from {user} what {user} has received")
async def receives_what_another_has(world: World, role: str, sender: str, other: str) -> None:
    """What a user sent both of them has reached both in the same form, and in the same order.

    Example: Then user C receives from user A what user B has received
    """
    await receives_the_same(await world.actor(role), await world.actor(other), sender)
