"""What of a run is played at the same time, and what after that."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from behave.model import Scenario

from support.execution import sharding

#: Bears what is played at the same time as all that do the same to the system, and ask another question.
TOGETHER = "together"


@dataclass(frozen=True)
class Turn:
    """Behave's arguments for each process of one time; `lone` says that nothing else may be there."""

    portions: list[list[str]]
    lone: bool = False

    @property
    def scenarios(self) -> list[Scenario]:
        """All that is played in it."""
        return [one for portion in self.portions for one in sharding.selected(portion)]


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
    here = {str(one.location) for one in sharding.selected(arguments)} if lone else set[str]()
    own = [one for one in lone if str(one.location) in here]
    groups = in_groups(own, jobs)
    grouped = [one for group in groups for one in group]
    beside, _ = sharding.apart(arguments, own)
    _, alone = sharding.apart(arguments, [one for one in own if one not in grouped])
    first = [Turn(sharding.shares(beside, jobs, reports, running))] if beside or not own else []
    second = [Turn([alone], lone=True)] if alone else []
    third = [Turn([sharding.apart(arguments, [one])[1] for one in group], lone=True) for group in groups]
    return [*first, *second, *third]


def in_groups(lone: Sequence[Scenario], most: int) -> list[list[Scenario]]:
    """Those that are played together: they bear the tag, and what is given and done in them is the same.

    What asks another question of the same outage need not wait for it by itself.

    Args:
        lone: the scenarios that are not played beside any other.
        most: how many there are at most in one group.
    """
    found: dict[tuple[str, ...], list[Scenario]] = {}
    for scenario in lone:
        if TOGETHER in scenario.effective_tags:
            found.setdefault(course(scenario), []).append(scenario)
    return [group for group in found.values() if 1 < len(group) <= most]


def course(scenario: Scenario) -> tuple[str, ...]:
    """What is given and done in a scenario; who has an account is nothing to the system."""
    steps = (step.name for step in scenario.all_steps if step.step_type in ("given", "when"))
    return tuple(step for step in steps if not step.endswith((" has an account", " have accounts")))
