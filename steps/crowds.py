"""Phrases about many people at once: that all are served, in time, and at which cost."""

from support.core.checks import check
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import broadcast_load
from support.scenario.world import World


@given("{user} has opened {place} of the {server} for {int} others", margin=180.0)
async def crowd_has_place(world: World, role: str, place: str, server: str, count: int) -> None:
    """So many people with accounts of their own, and all in one place.

    Example: Given user A has opened the room "Launch" of the threads server for 100 others
    """
    await broadcast_load.gather(world, role, count, place, server)


@when("{user} sends them {int} messages a second for {int} seconds, while all of them use the {server}")
async def talks_to_crowd(world: World, role: str, rate: int, seconds: int, server: str) -> None:
    """The open model: messages to all at an even pace, and harmless requests by turns, however long the answers take.

    Example: When user A sends them 5 messages a second for 2 seconds, while all of them use the threads server
    """
    check(broadcast_load.crowd_of(world).speaker == role, f"it is not {role} whom the others have come to")
    await broadcast_load.talk(world, rate, seconds, server)


@when("{user} registers {int} students a second for {int} seconds, watched on {int} screens of the {server}")
async def shows_to_crowd(world: World, role: str, rate: int, seconds: int, count: int, server: str) -> None:
    """The open model: students at an even pace, each to be told on so many screens at the same time.

    Example: When the teacher registers 5 students a second for 4 seconds, watched on 9 screens of the dashboard server
    """
    await broadcast_load.show(world, role, count, rate, seconds, server)


@then("each of the others receives every message once")
@then("each of the dashboards shows every student once")
async def all_receive(world: World) -> None:
    """All that was told to the crowd has reached everybody there, however late, and nothing came twice.

    Example: Then each of the others receives every message once
    """
    audience = broadcast_load.crowd_of(world)
    check(audience.measured.account.sent, "nothing was sent")
    check(not audience.missing, f"of {len(audience.measured.account.sent)}: {'; '.join(audience.missing[:10])}")


@then("the {measure} keep to their limits on average, at the 95th and at the 99th percentile")
async def are_in_time(world: World, measure: str) -> None:
    """From the moment a thing was due until it was there: limits `delivery_mean`, `…_p95`, `…_p99`, or `request_…`.

    A request that failed has not been in time: there is one of a hundred at most.

    Example: And the deliveries keep to their limits on average, at the 95th and at the 99th percentile
    """
    broadcast_load.keep_to_limits(world, measure)


@then("the {server} keeps to its limits of memory and processor")
async def keeps_to_limits(world: World, server: str) -> None:
    """It has grown by no more than the limit `load_growth`, and used less of a processor than the limit `processor`.

    Example: And the threads server keeps to its limits of memory and processor
    """
    audience, limits = broadcast_load.crowd_of(world), world.limits
    check(audience.server == server, f"the {audience.server} was watched, not the {server}")
    grown, used = broadcast_load.needed(world, server)
    check(grown <= limits.load_growth, f"the {server} has grown by {grown:.1f} MB")
    check(used <= limits.processor, f"the {server} has used {used:.0f} % of a processor")
