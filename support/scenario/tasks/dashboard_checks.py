"""What people see on their screens: once, everywhere, in order, and in the agreed form."""

import asyncio
from collections.abc import Collection

from support.core import clock
from support.core.checks import check
from support.core.errors import Absent
from support.core.events import Arrival, Figure, InvitationStatus, Malformed, Message, News, Post
from support.core.inbox import Inbox, Wanted
from support.core.wording import first_difference
from support.drivers.capabilities.school import HasScreens, KeepsFeed, TellsNews
from support.scenario.actor import Actor
from support.scenario.tasks.silence import no_more
from support.scenario.world import World
from support.vocabulary.terms.events import Happening

#: What is told live, by its kind.
_NAMES: dict[type[Arrival], str] = {Figure: "figures", InvitationStatus: "changes of an invitation", News: "activities"}


async def told_once(world: World, role: str, happening: Happening) -> None:
    """See that a user is told of something, on every screen, within the delivery limit, and not a second time.

    Raises:
        Absent: this system does not tell of such things at all.
        AssertionError: it was not told, or more than once; says what was.
    """
    actor = await world.actor(role)
    if isinstance(actor.client, TellsNews) and not actor.client.tells(happening.kind):
        raise Absent(f"live {_NAMES.get(happening.kind, 'word of this kind')}")
    screens = _screens(actor)
    await asyncio.gather(*(_shown(screen, happening, world.limits.delivery) for screen in screens))
    await nothing_more(world, role, screens, happening.wanted)


async def not_told(world: World, role: str, happening: Happening) -> None:
    """See that a user is not told of something, on any screen."""
    await nothing_more(world, role, _screens(await world.actor(role)), happening.wanted)


def _screens(actor: Actor) -> list[Inbox]:
    return actor.client.screens if isinstance(actor.client, HasScreens) else [actor.inbox]


async def nothing_more(world: World, role: str, screens: list[Inbox], unwanted: Wanted) -> None:
    """See that no screen shows more of this, by a marker that comes to all of them."""
    await no_more(world, [role], unwanted)
    for screen in screens[1:]:
        await screen.expect(Message, within=world.limits.delivery, called="the marker behind all that was sent")
        shown = screen.contents(unwanted)
        check(not screen.unexpected(unwanted), f"{screen.owner} should show nothing more, but {shown}")


async def _shown(screen: Inbox, happening: Happening, within: float) -> None:
    await screen.expect(happening.wanted, within=within, called=happening.called)


async def told_of_students(world: World, role: str, names: list[str]) -> None:
    """See that every screen shows all these students, in this order, within the delivery limit of the last one."""
    screens = (await world.actor(role)).ability(HasScreens).screens
    deadline = clock.now() + world.limits.delivery
    for screen in screens:
        for name in names:
            await screen.expect(News("student", name), within=max(0.0, deadline - clock.now()))
    await nothing_more(world, role, screens, News)
    for screen in screens:
        wrong = first_difference([item.what.whom for item in screen.received if isinstance(item.what, News)], names)
        check(not wrong, f"{screen.owner} does not show the students in the order registered: {wrong}")


async def told_in_form(world: World, role: str) -> None:
    """See that something was told, and everything in the agreed form."""
    actor = await world.actor(role)
    await actor.inbox.expect(_well_formed, within=world.limits.delivery, called="any news in the agreed form")
    await no_more(world, [role], Malformed)


async def in_feed(world: World, role: str, happening: Happening) -> None:
    """See that the activity feed shows something, one time, within the delivery limit: news may come before it."""
    actor = await world.actor(role)

    async def feed_now() -> list[object]:
        return list(await actor.do(actor.ability(KeepsFeed).feed()))

    feed = await clock.seen(feed_now, lambda shown: happening.wanted in shown, within=world.limits.delivery)
    times = feed.count(happening.wanted)
    check(
        times == 1,
        f"the activity feed shows {times} times that {happening.words}; it shows: {', '.join(map(str, feed))}",
    )


async def feed_of_kinds(world: World, actor: Actor, client: KeepsFeed, happenings: Collection[str], count: int) -> None:
    """See that the feed of some kinds has so many entries within the delivery limit, no others, and says how many."""

    async def feed_now() -> tuple[list[Arrival], set[int]]:
        return await actor.do(client.feed_of_kinds(happenings))

    shown, said = await clock.seen(feed_now, lambda feed: len(feed[0]) == count, within=world.limits.delivery)
    strange = [entry for entry in shown if not (isinstance(entry, News) and entry.what in happenings)]
    check(not strange, f"the activity feed of the kinds asked for shows others: {', '.join(map(str, strange))}")
    check(len(shown) == count, f"the activity feed of the kinds asked for shows {len(shown)} entries")
    check(
        said == {count},
        f"the activity feed of the kinds asked for says of {len(shown)} entries that there are {sorted(said)}",
    )


def _well_formed(what: Arrival) -> bool:
    return isinstance(what, Post) and not isinstance(what, Malformed)


def student_names(count: int) -> list[str]:
    """The names of students registered one after the other."""
    return [f"Student {number} of {count}" for number in range(1, count + 1)]
