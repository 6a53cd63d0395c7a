"""Shares the feature files out among processes or machines, so that all end at about the same time."""

from collections import defaultdict
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from behave.configuration import Configuration
from behave.exception import ConfigError, FileNotFoundError, InvalidFilenameError
from behave.model import Scenario
from behave.model_type import FileLocation
from behave.parser import ParserError
from behave.runner_util import collect_feature_locations, parse_features

from support.reporting import selection_checks
from support.reporting.first_page import history
from support.vocabulary import gherkin

gherkin.install()

#: Seconds that a scenario is taken for if the last run did not have it, and that a system takes to start and to end.
UNKNOWN, START = 0.5, 3.0


def shares(arguments: list[str], jobs: int, reports: Path, running: Collection[str] = ()) -> list[list[str]]:
    """behave's arguments for each process.

    Args:
        arguments: behave's own, as one process would get them.
        jobs: how many processes at most; there are never more than feature files, or scenarios of running systems.
        reports: where the history of runs is, which tells durations; it need not exist.
        running: the systems that no process has to start: their scenarios are shared out one by one.

    Returns:
        The arguments as they are if there is nothing to share, or if behave will not understand them.
    """
    planned = _planned(arguments) if jobs > 1 else None
    if planned is None or not planned.places:
        return [arguments]
    known = durations(reports)
    single = planned.single(running)
    files = [file for file in planned.places if file not in single]
    portions = [
        (planned.of_files(each), sum(planned.seconds(each, known).values()))
        for each in balanced(planned.seconds(files, known), jobs)
    ]
    scenarios = [
        (known.get((file, one.name.strip())) or UNKNOWN, one.location) for file in single for one in single[file]
    ]
    return [planned.among(each) for each in _dealt(scenarios, portions, jobs)]


def shard(arguments: list[str], index: int, count: int) -> list[str] | None:
    """behave's arguments for one of several machines that know nothing of each other.

    Only files in which something is selected are shared out, so that each machine has something to do. How long they
    took before does not matter: were it not the same everywhere, some file would not be run.

    Args:
        arguments: behave's own, as one machine would get them.
        index: which machine, from 1 to `count`.

    Returns:
        None if there are more machines than files. The arguments as they are if nothing at all is selected, or if
        behave will not understand them: that is for behave to say.
    """
    planned = _planned(arguments)
    files = [file for file in planned.places if planned.selects(file)] if planned else []
    if planned is None or not files:
        return arguments
    portions = balanced(planned.seconds(files, {}), count)
    return planned.among(planned.of_files(portions[index - 1])) if index <= len(portions) else None


def apart(arguments: list[str], lone: Collection[Scenario]) -> tuple[list[str], list[str]]:
    """behave's arguments for all that these select but some scenarios, and for those; each empty if that is nothing.

    Args:
        arguments: behave's own; it understands them.
        lone: the scenarios that are to be by themselves.
    """
    planned, by_itself = _planned(arguments), {str(one.location) for one in lone}
    if planned is None or not by_itself:
        return arguments, []
    beside, alone = list[FileLocation](), list[FileLocation]()
    for file, places in planned.places.items():
        found = [one.location for one in planned.selected(file)]
        own = [place for place in found if str(place) in by_itself]
        alone += own
        beside += [place for place in found if str(place) not in by_itself] if own else places
    return planned.among(beside), planned.among(alone)


def options(arguments: list[str]) -> list[str]:
    """behave's arguments without the paths."""
    planned = _planned(arguments)
    return planned.options if planned else arguments


def selected(arguments: list[str], files: Collection[str] | None = None) -> list[Scenario]:
    """The scenarios that these arguments select; none if behave will not understand them.

    Args:
        arguments: behave's own.
        files: only what is in these feature files; the others are not read.
    """
    planned = _planned(arguments)
    wanted = [file for file in planned.places if files is None or file in files] if planned else []
    return [scenario for file in wanted for scenario in planned.selected(file)] if planned else []


@dataclass(frozen=True)
class _Plan:
    """What behave is asked for: its options, and for each feature file the places in it."""

    config: Configuration
    options: list[str]
    places: dict[str, list[FileLocation]]

    def of_files(self, files: list[str]) -> list[FileLocation]:
        """What is asked for of some files."""
        return [place for file in files for place in self.places[file]]

    def among(self, places: list[FileLocation]) -> list[str]:
        """behave's arguments for these places alone; empty if there are none."""
        return [*self.options, *map(str, places)] if places else []

    def single(self, systems: Collection[str]) -> dict[str, list[Scenario]]:
        """The scenarios of each file that is about one of these systems. One that cannot be read is none of them."""
        found = {}
        for file in self.places if systems else ():
            with suppress(ParserError):
                scenarios = self.selected(file)
                if any(not set(systems).isdisjoint(one.effective_tags) for one in scenarios):
                    found[file] = scenarios
        return found

    def selects(self, file: str) -> bool:
        """Whether tags and names leave anything of a file. One that cannot be read is for behave to complain of."""
        try:
            return bool(self.selected(file))
        except ParserError:
            return True

    def selected(self, file: str) -> list[Scenario]:
        every = _scenarios(file, tuple(place.line for place in self.places[file]), Path(file).stat().st_mtime_ns)
        return [one for one in every if selection_checks.is_selected(one, self.config)]

    def seconds(self, files: list[str], known: dict[tuple[str, str], float]) -> dict[str, float]:
        """How long what is selected of each file will take, by what is known of its scenarios.

        One that took no time was not played, or was too quick for the results file: that says nothing of the next time.
        """
        return {file: sum(known.get((file, name)) or UNKNOWN for name in self._names(file)) for file in files}

    def _names(self, file: str) -> list[str]:
        try:
            return [scenario.name.strip() for scenario in self.selected(file)]
        except ParserError:
            return []


@cache
def _scenarios(file: str, lines: tuple[int | None, ...], changed: int) -> list[Scenario]:
    """What stands at these lines of a file, read once for as long as it has not changed."""
    features = parse_features([FileLocation(file, line) for line in lines])
    return [one for feature in features for one in feature.walk_scenarios()]


def _planned(arguments: list[str]) -> _Plan | None:
    """None if behave will not understand it."""
    try:
        config = Configuration(arguments)
        paths = [str(path) for path in config.paths]
        locations = collect_feature_locations(paths)
    except (SystemExit, ConfigError, FileNotFoundError, InvalidFilenameError):
        return None
    places: dict[str, list[FileLocation]] = defaultdict(list)
    for location in locations:
        places[location.filename].append(location)
    return _Plan(config, [argument for argument in arguments if argument not in paths], dict(places))


@dataclass
class _Portion:
    """What one process gets: it starts a system once for all files that are about it, which lie in one folder."""

    files: dict[str, float] = field(default_factory=dict)

    @property
    def seconds(self) -> float:
        """How long it takes. A file that takes no time is one of which nothing is to be played."""
        started = {Path(file).parent for file, seconds in self.files.items() if seconds}
        return sum(self.files.values()) + START * len(started)

    def with_(self, files: dict[str, float]) -> "_Portion":
        return _Portion(self.files | files)

    def without(self, file: str) -> "_Portion":
        return _Portion({one: seconds for one, seconds in self.files.items() if one != file})


def balanced(seconds: dict[str, float], jobs: int) -> list[list[str]]:
    """Shares files out so that all processes are through at about the same time, and few systems start twice.

    Whole systems are dealt out first, longest first, each to the process that will be through with it soonest (after
    Graham, 1969). Then files move from the process that takes longest, as long as that helps.

    Args:
        seconds: how long each file takes; nothing of one that takes none is to be played.
        jobs: how many processes at most; there are never more than files.
    """
    systems: dict[Path, dict[str, float]] = defaultdict(dict)
    for file, duration in seconds.items():
        systems[Path(file).parent][file] = duration
    portions = [_Portion() for _ in range(min(jobs, len(seconds)))]
    for files in sorted(systems.values(), key=lambda files: -sum(files.values())):
        soonest = min(range(len(portions)), key=lambda index: portions[index].with_(files).seconds)
        portions[soonest] = portions[soonest].with_(files)
    while portions and _relieved(portions):
        pass
    return [list(portion.files) for portion in portions if portion.files]


def _relieved(portions: list[_Portion]) -> bool:
    """Move one file from the portion that takes longest to where it does the most good; whether there was any."""
    portions.sort(key=lambda portion: -portion.seconds)
    longest, *others = portions
    moves = [
        (max(longest.without(file).seconds, other.with_({file: duration}).seconds), file, index)
        for file, duration in longest.files.items()
        for index, other in enumerate(others, start=1)
    ]
    after, file, index = min(moves, default=(longest.seconds, "", 0))
    if after >= longest.seconds:
        return False
    portions[index] = portions[index].with_({file: longest.files[file]})
    portions[0] = longest.without(file)
    return True


def _dealt(
    scenarios: list[tuple[float, FileLocation]], portions: list[tuple[list[FileLocation], float]], jobs: int
) -> list[list[FileLocation]]:
    """Adds scenarios, the longest first, each to the process that will be through with it soonest (Graham, 1969)."""
    count = min(jobs, len(portions) + len(scenarios))
    loads = [seconds for _, seconds in portions] + [0.0] * (count - len(portions))
    given: list[list[FileLocation]] = [[] for _ in range(count)]
    for seconds, place in sorted(scenarios, key=lambda one: -one[0]):
        soonest = loads.index(min(loads))
        given[soonest].append(place)
        loads[soonest] += seconds
    before = [places for places, _ in portions] + [[]] * (count - len(portions))
    return [[*files, *sorted(own, key=_in_its_file)] for files, own in zip(before, given, strict=True) if files or own]


def _in_its_file(place: FileLocation) -> tuple[str, int]:
    return str(place.filename), place.line or 0


def durations(reports: Path) -> dict[tuple[str, str], float]:
    """Seconds that each scenario took the last time that it was played, by its file and name."""
    outcomes = (outcome for past in history.runs(reports) for outcome in past.run.outcomes)
    return {(outcome.file, outcome.scenario): outcome.duration for outcome in outcomes}
