"""What people see of a recovery: their connection is back, and the system says that it tries again."""

import asyncio
from itertools import pairwise

from support.core import clock
from support.core.checks import check
from support.core.events import Retry
from support.core.wording import in_words
from support.drivers.capabilities.connections import Recovers
from support.scenario.actor import Actor
from support.scenario.world import World


async def all_recover(world: World, roles: list[str], within: float) -> None:
    """Have people's clients get the lost connection back.

    Raises:
        AssertionError: a user's does not, within so many seconds.
    """
    people = await world.actors(roles)
    await asyncio.gather(*(actor.do(actor.ability(Recovers).recover(within)) for actor in people))


async def told_of_attempts(actor: Actor, count: int) -> None:
    """See that a user is told of new attempts, numbered, each after a longer pause, within the outage limit."""

    def told() -> list[Retry]:
        return [item.what for item in actor.inbox.received if isinstance(item.what, Retry)]

    await clock.until(lambda: len(told()) >= count, within=actor.limits.outage)
    retries = told()
    actor.inbox.settle(Retry)
    came = in_words(retries)
    check([retry.number for retry in retries] == list(range(1, count + 1)), f"{actor.role} was told of {came}")
    check(all(one.after < next.after for one, next in pairwise(retries)), f"the pauses do not grow: {came}")
