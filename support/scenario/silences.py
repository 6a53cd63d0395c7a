"""Claims that no more reaches a user: each is judged when it is made, and again after the scenario's end."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from support.core.checks import check
from support.core.events import Message
from support.core.inbox import Wanted
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.messaging import SendsMessages
from support.drivers.clients.http import Unreachable
from support.scenario.actor import Actor


@dataclass(frozen=True)
class Silence:
    """A claim that no more of `unwanted` reaches `actor`, judged when made and again at the end of the run."""

    actor: Actor
    unwanted: Wanted


async def marked_by(actor: Actor, sender: Actor) -> None:
    """The barrier: a marker takes the path to `actor` that an unwanted message of `sender` would have taken.

    When it has arrived, so has all that was sent before, because the path keeps order.
    """
    marker = f"marker {secrets.token_hex(4)}"
    await sender.do(sender.send(marker, actor))
    await actor.receives(Message(sender.role, marker))


def received_no_more(actor: Actor, unwanted: Wanted) -> None:
    """Judge the whole inbox: nothing of this that no step has accounted for."""
    found = actor.inbox.unexpected(unwanted)
    check(not found, f"{actor.role} should have received nothing else, but {actor.inbox.contents(unwanted)}")


def takes_markers(actor: Actor) -> bool:
    """Whether what is under way to a user is waited for by a marker, sent by another."""
    return isinstance(actor.client, SendsMessages)


async def comes_online(actor: Actor) -> None:
    """Bring a user online for whom no step waits: who cannot come is not there, and is seen not to be."""
    try:
        await actor.come_online()
    except (Rejected, Unreachable):
        await actor.go_away()


def broken(silences: Iterable[Silence], in_words: Callable[[str], str]) -> list[str]:
    """What has reached users after a step had claimed that nothing would, in one line each."""
    return [
        f"{one.actor.role} was to receive nothing else, but later {in_words(one.actor.inbox.contents(one.unwanted))}"
        for one in silences
        if one.actor.inbox.unexpected(one.unwanted)
    ]


def were_heard(silences: Iterable[Silence], until: float) -> bool:
    """Whether the users who were to hear nothing more were listened to until this moment."""
    ends = [one.actor.inbox.ended for one in silences]
    return all(end is None or end >= until for end in ends)
