"""What proxies and workers tell the main server, told by users who have their certificates or have none."""

import uuid

from support.drivers.capabilities.delivery import Letter, WorksInside
from support.scenario.actor import Actor
from support.scenario.tasks import message_delivery
from support.scenario.world import World


async def register(world: World, actor: Actor, text: str) -> None:
    """Have a message registered as a proxy does, and keep its receipt."""
    receipt = await actor.do(actor.ability(WorksInside).register(Letter(text)))
    world.dispatch.receipts.append(receipt)


async def report(world: World, actor: Actor, status: str, attempts: int) -> None:
    """Report what has become of a user's last message, as a worker does; a `Then` says how that ended."""
    message = message_delivery.accepted(world, actor.role)[-1].message
    await actor.attempt(actor.ability(WorksInside).report(message, status, attempts))


async def report_unknown(actor: Actor, status: str) -> None:
    """Report what has become of a message that does not exist."""
    await actor.attempt(actor.ability(WorksInside).report(str(uuid.uuid4()), status))


async def inner_doors_open(world: World, actor: Actor) -> None:
    """See that the main server serves those who have the right certificates.

    Raises:
        AssertionError: it does not.
    """
    inside = actor.ability(WorksInside)
    receipt = await actor.do(inside.register(Letter("By the front door")))
    await actor.do(inside.report(receipt.message, "delivered"))
    await message_delivery.become(world, [receipt], "delivered")
