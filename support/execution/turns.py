"""What of a run is played at the same time, and what after that."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from behave.model import Scenario

from support.execution import sharding

#: Bears what is played at the same time as all that do the same to the system, and ask another question.
TOGETHER = "together"
#: Bears what may be played meanwhile: it does nothing to the system, and what those take away it does not need.
MEANWHILE = "meanwhile"


@dataclass(frozen=True)
class Turn:
    """Behave's arguments for each process of one time.

    Args:
        portions: of the processes.
        lone: whether nothing else may be there, save for what is tagged as `MEANWHILE`.
        meanwhile: how many of the processes, the last ones, play what is tagged so.
    """

    portions: list[list[str]]
    lone: bool = False
    meanwhile: int = 0

    @property
    def scenarios(self) -> list[Scenario]:
        """All that is played in it."""
        return _scenarios(self.portions)

    @property
    def by_themselves(self) -> list[Scenario]:
        """Those of them that others would feel or disturb."""
        return _scenarios(self.portions[: self.own]) if self.lone else []

    @property
    def own(self) -> int:
        """How many of the processes, the first ones, are what the turn is for."""
        return len(self.portions) - self.meanwhile

    def meets(self, index: int) -> bool:
        """Whether the process of this number, from 0, begins together with others."""
        return self.lone and index < self.own > 1

    def beside(self, index: int) -> int:
        """How many there are, the process of this number among them, that it has to make room for."""
        if self.lone:
            return 1 if index < self.own else self.meanwhile
        return len(self.portions)


def turns(
    arguments: list[str], lone: Sequence[Scenario], jobs: int, reports: Path, running: Sequence[str] = ()
) -> list[Turn]:
    """What is played one after the other: first what others may be beside, then what is to be by itself.

    Args:
        arguments: behave's own.
        lone: the scenarios that are to be by themselves, or together with those that do the same; of a shard there may
            be others among them, which these arguments do not select.
        jobs: how many processes there are at most at the same time.
        reports: where the history of runs is, which tells durations.
        running: the systems that no process has to start.
    """
    selected = sharding.selected(arguments) if lone else []
    here = {str(one.location) for one in selected}
    own = [one for one in lone if str(one.location) in here]
    groups = in_groups(own, jobs, alone=jobs > 1)
    spare = sum(jobs - len(group) for group in groups)
    aside = [one for one in selected if MEANWHILE in one.effective_tags] if spare else []
    groups = groups if aside else in_groups(own, jobs)
    grouped = [one for group in groups for one in group]
    beside, _ = sharding.apart(arguments, [*own, *aside])
    _, alone = sharding.apart(arguments, [one for one in own if one not in grouped])
    first = [Turn(sharding.shares(beside, jobs, reports, running))] if beside or not own else []
    second = [Turn([alone], lone=True)] if alone else []
    rest = sharding.shares(sharding.apart(arguments, aside)[1], spare, reports, running) if aside else []
    return [*first, *second, *_in_company(groups, arguments, rest, jobs)]


def _in_company(groups: list[list[Scenario]], arguments: list[str], rest: list[list[str]], jobs: int) -> list[Turn]:
    """The turns of the groups, with the portions of what is played meanwhile in the processes that they leave free."""
    planned = list[Turn]()
    for group in groups:
        company, rest = rest[: jobs - len(group)], rest[jobs - len(group) :]
        portions = [sharding.apart(arguments, [one])[1] for one in group]
        planned.append(Turn([*portions, *company], lone=True, meanwhile=len(company)))
    return planned


def _scenarios(portions: list[list[str]]) -> list[Scenario]:
    return [one for portion in portions for one in sharding.selected(portion)]


def in_groups(lone: Sequence[Scenario], most: int, *, alone: bool = False) -> list[list[Scenario]]:
    """Those that are played together: they bear the tag, and what is given and done in them is the same.

    What asks another question of the same outage need not wait for it by itself.

    Args:
        lone: the scenarios that are not played beside any other.
        most: how many there are at most in one group.
        alone: whether one that no other does the same as is a group too.
    """
    found: dict[tuple[str, ...], list[Scenario]] = {}
    for scenario in lone:
        if TOGETHER in scenario.effective_tags:
            found.setdefault(course(scenario), []).append(scenario)
    return [group for group in found.values() if (1 if alone else 2) <= len(group) <= most]


def course(scenario: Scenario) -> tuple[str, ...]:
    """What is given and done in a scenario; who has an account is nothing to the system."""
    steps = (step.name for step in scenario.all_steps if step.step_type in ("given", "when"))
    return tuple(step for step in steps if not step.endswith((" has an account", " have accounts")))
