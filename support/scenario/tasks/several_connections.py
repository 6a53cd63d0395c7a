"""A user who is connected several times at once: what reaches each connection, and what is said on each."""

import asyncio
from collections.abc import Sequence

from support.core.checks import check
from support.core.events import Message
from support.core.inbox import Inbox
from support.core.wording import in_words
from support.drivers.capabilities.connections import Connects, ConnectsOften, KeepsFormerConnections
from support.scenario.actor import Actor
from support.vocabulary.terms.events import Happening


async def connect_further(people: Sequence[Actor], times: int) -> None:
    """Have users come online on so many connections more, all users at the same time."""
    for _ in range(times):
        await asyncio.gather(*(actor.do(actor.ability(ConnectsOften).connect_once_more()) for actor in people))


async def hears_on_each(actor: Actor, speaker: Actor) -> None:
    """See that a new message of the speaker reaches each of a user's connections.

    Raises:
        AssertionError: it does not, or there is only one.
    """
    text = "Can you hear me on each?"
    inboxes = _inboxes(actor)
    await speaker.do(speaker.send(text, actor))
    wanted, within = Message(speaker.role, text), actor.limits.delivery
    await asyncio.gather(*(inbox.expect(wanted, within=within) for inbox in inboxes))


async def told_on_each(actor: Actor, happening: Happening) -> None:
    """See that word of something reaches each of a user's connections.

    Raises:
        AssertionError: it does not, or there is only one.
    """
    within = actor.limits.delivery
    waits = (inbox.expect(happening.wanted, within=within, called=happening.called) for inbox in _inboxes(actor))
    await asyncio.gather(*waits)


async def heard_from_each(actor: Actor, listener: Actor) -> None:
    """See that a new message on each of a user's connections reaches the listener.

    Raises:
        AssertionError: one does not, or there is only one connection.
    """
    for number in range(len(_inboxes(actor))):
        text = f"Can you hear me on connection {number + 1}?"
        await actor.do(actor.ability(ConnectsOften).send_on(number, text, listener.role))
        await listener.receives(Message(actor.role, text))


async def heard_from_none(actor: Actor, listener: Actor) -> None:
    """See that a new message on each of a user's connections is refused, and does not reach the listener.

    Raises:
        AssertionError: one is taken or does reach them, or there is only one connection.
    """
    for number in range(len(_inboxes(actor))):
        text = f"Can you still hear me on connection {number + 1}?"
        await actor.attempt(actor.ability(ConnectsOften).send_on(number, text, listener.role))
        await actor.was_refused(access=True)
        await listener.do(listener.ability(Connects).settle())
        unwanted = Message(actor.role, text)
        heard = listener.inbox.unexpected(unwanted)
        check(not heard, f"{actor.role} is still heard by {listener.role}: {listener.inbox.contents(unwanted)}")


async def hears_on_none(actor: Actor, speaker: Actor) -> None:
    """See that a new message of the speaker reaches none of a user's connections: not before a round trip on each.

    Raises:
        AssertionError: it does, or there is only one connection.
    """
    text = "Can you still hear me on any?"
    inboxes = _inboxes(actor)
    await speaker.do(speaker.send(text, actor))
    await actor.do(actor.ability(Connects).settle())
    heard = [inbox.owner for inbox in inboxes if inbox.unexpected(Message(speaker.role, text))]
    check(not heard, f"{speaker.role} is still heard by {in_words(heard)}")


async def hears_on_the_new_one(actor: Actor, speaker: Actor) -> None:
    """See that a new message of the speaker reaches a user, and not the connection that they had before.

    Raises:
        AssertionError: it does not, or reaches that one too.
    """
    text = "Can you hear me where you are?"
    await speaker.do(speaker.send(text, actor))
    await actor.receives(Message(speaker.role, text))
    former = await actor.do(actor.ability(KeepsFormerConnections).heard_aside())
    unwanted = Message(speaker.role, text)
    heard = former.unexpected(unwanted)
    check(not heard, f"{speaker.role} is still heard on the former connection: {former.contents(unwanted)}")


def _inboxes(actor: Actor) -> list[Inbox]:
    inboxes = actor.ability(ConnectsOften).inboxes
    refusal = actor.outcome.refusal if actor.outcome else None
    check(len(inboxes) > 1, f"{actor.role} is connected once only: {refusal or 'it was not tried'}")
    return inboxes
