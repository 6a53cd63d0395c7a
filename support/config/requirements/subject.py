"""What a scenario is about, and so which requirement falls if it fails.

A scenario is about the requirement whose number begins its title, and a row of an outline about those that stand at its
Examples as well. It may bear the ids of others that it shows on its way; those stand by the scenarios of their own. A
requirement that nothing is about sums up others ("every message is delivered"): all that bear its id decide over it.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, TypeVar

from behave.model import Scenario, ScenarioOutline

from support.config.requirements import registry


class Judged(Protocol):
    """A scenario, as far as it matters here."""

    @property
    def tags(self) -> Collection[str]:
        """Those of its feature and rule included."""

    @property
    def about(self) -> Collection[str]:
        """The requirements that fall if it fails."""


S = TypeVar("S", bound=Judged)


def ids(tags: Iterable[str]) -> list[str]:
    """The ids of requirements among tags, in their order."""
    return [tag for tag in tags if re.match(registry.ID, tag)]


def about(title: str, tags: Iterable[str], row: Iterable[str] = ()) -> list[str]:
    """The requirements that a scenario is about: the one whose number begins its title, or all if none does.

    Args:
        title: "TFS-EVT-03 A message is told", or "3.3 No other user receives it" where the id is STP-3.3.
        tags: of the scenario.
        row: those that only its Examples have, if it is a row of an outline.
    """
    number, *_ = title.split(maxsplit=1) or [""]
    own = ids(tags)
    named = [id for id in own if id == number] or [id for id in own if id.endswith(f"-{number}")]
    return [*named, *(id for id in ids(row) if id not in named)] if named else own


def judging(id: str, scenarios: Sequence[S]) -> list[S]:
    """Those scenarios that decide over a requirement: those about it, or all that bear it if none is.

    Args:
        id: of the requirement.
        scenarios: any, with the requirement's id or without.
    """
    bearing = [one for one in scenarios if id in one.tags]
    return [one for one in bearing if id in one.about] or bearing


def tags_of_row(scenario: Scenario) -> list[str]:
    """The tags that only a row's Examples have; none if it is no row."""
    outline = scenario.parent
    of_outline = outline.tags if isinstance(outline, ScenarioOutline) else scenario.tags
    return [str(tag) for tag in scenario.tags if tag not in of_outline]
