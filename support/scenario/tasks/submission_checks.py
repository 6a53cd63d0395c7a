"""Who may submit messages, and who may not."""

from support.core import clock
from support.core.checks import check, fail
from support.drivers.capabilities.delivery import Letter, Receipt, SubmitsMessages
from support.scenario.actor import Actor
from support.scenario.attempts import Attempt
from support.scenario.tasks import message_delivery
from support.scenario.world import World

#: How often a user who has been shut out tries again.
_AGAIN = 3


async def can_submit(world: World, actor: Actor, patience: float = 0.0) -> None:
    """See that a user's new message is accepted and on record; and delivered, where something has been broken.

    Delivery is what other scenarios are about, and takes a whole retry interval in some systems.

    Args:
        world: the scenario's.
        actor: who.
        patience: seconds that the system may say that it cannot serve.

    Raises:
        AssertionError: it is not.
    """
    submitting = actor.ability(SubmitsMessages)

    async def outcome() -> Attempt[Receipt]:
        return await actor.attempt(submitting.submit(Letter(world.own_words("Can I?"))))

    found = await clock.seen(outcome, lambda how: not how.unavailable, within=patience)
    receipt = found.answer
    if receipt is None:
        fail(f"{actor.role} cannot submit messages: {found.refusal}")
    check(receipt.owner == actor.role, f"the message of {actor.role} was taken for one of {receipt.owner}")
    if world.outages.faults.were_made:
        await message_delivery.become(world, [receipt], "delivered")
    else:
        await _recorded(world, receipt)


async def _recorded(world: World, receipt: Receipt) -> None:
    """See that a message is on record, whatever has become of it."""
    system = message_delivery.following(world)
    records = await clock.seen(lambda: system.delivery_records([receipt.message]), bool, within=world.limits.delivery)
    check(records, f"the message of {receipt.owner} was accepted, and is not on record")


async def list_was_read(world: World) -> None:
    """Let the time pass in which every proxy has looked at the list of revoked certificates."""
    await clock.pause(world.limits.revocation)


async def is_shut_out(world: World, actor: Actor) -> None:
    """See that a user's messages are refused by every proxy, at the latest when the revocation limit is up.

    Raises:
        AssertionError: one is still accepted.
    """
    for proxy in ("proxy", "second proxy"):

        async def refused(by: str = proxy) -> bool:
            outcome = await actor.attempt(actor.ability(SubmitsMessages).submit(Letter("Once more"), by=by))
            return outcome.refusal is not None

        shut = await clock.seen(refused, bool, within=world.limits.revocation)
        check(shut, f"the {proxy} still accepts messages of {actor.role} after {world.limits.revocation:g} s")
        await actor.was_refused(access=True)
        for _ in range(_AGAIN):
            check(await refused(), f"the {proxy} has refused a message of {actor.role}, and then accepted another")
            await actor.was_refused(access=True)
