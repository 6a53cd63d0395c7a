"""Messages on their way: submitting them, and seeing what becomes of each."""

import asyncio
from collections.abc import Callable

from support.core import clock
from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities import delivery
from support.drivers.capabilities.delivery import (
    DeliveryRecord,
    FollowsMessages,
    Letter,
    Receipt,
    Shown,
    SubmitsMessages,
)
from support.scenario.actor import Actor
from support.scenario.tasks import attempt_log, monitoring
from support.scenario.tasks.attempt_log import Record
from support.scenario.world import World

#: Seconds that a message may have to wait for each other one that came at the same time.
IN_THE_WAY = 0.1
#: Seconds that workers have for an attempt that is due, where the retry interval leaves them so long.
_FIRST, _LAST = 5.0, 10.0
#: Seconds of which no worker waits for work any longer in one go.
_IDLE = 12.0
#: What a message comes to in the end: it becomes nothing else then.
_FINAL = ("delivered", "failed")


async def submit(
    world: World, actor: Actor, letter: Letter, *, by: str = "proxy", showing: str = "", unnamed: bool = False
) -> None:
    """Submit one message, and keep how that ended: the receipt among the scenario's, a refusal for a `Then`."""
    world.dispatch.submitted_at = clock.now()
    submitting = actor.ability(SubmitsMessages).submit(letter, by=by, showing=showing, unnamed=unnamed)
    outcome = await actor.attempt(submitting, access=bool(showing))
    if outcome.answer is not None:
        world.dispatch.receipts.append(outcome.answer)


async def submit_many(world: World, roles: list[str], count: int, *, by: list[str], at_once: bool) -> None:
    """Submit numbered messages, by turns of people and proxies; what fails is kept on record.

    Args:
        world: the scenario's.
        roles: who.
        count: how many, of all of them together.
        by: the proxies to submit by.
        at_once: whether all of them at the same time.
    """
    people = await world.actors(roles)
    record = Record(" and ".join(roles))

    async def one(number: int) -> None:
        actor = people[number % len(people)]
        letter = Letter(world.own_words(f"message {number}"))
        submitted = actor.ability(SubmitsMessages).submit(letter, by=by[number % len(by)])
        receipt = await record.of(f"submit message {number}", submitted)
        world.dispatch.receipts += [receipt] if receipt else []

    if at_once:
        await asyncio.gather(*(one(number) for number in range(count)))
    else:
        for number in range(count):
            await one(number)
    world.records.append(record)


def accepted(world: World, role: str | None = None) -> list[Receipt]:
    """The receipts of this scenario, of one person or of all.

    Raises:
        AssertionError: there are none.
    """
    receipts = [receipt for receipt in world.dispatch.receipts if role in (None, receipt.owner)]
    why = f": {troubles(world)}" if world.records else ""
    check(receipts, f"no message of {role or 'anybody'} has been accepted{why}")
    return receipts


async def become(world: World, receipts: list[Receipt], status: str, more: float = 0.0) -> dict[str, DeliveryRecord]:
    """Wait until all these messages have this status, or one has come to another end.

    Args:
        world: the scenario's.
        receipts: which messages.
        status: one of `support.vocabulary.terms.broker.MESSAGE_STATUSES`.
        more: seconds that they may take beyond one delivery, with one more attempt.

    Raises:
        AssertionError: they have not in time; says what has become of the others.
    """
    system, ids = following(world), [receipt.message for receipt in receipts]
    limit = _patience(world, len(ids)) + more
    elsewhere = {end for end in _FINAL if end != status}

    def is_decided(found: dict[str, DeliveryRecord]) -> bool:
        told = {found[one].status if one in found else "" for one in ids}
        return told == {status} or not told.isdisjoint(elsewhere)

    began = clock.now()
    records = await clock.seen(lambda: system.delivery_records(ids), is_decided, within=limit)
    took = min(limit, clock.now() - began)
    others = [receipt for receipt in receipts if getattr(records.get(receipt.message), "status", None) != status]
    told = "; ".join(f"{one.letter.text!r} is {_told(records.get(one.message))}" for one in others[:5])
    world.dispatch.in_vain |= {one.message for one in others}
    check(not others, f"within {took:.3g} s {len(others)} of {len(ids)} are not {status}: {told}")
    return records


async def delivered_once(world: World, receipts: list[Receipt]) -> None:
    """See that each of these messages is delivered, that nothing is left on the way, and that none came twice.

    Raises:
        AssertionError: one is not; says which.
    """
    ids = [receipt.message for receipt in receipts]
    check(len(set(ids)) == len(ids), f"{len(ids)} messages were accepted under {len(set(ids))} numbers")
    await become(world, receipts, "delivered")
    await drained(world, len(ids))
    records = await following(world).delivery_records(ids)
    odd = {id: record for id, record in records.items() if (record.registered, record.delivered) != (1, 1)}
    check(not odd, f"of {len(ids)} messages these were not delivered once: {in_words(odd)}")


async def drained(world: World, count: int = 1) -> None:
    """Wait until no message is on its way any more, of so many.

    Raises:
        AssertionError: some still are.
    """
    limit = _patience(world, count)
    left = await clock.seen(following(world).waiting, lambda count: count == 0, within=limit)
    check(left == 0, f"{left} messages are still on their way after {limit:g} s{left_by_others(world)}")


def left_by_others(world: World) -> str:
    """What earlier scenarios have left under way, to be told with a number that does not fit."""
    words = str(world.sut.leftovers)
    return f" (before this scenario: {words})" if words else ""


async def never_delivered(world: World, role: str) -> None:
    """See that no message of a user is delivered, though another attempt would come through.

    Raises:
        AssertionError: one is.
    """
    system, ids = following(world), [receipt.message for receipt in accepted(world, role)]
    found = await clock.seen(
        lambda: system.delivery_records(ids),
        lambda records: any(record.status == "delivered" for record in records.values()),
        within=_patience(world, len(ids)),
    )
    late = [record for record in found.values() if record.status == "delivered"]
    check(not late, f"{len(late)} of {len(ids)} were delivered by one more attempt: {in_words(late)}")


def _patience(world: World, count: int) -> float:
    """Seconds that so many messages may take: one delivery, with one more attempt, and a little for each in the way.

    A message that waits for its next attempt holds a place of its worker. Where the messages of other processes hold
    them all, a new one is taken up an interval later.
    """
    attempts = 2 if world.sut.leftovers.others else 1
    return attempts * following(world).retry_interval + world.limits.delivery + IN_THE_WAY * count


def following(world: World) -> FollowsMessages:
    """The system, as one that lets us see what becomes of messages.

    Raises:
        NotSupported: it does not.
    """
    return world.ability(FollowsMessages)


async def shown_to(world: World, actor: Actor, status: str | None = None, most: int = 1000) -> list[Shown]:
    """The messages that are shown to a user, in pages of three: enough to see pages that repeat or miss any.

    Args:
        world: of their scenario; messages that were there before it are left out, and not looked for any further.
        actor: who looks.
        status: of which; of whichever if None.
        most: how many to look at.
    """
    reader = actor.ability(delivery.ReadsMessages)
    if not actor.token:
        await actor.do(actor.sign_in())
    before, found = world.dispatch.before, list[Shown]()
    while len(found) < most and (page := await actor.do(reader.messages(status, skip=len(found), limit=3))):
        check(len(page) <= 3, f"{actor.role} asked for 3 messages and got {len(page)}")
        found += page
        if all(one.message in before for one in page):
            break
    return [one for one in found if one.message not in before]


def _told(record: DeliveryRecord | None) -> str:
    return "not known" if record is None else f"{record.status} after {record.attempts} attempts"


async def idle(world: World) -> None:
    """Let the queue be empty for longer than any worker waits for something to do: also of what others have left."""
    await world.quiet()
    await clock.pause(min(1.5 * following(world).retry_interval, _IDLE))


async def let_first_attempt_fail(world: World) -> None:
    """Wait for long enough that an attempt is made, and not for another."""
    await clock.pause(min(0.5 * following(world).retry_interval, _FIRST))


async def use_up_attempts(world: World, count: int) -> None:
    """Wait until so many attempts have been made; where the interval is short, until one more would have been, too.

    Where it is long the next attempt is still to come, so that it shows whether there is one.
    """
    interval = following(world).retry_interval
    await clock.pause((count - 1) * interval + min(1.5 * interval, _LAST))


async def delivered_at_second_attempt(world: World, role: str) -> None:
    """See that a message was delivered by the second attempt, and not before the retry interval after it was submitted.

    The record says how many attempts were made. Where it counts none, the time tells: a third attempt would come no
    sooner than two intervals after the first.

    Raises:
        AssertionError: it was not delivered, or too soon, or by another attempt.
    """
    interval = following(world).retry_interval
    records = await become(world, accepted(world, role), "delivered", more=4 * interval)
    waited = clock.now() - world.dispatch.submitted_at
    check(waited >= interval, f"it was delivered {waited:.2f} s after it was submitted, before the {interval:g} s")
    made = [record.attempts for record in records.values()]
    second = all(count == 2 for count in made) if any(made) else waited < 2 * interval
    check(second, f"it was delivered {waited:.2f} s after it was submitted, with {in_words(made)} attempts on record")


async def waiting(world: World, count: int) -> int:
    """How many messages are on their way, when it has become so many or the delivery limit is up."""
    return await clock.seen(following(world).waiting, lambda found: found == count, within=world.limits.delivery)


async def put_in_hand(world: World, role: str, count: int) -> None:
    """Submit messages that the workers take up and cannot deliver, because the main server hangs.

    Raises:
        AssertionError: they do not get into the queue, or the workers leave them there.
    """
    await world.outages.inject_fault("every worker", "is killed")
    await submit_many(world, [role], count, by=["proxy"], at_once=False)
    await _untouched(world, lambda found: found >= count)
    await world.outages.inject_fault("main server", "hangs")
    await world.outages.end_outage("every worker")
    await _untouched(world, lambda found: found == 0)


async def _untouched(world: World, wanted: Callable[[int], bool]) -> None:
    found = await clock.seen(following(world).untouched, wanted, within=world.limits.recovery)
    told = f"{found} messages are in the queue, where no worker has taken them up"
    check(wanted(found), f"{told}{left_by_others(world)}")


async def idle_workers(world: World) -> list[str]:
    """The workers whose figures have not grown since the operator looked."""
    names = [name for name in world.dispatch.figures if name.startswith("worker")]
    return [name for name in names if await monitoring.grown(world, name) == 0]


def troubles(world: World) -> str:
    """What went wrong with all the others, in words."""
    return attempt_log.troubles(world.records)


async def comes_to_show(world: World, actor: Actor, status: str, count: int) -> list[Shown]:
    """The messages of a status that are shown to a user, when they are so many or one more attempt is over."""
    return await clock.seen(
        lambda: shown_to(world, actor, status), lambda shown: len(shown) == count, within=_patience(world, count)
    )
