"""Shares the feature files out among processes or machines, so that all end at about the same time."""

import heapq
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from behave.configuration import Configuration
from behave.exception import ConfigError, FileNotFoundError, InvalidFilenameError
from behave.model import Scenario
from behave.parser import ParserError
from behave.runner_util import collect_feature_locations, parse_features

from support.report import guard, ledger

#: Seconds that a file is taken for if the last run did not have it.
UNKNOWN = 1.0


def shares(arguments: list[str], jobs: int, last_ledger: Path) -> list[list[str]]:
    """behave's arguments for each process.

    Args:
        arguments: behave's own, as one process would get them.
        jobs: how many processes at most; there are never more than feature files.
        last_ledger: where the last run's durations are; it need not exist.

    Returns:
        The arguments as they are if there is nothing to share, or if behave will not understand them.
    """
    planned = _planned(arguments) if jobs > 1 else None
    if planned is None or not planned.places:
        return [arguments]
    return [planned.arguments(files) for files in balanced(list(planned.places), jobs, _durations(last_ledger))]


def shard(arguments: list[str], index: int, count: int, last_ledger: Path) -> list[str] | None:
    """behave's arguments for one of several machines that know nothing of each other.

    Only files in which something is selected are shared out, so that each machine has something to do. The machines
    need the same durations, or none: else one file may be run by two of them and another by nobody.

    Args:
        arguments: behave's own, as one machine would get them.
        index: which machine, from 1 to `count`.
        last_ledger: where the last run's durations are; it need not exist.

    Returns:
        None if there are more machines than files. The arguments as they are if nothing at all is selected, or if
        behave will not understand them: that is for behave to say.
    """
    planned = _planned(arguments)
    files = [file for file in planned.places if planned.selects(file)] if planned else []
    if planned is None or not files:
        return arguments
    portions = balanced(files, count, _durations(last_ledger))
    return planned.arguments(portions[index - 1]) if index <= len(portions) else None


def options(arguments: list[str]) -> list[str]:
    """behave's arguments without the paths."""
    planned = _planned(arguments)
    return planned.options if planned else arguments


def selected(arguments: list[str]) -> list[Scenario]:
    """The scenarios that these arguments select; none if behave will not understand them."""
    planned = _planned(arguments)
    return [scenario for file in planned.places for scenario in planned.selected(file)] if planned else []


@dataclass(frozen=True)
class _Plan:
    """What behave is asked for: its options, and for each feature file the places in it."""

    config: Configuration
    options: list[str]
    places: dict[str, list[str]]

    def arguments(self, files: list[str]) -> list[str]:
        return [*self.options, *(place for file in files for place in self.places[file])]

    def selects(self, file: str) -> bool:
        """Whether tags and names leave anything of a file. One that cannot be read is for behave to complain of."""
        try:
            return bool(self.selected(file))
        except ParserError:
            return True

    def selected(self, file: str) -> list[Scenario]:
        features = parse_features(self.places[file])
        every = (one for feature in features for one in feature.walk_scenarios())
        return [one for one in every if guard.is_selected(one, self.config)]


def _planned(arguments: list[str]) -> _Plan | None:
    """None if behave will not understand it."""
    try:
        config = Configuration(arguments)
        paths = [str(path) for path in config.paths]
        locations = collect_feature_locations(paths)
    except (SystemExit, ConfigError, FileNotFoundError, InvalidFilenameError):
        return None
    places: dict[str, list[str]] = defaultdict(list)
    for location in locations:
        places[location.filename].append(str(location))
    return _Plan(config, [argument for argument in arguments if argument not in paths], dict(places))


def balanced(files: list[str], jobs: int, seconds: dict[str, float]) -> list[list[str]]:
    """Longest first, each to the process that has the least to do: at most 4/3 of the best possible (Graham, 1969)."""
    heap: list[tuple[float, int, list[str]]] = [(0.0, index, []) for index in range(min(jobs, len(files)))]
    for file in sorted(files, key=lambda file: -seconds.get(file, UNKNOWN)):
        load, index, portion = heapq.heappop(heap)
        portion.append(file)
        heapq.heappush(heap, (load + seconds.get(file, UNKNOWN), index, portion))
    return [portion for _, _, portion in sorted(heap)]


def _durations(last_ledger: Path) -> dict[str, float]:
    seconds: dict[str, float] = defaultdict(float)
    if last_ledger.exists():
        for outcome in ledger.read(last_ledger).outcomes:
            seconds[outcome.file] += outcome.duration
    return dict(seconds)
