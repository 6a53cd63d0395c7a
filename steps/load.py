"""Phrases about load: its rate, how well the system bears it, and whether anything is lost."""

from support.core.checks import check
from support.scenario.step_decorators import then, when
from support.scenario.tasks import load_runner, message_load, portal_load
from support.scenario.world import World


@when("{users} submit/submits {int} message/messages a second for {duration}", margin=2 * 60 * 60)
async def submit_at_rate(world: World, roles: list[str], rate: int, duration: float) -> None:
    """The open model: at this pace, by turns, however long the answers take; the profile says how long it lasts here.

    Example: When user A and user B submit 10 messages a second for 10 minutes
    """
    await message_load.play(world, roles, rate, duration)


@when("{users} submit/submits {int} messages in {duration}, evenly", margin=30 * 60 * 60)
async def submit_evenly(world: World, roles: list[str], count: int, duration: float) -> None:
    """A whole day's messages at an even pace; the profile says how long it lasts here, and how much faster it comes.

    In a soak all of them come, in as much time as the profile has for a day.

    Example: When user A and user B submit 100000 messages in 24 hours, evenly
    """
    await message_load.play(world, roles, count / duration, duration, hasty=True)


@when("{users} submit/submits {int} message/messages a second by both proxies for {duration}", margin=2 * 60 * 60)
async def submit_by_both_at_rate(world: World, roles: list[str], rate: int, duration: float) -> None:
    """As above, every other message by the second proxy.

    Example: When user A and user B submit 100 messages a second by both proxies for 1 minute
    """
    await message_load.play(world, roles, rate, duration, by=("proxy", "second proxy"))


@when("{int} users read at the portal for {duration}, each pausing {duration}, while {user} looks around")
async def many_read(world: World, count: int, duration: float, pause: float, role: str) -> None:
    """The closed model: each waits for a page, pauses and opens the next; one more does so in a real browser.

    Example: When 12 users read at the portal for 1 minute, each pausing 1 second, while user A looks around
    """
    await portal_load.together(world, count, duration, pause, role)


@then("at least {int} % of the messages are accepted")
async def are_accepted(world: World, share: int) -> None:
    """Of all that was to be submitted under load.

    Example: Then at least 95 % of the messages are accepted
    """
    measured = message_load.measured(world)
    kept = 100 * measured.succeeded >= share * measured.planned
    load_runner.believable(world, kept=kept)
    check(kept, f"only {measured.succeeded}: {measured}")


@then("the answers come within {int} second/seconds on average")
async def come_on_average(world: World, seconds: int) -> None:
    """From the moment a message was due until it was answered.

    Example: Then the answers come within 1 second on average
    """
    measured = message_load.measured(world)
    check(measured.answers.count, "there were no answers")
    mean = measured.answers.mean
    load_runner.believable(world, limit=seconds, kept=mean < seconds)
    check(mean < seconds, f"on average {mean:.3f} s")


@then("{int} % of the messages are answered within {int} second/seconds")
async def are_answered_within(world: World, share: int, seconds: int) -> None:
    """From the moment a message was due until it was answered; what was not answered at all is too late.

    Example: Then 99 % of the messages are answered within 5 seconds
    """
    measured = message_load.measured(world)
    late = sum(wait >= seconds for _, wait in measured.waits) + measured.planned - measured.succeeded
    kept = 100 * late <= (100 - share) * measured.planned
    load_runner.believable(world, limit=seconds, kept=kept)
    check(kept, f"{late} of {measured.planned} were late: {measured}")


@then("the last messages are answered as fast as the first")
async def does_not_wear(world: World) -> None:
    """The last third takes on average no more than twice as long as the first, or hardly any time at all.

    Example: Then the last messages are answered as fast as the first
    """
    first, last = message_load.first_and_last_third(world)
    kept = last <= max(2 * first, 0.5)
    load_runner.believable(world, kept=kept)
    check(kept, f"the first took {first:.3f} s on average, the last {last:.3f} s")


@then("the queue never holds more than {int} messages and drains")
async def queue_is_stable(world: World, limit: int) -> None:
    """While the load lasts so many messages are on their way at most, and soon after it none.

    Example: Then the queue never holds more than 20 messages and drains
    """
    most = await message_load.drains(world)
    check(most <= limit, f"at one time {most} messages were on their way")


@then("no message is lost or delivered twice")
async def none_lost(world: World) -> None:
    """Each that was accepted is delivered, once, and none is left on the way.

    Example: Then no message is lost or delivered twice
    """
    await message_load.accounted_for(world)


@then("the database answers within {int} seconds, with connections to spare")
async def database_keeps_up(world: World, seconds: int) -> None:
    """It was asked again and again while the load lasted; the slowest answer and the most connections count.

    Example: Then the database answers within 2 seconds, with connections to spare
    """
    slowest, connections, limit = message_load.database_under_load(world)
    check(slowest < seconds, f"the slowest answer took {slowest:.2f} s")
    check(connections < limit, f"of {limit} connections {connections} were in use")
