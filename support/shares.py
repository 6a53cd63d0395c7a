"""Shares the feature files out among processes, so that all end at about the same time."""

import heapq
from collections import defaultdict
from pathlib import Path

from behave.configuration import Configuration
from behave.exception import ConfigError, FileNotFoundError, InvalidFilenameError
from behave.runner_util import collect_feature_locations

from support.report import ledger

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
    if jobs <= 1:
        return [arguments]
    try:
        paths = [str(path) for path in Configuration(arguments).paths]
        locations = collect_feature_locations(paths)
    except (SystemExit, ConfigError, FileNotFoundError, InvalidFilenameError):
        return [arguments]
    by_file: dict[str, list[str]] = defaultdict(list)
    for location in locations:
        by_file[location.filename].append(str(location))
    options = [argument for argument in arguments if argument not in paths]
    portions = balanced(list(by_file), jobs, _durations(last_ledger))
    return [[*options, *(place for file in portion for place in by_file[file])] for portion in portions] or [arguments]


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
