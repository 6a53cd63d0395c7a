"""The branches of a reference back end, and for each the scenarios that reach it."""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from coverage import Coverage, CoverageData
from coverage.python import PythonFileReporter

from support.verification.coverage.contexts import BETWEEN, START
from support.verification.coverage.exceptions import Excuse

#: Where a branch goes that leaves its function, or its file.
END = "the end"


@dataclass(frozen=True)
class Branch:
    """One way on from a line that has several.

    `condition` and `goes` are the texts of the line and of the one it leads to; `reached_by` are places of scenarios,
    or what else was going on; `excuse` says why nothing need reach it.
    """

    file: str
    line: int
    condition: str
    goes: str
    reached_by: tuple[str, ...]
    excuse: str | None

    @property
    def state(self) -> str:
        """How it fares, in the words of the report."""
        if not self.reached_by:
            return "excused" if self.excuse else "not reached"
        return "reached" if set(self.reached_by) - {START, BETWEEN} else "in passing"


@dataclass(frozen=True)
class FileCoverage:
    """What is reached in one file: `missing` are lines that nothing executes."""

    file: str
    branches: list[Branch]
    lines: int
    missing: list[int]


@dataclass(frozen=True)
class BranchCoverage:
    """What the spec of a system reaches of its reference back end."""

    system: str
    files: list[FileCoverage]
    stale: list[Excuse]
    """Excuses for what is reached, or is not there."""
    bad: list[str]
    """What was not green meanwhile."""

    @property
    def branches(self) -> list[Branch]:
        """Those of all files."""
        return [branch for file in self.files for branch in file.branches]

    @property
    def reached(self) -> float:
        """The share of the branches that scenarios, or the start, reach, of all that are not excused."""
        counted = [branch for branch in self.branches if branch.state != "excused"]
        return sum(bool(branch.reached_by) for branch in counted) / len(counted) if counted else 1.0


def analyse(
    system: str, data: CoverageData, files: list[Path], excuses: list[Excuse], bad: list[str]
) -> BranchCoverage:
    """Lay what was executed over the code.

    Args:
        system: the spec.
        data: what was executed, in contexts.
        files: the code that counts.
        excuses: for branches that nothing need reach.
        bad: what was not green meanwhile.
    """
    reader = Coverage(data_file=None, config_file=False)
    found = [_of_file(file, data, reader, excuses) for file in files]
    excused = {(one.file, one.condition, one.goes) for file in found for one in file.branches if one.state == "excused"}
    stale = [one for one in excuses if one.system == system and (one.file, one.line, one.goes) not in excused]
    return BranchCoverage(system, found, stale, bad)


def _of_file(file: Path, data: CoverageData, reader: Coverage, excuses: list[Excuse]) -> FileCoverage:
    place = str(file.resolve())
    code = PythonFileReporter(place, reader)
    text = code.source().split("\n")
    executed = _executed(place, data, code)
    reasons = {(one.line, one.goes): one.reason for one in excuses if one.file == str(file)}

    def branch(begin: int, end: int) -> Branch:
        condition, goes = text[begin - 1].strip(), text[end - 1].strip() if end > 0 else END
        reached_by = tuple(sorted(executed.get((begin, end), ())))
        return Branch(str(file), begin, condition, goes, reached_by, reasons.get((condition, goes)))

    forks = {line for line, exits in code.exit_counts().items() if exits > 1} - code.no_branch_lines()
    branches = [branch(begin, end) for begin, end in sorted(code.arcs()) if begin in forks]
    lines = code.lines()
    missing = sorted(lines - {line for arc in executed for line in arc})
    return FileCoverage(str(file), branches, len(lines), missing)


def _executed(place: str, data: CoverageData, code: PythonFileReporter) -> dict[tuple[int, int], set[str]]:
    """The contexts of each step from a statement to the next that was taken."""
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for context in data.measured_contexts():
        data.set_query_context(context)
        for arc in code.translate_arcs(data.arcs(place) or ()):
            found[arc].add(context)
    return found
