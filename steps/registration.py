"""Phrases about the main server's own record of messages: registered, delivered, failed."""

from support.core.checks import check
from support.core.wording import in_words
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import internal_requests, message_delivery
from support.scenario.world import World


@given("the message {string} of {user} is registered")
@when("the message {string} of {user} is registered")
async def is_registered(world: World, text: str, role: str) -> None:
    """A proxy registers it at the main server; it is not queued, so no worker takes it.

    Example: Given the message "Hello" of user A is registered
    """
    await internal_requests.register(world, await world.actor(role), text)


@given("the message of {user} is reported as {status}")
@when("the message of {user} is reported as {status}")
async def is_reported(world: World, role: str, status: str) -> None:
    """A worker reports what has become of it, after one attempt.

    Example: When the message of user A is reported as delivered
    """
    await internal_requests.report(world, await world.actor(role), status, attempts=1)


@when("the message of {user} is registered again", may_fail=True)
async def is_registered_again(world: World, role: str) -> None:
    """A proxy tells the main server once more of the user's last message; whether it is refused is left to the system.

    Example: When the message of user A is registered again
    """
    await internal_requests.register_again(world, await world.actor(role))


@when("the message of {user} is reported as {status} twice at the same moment")
async def is_reported_twice(world: World, role: str, status: str) -> None:
    """Two workers report what has become of it, neither waiting for the other; the system may refuse one of them.

    Example: When the message of user A is reported as delivered twice at the same moment
    """
    await internal_requests.report_at_once(world, await world.actor(role), status, times=2)


@when("the message of {user} is reported as {status} after {int} attempts")
async def is_reported_after(world: World, role: str, status: str, attempts: int) -> None:
    """A worker reports what has become of it.

    Example: When the message of user A is reported as failed after 3 attempts
    """
    await internal_requests.report(world, await world.actor(role), status, attempts)


@when("a message that is not registered is reported as {status} by {user}")
async def unknown_is_reported(world: World, status: str, role: str) -> None:
    """A worker reports something of a message that does not exist.

    Example: When a message that is not registered is reported as delivered by user A
    """
    await internal_requests.report_unknown(await world.actor(role), status)


@then("the message of {user} is recorded as {status} once")
async def is_recorded_once(world: World, role: str, status: str) -> None:
    """The record has its registration one time, its delivery one time if it was delivered, and when that was.

    Example: Then the message of user A is recorded as delivered once
    """
    records = await message_delivery.become(world, message_delivery.accepted(world, role)[-1:], status)
    times = 1 if status == "delivered" else 0
    for record in records.values():
        found = (record.registered, record.delivered, record.has_time)
        check(found == (1, times, bool(times)), f"times registered, times delivered, with its time: {in_words(found)}")
