"""Plays a spec while the processes of its reference back end keep count, and puts their logs together."""

import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from coverage import CoverageData

from support.core.errors import SuiteError
from support.core.temporary_folders import OwnedFolder
from support.execution import behave_process
from support.reporting.outcome import RunResults
from support.verification.coverage.contexts import START, ScenarioContexts
from support.verification.kill_matrix.trial import once_more

REFERENCE = Path("reference")
#: What the reference back ends share; the specs together have to reach it.
KIT = "kit"
#: Of that, what is no part of an honest server: its command line, its faults, its slowness, its container.
_APPARATUS = ("command", "contained", "damages", "duration", "faults", "lag", "parts", "settings")
#: What was red for the machine's sake, and has reached what it reaches all the same.
_OF_THE_MACHINE = ("flaky", "stalled")
#: Where what was measured is kept: in coverage.py's own format, and beside it what else is known.
KEPT = Path(".earshot/coverage")


@dataclass(frozen=True)
class Measured:
    """What was measured of a system.

    `data` holds the contexts, each a scenario as `FILE:LINE TITLE`; `seconds` is how long each scenario took; `bad` are
    those that were not green; `sources` stands for the code and the scenarios that were measured.
    """

    data: CoverageData
    seconds: dict[str, float]
    bad: list[str]
    sources: str
    _by_line: dict[Path, dict[int, list[str]]] = field(default_factory=dict)

    def contexts(self, file: Path) -> dict[int, list[str]]:
        """By line of a file, the contexts that it was executed in."""
        if file not in self._by_line:
            self._by_line[file] = self.data.contexts_by_lineno(str(file.resolve()))
        return self._by_line[file]


def measured_files(system: str) -> list[Path]:
    """The code of a reference back end, or of the kit, without what makes it faulty or slow."""
    files = [file for file in (REFERENCE / system).rglob("*.py") if "faults" not in file.parts]
    return sorted(file for file in files if system != KIT or file.stem not in _APPARATUS)


def together(systems: Sequence[str]) -> Measured:
    """What was measured of several systems, as that of one: what they share is reached by each of their specs."""
    data, parts = CoverageData(no_disk=True), [measured(system) for system in systems]
    for part in parts:
        data.update(part.data)
    seconds = {scenario: taken for part in parts for scenario, taken in part.seconds.items()}
    return Measured(data, seconds, [bad for part in parts for bad in part.bad], "")


def sources(system: str) -> str:
    """Stands for the code of a reference back end, without its faults, and for its scenarios, as they are now."""
    code = [file for part in (system, KIT, "bot_api") for file in (REFERENCE / part).rglob("*.py")]
    scenarios = [*Path("features", system).rglob("*.feature"), *Path("steps").rglob("*.py")]
    return f"{_digest(file for file in code if 'faults' not in file.parts)} {_digest(scenarios)}"


def code_of(sources: str) -> str:
    """The part of it that stands for the code."""
    return sources.partition(" ")[0]


def title(scenario: str) -> str:
    """File and title of a scenario that is known as `FILE:LINE TITLE`: they outlast the line."""
    place, _, text = scenario.partition(" ")
    return f"{place.rpartition(':')[0]} {text}"


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file).encode() + file.read_bytes())
    return digest.hexdigest()[:16]


def measured(system: str) -> Measured:
    """What was measured last, if nothing has changed since; else it is measured now."""
    return kept(system) or measure(system)


def kept(system: str) -> Measured | None:
    """What was measured last; None if that was nothing, or not green, or code or scenarios have changed since."""
    beside = KEPT / f"{system}.json"
    if not beside.exists():
        return None
    known = json.loads(beside.read_text())
    if known["bad"] or known["sources"] != sources(system):
        return None
    data = CoverageData(str(KEPT / f"{system}.coverage"))
    data.read()
    return Measured(data, known["seconds"], known["bad"], known["sources"])


def measure(system: str) -> Measured:
    """Play the spec of a system, and keep what its processes have executed.

    What is red is played once more, and what fails because this machine stood still is no finding: it has reached what
    it reaches.

    Raises:
        SuiteError: none of them has kept a log.
    """
    state = sources(system)
    with OwnedFolder("coverage") as folder:
        home = Path(folder)
        prepare(home, system)
        run = once_more(_played([f"features/{system}"], home), partial(_played, home=home))
        data = merged(system, home)
    return _keep(system, data, run, state)


def _played(places: list[str], home: Path) -> RunResults:
    """Run scenarios, with what they have the servers do written down in a folder."""
    where = f"{ScenarioContexts.__module__}:{ScenarioContexts.__name__}"
    arguments = [*places, "-f", where, "-o", str(home / "contexts.txt")]
    return behave_process.run(arguments, environment={"PYTHONPATH": _path(home)})


def prepare(home: Path, system: str) -> None:
    """Make a folder that has every process which finds it on its PYTHONPATH keep a log there."""
    shutil.copy(Path(__file__).with_name("recorder.py"), home / "sitecustomize.py")
    (home / "context").write_text(START)
    files = [*measured_files(system), *measured_files(KIT)]
    (home / "include.json").write_text(json.dumps([str(file.resolve()) for file in files]))


def _path(home: Path) -> str:
    return os.pathsep.join(filter(None, [str(home), os.environ.get("PYTHONPATH")]))


def merged(system: str, home: Path) -> CoverageData:
    """The logs in such a folder, put together in coverage.py's own format.

    Raises:
        SuiteError: there are none.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    place = KEPT / f"{system}.coverage"
    place.unlink(missing_ok=True)
    arcs: dict[str, dict[str, set[tuple[int, int]]]] = defaultdict(lambda: defaultdict(set))
    for log in home.glob("*.log"):
        for line in _whole_lines(log):
            arcs[line["context"]][line["file"]].update((begin, end) for begin, end in line["arcs"])
    if not arcs:
        raise SuiteError(f"no process of {system} has told what it executed: is its server one of ours?")
    data = CoverageData(str(place))
    for context, files in arcs.items():
        data.set_context(context)
        data.add_arcs(files)
    data.write()
    return data


def _whole_lines(log: Path) -> Iterator[dict[str, Any]]:
    """Of a process that was killed, the last line may be half a line."""
    for text in log.read_text(encoding="utf-8").split("\n"):
        try:
            yield json.loads(text)
        except ValueError:
            continue


def _keep(system: str, data: CoverageData, run: RunResults, state: str) -> Measured:
    seconds = {f"{one.file}:{one.line} {one.scenario}": one.duration for one in run.outcomes}
    red = [one for one in run.outcomes if one.bad and one.kind not in _OF_THE_MACHINE]
    bad = [f"{one.file}:{one.line} {one.scenario}: {one.message}" for one in red]
    bad += [trouble.message for trouble in run.troubles]
    found = Measured(data, seconds, bad, state)
    beside = {"seconds": seconds, "bad": bad, "sources": state}
    (KEPT / f"{system}.json").write_text(json.dumps(beside, indent=1))
    return found
