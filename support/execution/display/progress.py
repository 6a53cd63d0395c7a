"""How far a run is, by the lines that its processes write into their results files."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from support.core.clean_text import on_one_line, shortened
from support.core.wording import plain

#: Seconds that each scenario took the last time that it was played, by its file and name.
Durations = Mapping[tuple[str, str], float]
#: Characters of what went wrong; the whole of it is in the reports.
LONGEST = 240
#: Seconds that a scenario is taken for that has not been played before.
UNKNOWN = 0.5

Ending = Literal["passed", "failed", "known", "not run"]


@dataclass
class SpecProgress:
    """How far one spec is."""

    planned: set[tuple[str, int]] = field(default_factory=set)
    ended: dict[tuple[str, int], Ending] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[Ending]:
        return Counter(self.ended.values())


@dataclass
class RunProgress:
    """How far all of them are."""

    durations: Durations
    specs: dict[str, SpecProgress] = field(default_factory=lambda: defaultdict(SpecProgress))
    _left: dict[int, dict[tuple[str, int], float]] = field(default_factory=lambda: defaultdict(dict))

    def hear(self, line: Mapping[str, Any]) -> None:
        """Take in one line of a results file."""
        for stub in line.get("selected", ()):
            place = stub["file"], stub["line"]
            self.specs[spec_of(stub["file"])].planned.add(place)
            self._left[line["run"]][place] = self.durations.get((stub["file"], stub["scenario"])) or UNKNOWN
        if "scenario" in line:
            place = line["file"], line["line"]
            self.specs[spec_of(line["file"])].ended[place] = ending(line)
            self._left[line["worker"]].pop(place, None)

    @property
    def seconds_left(self) -> float:
        """Until the process with most left to do is through."""
        return max((sum(left.values()) for left in self._left.values()), default=0.0)

    @property
    def counts(self) -> Counter[Ending]:
        return sum((spec.counts for spec in self.specs.values()), Counter())

    @property
    def planned(self) -> int:
        return sum(len(spec.planned) for spec in self.specs.values())


def spec_of(file: str) -> str:
    """The spec that a feature file belongs to: the folder that it lies in."""
    return Path(file).parent.name


def ending(line: Mapping[str, Any]) -> Ending:
    """How a scenario has ended, by its line."""
    if line["kind"] == "known":
        return "known"
    if line["status"] in ("passed", "not run"):
        found: Ending = line["status"]
        return found
    return "failed"


def failure(line: Mapping[str, Any]) -> list[str]:
    """What is said of a scenario that has failed, in three lines."""
    said = [f"{line['status'].upper()}: {line['scenario']}", f"  {line['file']}:{line['line']}"]
    if line.get("step"):
        said[1] += f", at: {(line.get('step_keyword') or '').title()} {line['step']}"
    return [*said, f"  {shortened(on_one_line(plain(line.get('message') or '')), LONGEST)}"]
