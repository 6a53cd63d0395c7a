"""Users who write to each other: one after the other, all at once, in the background, or in an order that counts."""

import asyncio
from contextlib import suppress
from typing import Any

from support.core import clock
from support.core.checks import check
from support.core.events import Message
from support.core.wording import first_difference
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.collaboration import ShowsTyping
from support.drivers.capabilities.messaging import SendsAnything
from support.drivers.clients.http import Unreachable
from support.scenario.actor import Actor
from support.vocabulary.terms.words import NO_WORDS

#: Seconds between two signs that a user types: far less than any system takes typing to last.
_BETWEEN_KEYS = 0.2

_LAST_WORDS = "That is all."


def numbered(count: int) -> list[str]:
    """The texts of messages sent back to back."""
    return [f"message {number} of {count}" for number in range(1, count + 1)]


def letters(count: int) -> str:
    """A text of so many letters, no two parts of which are the same."""
    return "".join(f"{number:x}, " for number in range(count))[:count]


async def send_all(sender: Actor, texts: list[str], receiver: Actor) -> None:
    """Send messages one after the other."""
    for text in texts:
        await sender.do(sender.send(text, receiver))


async def send_at_once(sender: Actor, texts: list[str], receiver: Actor) -> None:
    """Send messages back to back, not waiting for the system in between."""
    await sender.do(asyncio.gather(*(sender.send(text, receiver) for text in texts)))


async def converse_with(actor: Actor, other: Actor) -> None:
    """Write to each other by turns, until it is refused or cancelled; 500 messages at most."""
    with suppress(Rejected, Unreachable):
        for number in range(250):
            await actor.send(f"line {number}", other)
            await other.send(f"answer {number}", actor)
            await clock.tick(0.02)


async def go_on_typing(actor: Actor, place: str) -> None:
    """Type in a place again and again, until it is refused or cancelled."""
    with suppress(Rejected, Unreachable):
        while True:
            await clock.tick(_BETWEEN_KEYS)
            await actor.ability(ShowsTyping).type("begins to type", place)


async def hears_from(actor: Actor, other: Actor) -> None:
    """Wait for any message of a user."""
    await actor.inbox.expect(
        lambda what: isinstance(what, Message) and what.sender == other.role,
        within=actor.limits.delivery,
        called=f"any message from {other.role}",
    )


async def send_no_words(sender: Actor, receiver: Actor) -> None:
    """Send messages that are not text, one after the other, and a text at the end."""
    for value in NO_WORDS:
        await sender.ability(SendsAnything).send_value(value, receiver.role)
    await sender.send(_LAST_WORDS, receiver)


async def receives_the_same(actor: Actor, other: Actor, sender: str) -> None:
    """Wait for all messages, text or not, that another user has got from a sender: the same, in the same order."""
    await other.receives(Message(sender, _LAST_WORDS))
    received = [item.what for item in other.inbox.received]
    await receives_in_order(actor, [what for what in received if isinstance(what, Message) and what.sender == sender])


async def receives_in_order(actor: Actor, wanted: list[Message]) -> None:
    """Wait for all of `wanted` and see that they came in this order, with none of their sender's between them."""
    for message in wanted:
        await actor.inbox.expect(message, within=actor.limits.delivery)
    senders = {message.sender for message in wanted}
    received: list[Any] = [item.what for item in actor.inbox.received]
    arrived = [what for what in received if getattr(what, "sender", None) in senders]
    places = [place for place, message in enumerate(arrived) if message in wanted]
    texts = [message.text for message in arrived[places[0] : places[-1] + 1]]
    expected = [message.text for message in wanted]
    wrong = first_difference(texts, expected)
    check(not wrong, f"{actor.role} received the messages not in the order sent: {wrong}")
