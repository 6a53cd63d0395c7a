"""Phrases about many people at once: that all are served, in time, and at which cost."""

from support.core.checks import check
from support.scenario.step_decorators import given, then, when
from support.scenario.tasks import broadcast_load
from support.scenario.world import Scene


@given("{user} has opened {place} of the {server} for {int} others", margin=180.0)
async def crowd_has_place(scene: Scene, role: str, place: str, server: str, count: int) -> None:
    """So many people with accounts of their own, and all in one place.

    Example: Given user A has opened the room "Launch" of the threads server for 100 others
    """
    await broadcast_load.gather(scene, role, count, place, server)


@when("{user} sends them {int} messages a second for {int} seconds, while all of them use the {server}")
async def talks_to_crowd(scene: Scene, role: str, rate: int, seconds: int, server: str) -> None:
    """The open model: messages to all at an even pace, and harmless requests by turns, however long the answers take.

    Example: When user A sends them 5 messages a second for 2 seconds, while all of them use the threads server
    """
    check(broadcast_load.crowd_of(scene).speaker == role, f"it is not {role} whom the others have come to")
    await broadcast_load.talk(scene, rate, seconds, server)


@when("{user} registers {int} students a second for {int} seconds, watched on {int} screens of the {server}")
async def shows_to_crowd(scene: Scene, role: str, rate: int, seconds: int, count: int, server: str) -> None:
    """The open model: students at an even pace, each to be told on so many screens at the same time.

    Example: When the teacher registers 5 students a second for 4 seconds, watched on 9 screens of the dashboard server
    """
    await broadcast_load.show(scene, role, count, rate, seconds, server)


@then("each of the others receives every message once")
@then("each of the dashboards shows every student once")
async def all_receive(scene: Scene) -> None:
    """All that was told to the crowd has reached everybody there, however late, and nothing came twice.

    Example: Then each of the others receives every message once
    """
    crowd = broadcast_load.crowd_of(scene)
    check(crowd.measured.account.sent, "nothing was sent")
    check(not crowd.missing, f"of {len(crowd.measured.account.sent)}: {'; '.join(crowd.missing[:10])}")


@then("the {measure} keep to their limits on average, for 95 % and for 99 %")
async def are_in_time(scene: Scene, measure: str) -> None:
    """From the moment a thing was due until it was there: bars `delivery_mean`, `…_p95`, `…_p99`, or `request_…`.

    A request that failed has not been in time: there is one of a hundred at most.

    Example: And the deliveries keep to their limits on average, for 95 % and for 99 %
    """
    broadcast_load.keep_to_limits(scene, measure)


@then("the {server} keeps to its limits of memory and processor")
async def keeps_to_limits(scene: Scene, server: str) -> None:
    """It has grown by no more than the bar `load_growth`, and has used less of a processor than the bar `processor`.

    Example: And the threads server keeps to its limits of memory and processor
    """
    crowd, bars = broadcast_load.crowd_of(scene), scene.bars
    check(crowd.server == server, f"the {crowd.server} was watched, not the {server}")
    grown, used = broadcast_load.needed(scene, server)
    check(grown <= bars.load_growth, f"the {server} has grown by {grown:.1f} MB")
    check(used <= bars.processor, f"the {server} has used {used:.0f} % of a processor")
