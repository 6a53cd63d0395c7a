"""What proxies and workers tell the main server, told by users who have their certificates or have none."""

import uuid

from support.core.checks import check
from support.drivers.capabilities.delivery import Letter, WorksInside
from support.scenario.actor import Actor
from support.scenario.tasks import message_delivery
from support.scenario.tasks.repeated_requests import all_at_once
from support.scenario.world import World


async def register(world: World, actor: Actor, text: str) -> None:
    """Have a message registered as a proxy does, and keep its receipt."""
    receipt = await actor.do(actor.ability(WorksInside).register(Letter(text)))
    world.dispatch.receipts.append(receipt)


async def register_again(world: World, actor: Actor) -> None:
    """Have a user's last message registered once more, as a proxy does that was not answered the first time."""
    known = message_delivery.accepted(world, actor.role)[-1]
    await actor.attempt(actor.ability(WorksInside).register(known.letter, message=known.message))


async def report_at_once(world: World, actor: Actor, status: str, times: int) -> None:
    """Report several times at once what has become of a user's last message; at least one report has to be taken.

    Raises:
        AssertionError: none is.
    """
    message = message_delivery.accepted(world, actor.role)[-1].message
    inside = actor.ability(WorksInside)
    record = await all_at_once(actor, f"report it as {status}", times, lambda: inside.report(message, status))
    world.records.append(record)
    check(not all(one.trouble for one in record.tried), f"no report was taken: {message_delivery.troubles(world)}")


async def report(world: World, actor: Actor, status: str, attempts: int) -> None:
    """Report what has become of a user's last message, as a worker does; a `Then` says how that ended."""
    message = message_delivery.accepted(world, actor.role)[-1].message
    await actor.attempt(actor.ability(WorksInside).report(message, status, attempts))


async def report_unknown(actor: Actor, status: str) -> None:
    """Report what has become of a message that does not exist."""
    await actor.attempt(actor.ability(WorksInside).report(str(uuid.uuid4()), status))


async def internal_requests_work(world: World, actor: Actor) -> None:
    """See that the main server serves those who have the right certificates.

    Raises:
        AssertionError: it does not.
    """
    inside = actor.ability(WorksInside)
    receipt = await actor.do(inside.register(Letter("By the front door")))
    await actor.do(inside.report(receipt.message, "delivered"))
    await message_delivery.become(world, [receipt], "delivered")
