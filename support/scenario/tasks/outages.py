"""What people are told of a database that is away."""

import re
from typing import cast

from support.core import clock
from support.core.checks import check
from support.core.events import Arrival, Declined, LoggedOut
from support.scenario.actor import Actor
from support.scenario.world import World
from support.vocabulary.terms.faults import AWAY, DATABASES
from support.vocabulary.terms.leaks import leak


async def are_met(world: World) -> None:
    """Wait until a user was told that a request failed, or the outage limit is over."""
    people = world.cast.values()
    await clock.until(
        lambda: any(_gives_reason(item.what) for actor in people for item in actor.inbox.received),
        within=world.limits.outage,
    )


async def told_of(actor: Actor, database: str) -> None:
    """See that a user is told of an outage properly, in a refusal or as the session ends.

    Properly is: in the form for it, naming the database (in any case of letters), saying that it is not to be had, and
    giving away nothing of the inside of the server.

    Raises:
        AssertionError: they are not told within the outage limit, or not properly; says what they were told.
    """
    reason, name = await _reason(actor), DATABASES[database]
    told = f'{actor.role} was told "{reason}"'
    check(name in reason.lower(), f"{told}, which does not name {name}")
    check(re.search(AWAY, reason, re.IGNORECASE), f"{told}, which does not say that it is unavailable")
    inside = leak(reason)
    check(inside is None, f"{told}: that is {inside}, which is not for users")


async def _reason(actor: Actor) -> str:
    """What a user was told."""
    outcome = actor.outcome
    if outcome is not None and outcome.unavailable:
        check(not outcome.failed, f"{actor.role} was not told of it: the server failed, with {outcome.refusal}")
        return str(outcome.refusal)
    if outcome is not None and outcome.refusal is not None and actor.is_connected:
        return outcome.refusal  # of who was sent away, the reason may follow; who is still there has it
    granted = f", but {actor.was_given(outcome)}," if outcome is not None and outcome.final else ""
    called = f"the reason of a refusal{granted}"
    told = await actor.inbox.expect(_gives_reason, within=actor.limits.outage, called=called)
    return cast(Declined | LoggedOut, told.what).reason


def _gives_reason(what: Arrival) -> bool:
    return isinstance(what, Declined | LoggedOut)
