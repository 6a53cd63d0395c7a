"""Phrases about what can be read of a school: its activity feed, its figures, and whose it is."""

from support.core.checks import check
from support.drivers.capabilities.school import KeepsFeed, KeepsFigures, KeepsTrends, LeafsThroughFeed, ListsSchools
from support.scenario.step_decorators import then
from support.scenario.tasks.dashboard_checks import feed_of_kinds, in_feed
from support.scenario.world import World
from support.vocabulary.terms.events import Happening


@then("the activity feed shows {user} that {happening}")
async def feed_shows(world: World, role: str, happening: Happening) -> None:
    """The school's record, read now, has it, one time.

    Example: Then the activity feed shows the school owner that student "Ana" has joined
    """
    await in_feed(world, role, happening)


@then("the activity feed of {activities} shows {user} {int} entries, and says how many there are")
async def feed_of_kind_shows(world: World, what: str, role: str, count: int) -> None:
    """The school's record, read for one kind of entry only, has so many of that kind, says so, and has no others.

    Example: Then the activity feed of new students shows the school owner 3 entries, and says how many there are
    """
    actor = await world.actor(role)
    await feed_of_kinds(world, actor, actor.ability(KeepsFeed), [what], count)


@then("the activity feed of {activities} and {activities} shows {user} {int} entries, and says how many there are")
async def feed_of_two_kinds_shows(world: World, one: str, other: str, role: str, count: int) -> None:
    """The school's record, read for two kinds of entry at once, has so many of both together, says so, and no others.

    Example: Then the activity feed of new students and new teachers shows user A 4 entries, and says how many there are
    """
    actor = await world.actor(role)
    await feed_of_kinds(world, actor, actor.ability(KeepsFeed), [one, other], count)


@then("{user} sees the school of {user} among their own")
async def sees_school(world: World, role: str, owner: str) -> None:
    """The list of the schools that a user belongs to has it, once.

    Example: Then user B sees the school of the school owner among their own
    """
    actor, _ = await world.actors([role, owner])
    times = await actor.do(actor.ability(ListsSchools).times_listed(owner))
    check(times == 1, f"{role} sees the school of {owner} {times} times among their own")


@then("{user} no longer sees the school of {user} among their own")
async def sees_school_no_longer(world: World, role: str, owner: str) -> None:
    """The list of the schools that a user belongs to does not have it.

    Example: Then user B no longer sees the school of the school owner among their own
    """
    actor, _ = await world.actors([role, owner])
    times = await actor.do(actor.ability(ListsSchools).times_listed(owner))
    check(times == 0, f"{role} still sees the school of {owner} among their own")


@then("the figures show {user} {int} {figure}")
async def figures_show(world: World, role: str, count: int, figure: str) -> None:
    """The school's figures, read now, as a dashboard reads them when it opens.

    Example: Then the figures show the school owner 1 student
    """
    actor = await world.actor(role)
    figures = await actor.do(actor.ability(KeepsFigures).figures())
    check(figures[figure] == count, f"the figures show {role} {figures[figure]} of the kind {figure}")


@then("the activity feed can be leafed through by {user} to its end, and back again")
async def feed_is_leafed_through(world: World, role: str) -> None:
    """Its pages lead from the newest entry to the oldest, and by the same ones back; there are several pages.

    Example: Then the activity feed can be leafed through by the school owner to its end, and back again
    """
    actor = await world.actor(role)
    there, back = await actor.do(actor.ability(LeafsThroughFeed).feed_there_and_back())
    check(len(there) == len(set(there)), f"there are entries on several pages: {len(there)} in all")
    check(set(back) == set(there), f"of {len(there)} entries {len(set(back))} are found on the way back")


@then("the figures show {user} that all {int} {figure} have come today")
async def trend_ends_today(world: World, role: str, count: int, figure: str) -> None:
    """In the course of days, weeks and months there were none before, and the last figure is that of now.

    Example: Then the figures show the school owner that all 2 students have come today
    """
    actor = await world.actor(role)
    for course in await actor.do(actor.ability(KeepsTrends).trend(figure)):
        check(course == [0] * (len(course) - 1) + [count], f"the figures show {role} this course: {course}")


@then("the figures show {user} that {int} % of the classes that are over were held")
async def completion_rate_is(world: World, role: str, rate: int) -> None:
    """The school's figures, read now, as a dashboard reads them when it opens.

    Example: Then the figures show the school owner that 50 % of the classes that are over were held
    """
    actor = await world.actor(role)
    shown = await actor.do(actor.ability(KeepsTrends).completion_rate())
    check(shown == rate, f"the figures show {role} {shown:g} %")
