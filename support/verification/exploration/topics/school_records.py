"""What a school keeps of itself: its activity feed, its figures, and who finds it among their own."""

from collections.abc import Iterator

from support.drivers.capabilities.school import (
    KeepsFeed,
    KeepsFigures,
    KeepsTrends,
    LeafsThroughFeed,
    ListsSchools,
    RunsSchool,
)
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.model import Model, Whereabouts
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.school import SIGNED_IN, School, Schools, counted

#: Entries of the feed that a page may hold: with more of them there are several pages.
_PAGE = 2


def standing(model: Model, last: bool) -> Iterator[WalkLine]:
    """Judge what is recorded and counted in each school, as one of its people sees it."""
    for school in model.part(Schools).all if model.can(RunsSchool) else ():
        looker = next((name for name in school.viewers if model.whereabouts(name) in SIGNED_IN), "")
        if not looker:
            continue
        once = [words for words in school.feed if school.feed.count(words) == 1]
        for words in once if model.can(KeepsFeed) else ():
            yield WalkLine("then", f"the activity feed shows {looker} that {words}")
        if model.can(LeafsThroughFeed) and len(school.feed) > _PAGE:
            yield WalkLine("then", f"the activity feed can be leafed through by {looker} to its end, and back again")
        if model.can(KeepsFigures) and (school.feed or school.teachers):
            yield WalkLine("then", f"the figures show {looker} {counted(len(school.teachers), 'teacher', 'teachers')}")
            yield WalkLine("then", f"the figures show {looker} {counted(len(school.classes), 'class', 'classes')}")
        if model.can(KeepsTrends) and school.over and 100 * school.held % school.over == 0:
            rate = 100 * school.held // school.over
            yield WalkLine("then", f"the figures show {looker} that {rate} % of the classes that are over were held")
        if model.can(ListsSchools):
            yield from _listed(model, school)
    shut_out = model.having(Whereabouts.OUT, Whereabouts.BARRED)
    for name in shut_out if model.can(RunsSchool) else ():
        yield WalkLine("then", f"{name} can no longer connect")


def _listed(model: Model, school: School) -> Iterator[WalkLine]:
    """That those who belong to a school find it among their own, as its owner calls it."""
    owner = school.staff[0]
    for name in school.viewers:
        if model.whereabouts(name) in SIGNED_IN:
            yield WalkLine("then", f"{name} sees the school of {owner} among their own")


TOPIC = Topic((), standing=standing)
