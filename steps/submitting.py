"""Phrases about messages that are submitted, and what becomes of them on their way."""

from support.core.checks import check
from support.core.wording import in_words
from support.drivers.capabilities.delivery import Letter, SubmitsMessages
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import message_delivery, submission_checks
from support.scenario.world import World
from support.vocabulary.terms.broker import LONGEST, content
from support.vocabulary.terms.words import KINDS


@when("{user} submits {string}")
@when("{user} tries to submit {string}")
async def submits(world: World, role: str, text: str) -> None:
    """Submits a message from the user's own number; a `Then` says how it ended.

    Example: When user A submits "Your parcel is here"
    """
    await message_delivery.submit(world, await world.actor(role), Letter(text))


@when("{user} submits {string} by the {proxy}")
async def submits_by(world: World, role: str, text: str, proxy: str) -> None:
    """Submits a message by one of several proxies.

    Example: When user A submits "Your parcel is here" by the second proxy
    """
    await message_delivery.submit(world, await world.actor(role), Letter(text), by=proxy)


@when("{user} submits {content}")
@when("{user} tries to submit {content}")
async def submits_content(world: World, role: str, what: str) -> None:
    """Submits a message that is special only in its length, or for want of words.

    Example: When user A tries to submit a message of 1001 characters
    """
    await message_delivery.submit(world, await world.actor(role), Letter(content(what)))


@when("{user} submits words of every kind")
async def submits_words(world: World, role: str) -> None:
    """Submits one message of each kind that the suite knows, one after the other, as much of each as a message may say.

    Example: When user A submits words of every kind
    """
    actor = await world.actor(role)
    for words in KINDS.values():
        await message_delivery.submit(world, actor, Letter(words[:LONGEST]))


@when("{user} submits a message from the number {string}")
@when("{user} tries to submit a message from the number {string}")
async def submits_from(world: World, role: str, number: str) -> None:
    """Submits a message with this sender's phone number.

    Example: When user A tries to submit a message from the number "004915112345678"
    """
    await message_delivery.submit(world, await world.actor(role), Letter("Who am I?", number))


@when("{user} tries to submit a message from their number followed by a line break")
async def submits_from_broken_line(world: World, role: str) -> None:
    """The number is right, and what is sent for it ends in a line break.

    Example: When user A tries to submit a message from their number followed by a line break
    """
    actor = await world.actor(role)
    await message_delivery.submit(world, actor, Letter("Who am I?", f"{actor.ability(SubmitsMessages).number}\n"))


@given("{users} has/have submitted {int} message/messages")
@when("{users} submit/submits {int} message/messages")
async def submit_many(world: World, roles: list[str], count: int) -> None:
    """Numbered messages, one after the other and by turns; whether each is accepted, a `Then` says.

    Example: When user A submits 5 messages
    """
    await message_delivery.submit_many(world, roles, count, by=["proxy"], at_once=False)


@given("the workers have {int} messages of {user} in hand")
async def are_in_hand(world: World, count: int, role: str) -> None:
    """The workers have taken them up and cannot deliver them, for the main server hangs, and does so from now on.

    Example: Given the workers have 6 messages of user A in hand
    """
    await message_delivery.put_in_hand(world, role, count)


@when("{users} submit/submits {int} messages at the same time")
async def submit_at_once(world: World, roles: list[str], count: int) -> None:
    """Numbered messages, so many of all of them together, none waiting for another.

    Example: When user A and user B submit 20 messages at the same time
    """
    await message_delivery.submit_many(world, roles, count, by=["proxy"], at_once=True)


@when("{users} submit/submits {int} messages at the same time by both proxies")
async def submit_by_both(world: World, roles: list[str], count: int) -> None:
    """Numbered messages, half of them by each proxy, none waiting for another.

    Example: When user A and user B submit 20 messages at the same time by both proxies
    """
    await message_delivery.submit_many(world, roles, count, by=["proxy", "second proxy"], at_once=True)


@when("nothing is submitted for a while")
async def nothing_submitted(world: World) -> None:
    """The queue stays empty for longer than a worker waits for something to do, or tries something again.

    Example: When nothing is submitted for a while
    """
    await message_delivery.idle(world)


@when("all {int} attempts to deliver are used up")
async def attempts_used_up(world: World, count: int) -> None:
    """Waits for as long as so many attempts take, one each retry interval, and for the last of them to be made.

    Example: When all 5 attempts to deliver are used up
    """
    await message_delivery.use_up_attempts(world, count)


@when("the first attempt to deliver has failed")
async def first_attempt_failed(world: World) -> None:
    """Waits for less than the retry interval, long enough for an attempt.

    Example: When the first attempt to deliver has failed
    """
    await message_delivery.let_first_attempt_fail(world)


@then("{user} gets a receipt in their own name")
async def gets_receipt(world: World, role: str) -> None:
    """The message was accepted: it is queued, it has a number, and it is this user's.

    Example: Then user A gets a receipt in their own name
    """
    receipt = message_delivery.accepted(world)[-1]
    check((receipt.owner, receipt.status) == (role, "queued"), f"{role} got: {in_words(receipt)}")
    check(receipt.message, f"{role} got a receipt without a number")


@then("the message/messages of {user} is/are {status}")
async def has_status(world: World, role: str, status: str) -> None:
    """Within the retry interval and the delivery limit, all that this user has submitted is on record as such.

    Example: Then the message of user A is delivered
    """
    await message_delivery.become(world, message_delivery.accepted(world, role), status)


@then("the message of {user} is delivered at the second attempt, not before the retry interval")
async def delivered_at_second_attempt(world: World, role: str) -> None:
    """It is delivered, two attempts are on record, and it came no sooner than the interval after it was submitted.

    Example: Then the message of user A is delivered at the second attempt, not before the retry interval
    """
    await message_delivery.delivered_at_second_attempt(world, role)


@then("the message/messages of {user} is/are not delivered any more")
async def is_not_delivered(world: World, role: str) -> None:
    """Nor by another attempt, for which there is time enough.

    Example: Then the message of user A is not delivered any more
    """
    await message_delivery.never_delivered(world, role)


@then("the message of {user} has failed after {int} attempt/attempts")
async def failed_after(world: World, role: str, attempts: int) -> None:
    """It is on record as failed, with so many attempts, and with no time of delivery.

    Example: Then the message of user A has failed after 5 attempts
    """
    records = await message_delivery.become(world, message_delivery.accepted(world, role), "failed")
    made = [record.attempts for record in records.values()]
    check(made == [attempts], f"the attempts made are {in_words(made)}")
    check(not any(record.has_time for record in records.values()), "it has failed, and has a time of delivery")


@then("each of the {int} message/messages is delivered once")
async def each_delivered_once(world: World, count: int) -> None:
    """So many messages were accepted; each is delivered, none is left on the way, and none came twice.

    Example: Then each of the 20 messages is delivered once
    """
    receipts = message_delivery.accepted(world)
    check(len(receipts) == count, f"{len(receipts)} were accepted; {message_delivery.troubles(world)}")
    await message_delivery.delivered_once(world, receipts)


@then("the message that was submitted first is delivered before the last")
async def first_before_last(world: World) -> None:
    """All are delivered, and by the record the first of them no later than the last.

    Example: Then the message that was submitted first is delivered before the last
    """
    first, *_, last = receipts = message_delivery.accepted(world)
    records = await message_delivery.become(world, receipts, "delivered")
    at = [records[one.message].delivered_at for one in (first, last)]
    check(at == sorted(at), f"the first is delivered at {at[0]}, the last at {at[1]}")


@then("the messages that were submitted first are delivered before the last ones")
async def first_ones_before_last_ones(world: World) -> None:
    """All are delivered, and by the record each of the first quarter no later than each of the last.

    Example: Then the messages that were submitted first are delivered before the last ones
    """
    receipts = message_delivery.accepted(world)
    records = await message_delivery.become(world, receipts, "delivered")
    at, quarter = [records[one.message].delivered_at for one in receipts], len(receipts) // 4
    first, last = max(at[:quarter]), min(at[-quarter:])
    check(first <= last, f"one of the first {quarter} is delivered at {first}, one of the last {quarter} at {last}")


@then("every message that was accepted is delivered once")
async def accepted_delivered_once(world: World) -> None:
    """However many were accepted: each is delivered, none is left on the way, and none came twice.

    Example: Then every message that was accepted is delivered once
    """
    await message_delivery.delivered_once(world, world.dispatch.receipts)


@then("nothing is on the way any more")
async def nothing_on_the_way(world: World) -> None:
    """No message waits, is in work or is to be tried again.

    Example: Then nothing is on the way any more
    """
    await message_delivery.drained(world)


@then("{int} message/messages wait/waits in the queue")
async def wait_in_queue(world: World, count: int) -> None:
    """So many messages are on their way: queued, in work or to be tried again.

    Example: Then 3 messages wait in the queue
    """
    found = await message_delivery.waiting(world, count)
    others = message_delivery.left_by_others(world)
    check(found == count, f"{found} messages wait in the queue; {message_delivery.troubles(world)}{others}")


@then("{users} can submit messages")
async def can_submit(world: World, roles: list[str]) -> None:
    """A new message of each is accepted and on record; and delivered, where the scenario has broken something.

    Example: But user A can submit messages
    """
    for actor in await world.actors(roles):
        await submission_checks.can_submit(world, actor)


@then("{user} can submit messages again")
async def can_submit_again(world: World, role: str) -> None:
    """A new message is accepted, if not at once then within the recovery limit, and delivered.

    Example: Then user A can submit messages again
    """
    await submission_checks.can_submit(world, await world.actor(role), patience=world.limits.recovery)


@then("{user} can no longer submit messages")
async def cannot_submit(world: World, role: str) -> None:
    """A new message is refused, within the revocation limit and from then on, by every proxy.

    Example: Then user A can no longer submit messages
    """
    await submission_checks.is_shut_out(world, await world.actor(role))


@then("every worker has taken part")
async def workers_took_part(world: World) -> None:
    """Each worker has delivered some of what was submitted since the operator looked.

    Example: Then every worker has taken part
    """
    idle = await message_delivery.idle_workers(world)
    check(not idle, f"nothing was delivered by {in_words(idle)}")
