"""The results file: one JSON line for each scenario as it ends, and one at each end of the run.

It is what the exit code, the kill matrix, repeat, trace and gate read. A results file without its last line is that of
a process that died; `read` says so.
"""

import os
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from behave.model import Scenario

from support.core.clean_text import json_line
from support.core.exit_codes import Verdict
from support.reporting import run_start
from support.reporting.judging import stub
from support.reporting.outcome import Kind, Outcome, RunResults, Trouble, began_here
from support.reporting.reporting_context import ReportingContext
from support.reporting.result_formatter import Recorder
from support.reporting.results_reader import PROCESS as PROCESS
from support.reporting.results_reader import holds_anything
from support.reporting.results_reader import read as read


class ResultsFormatter(Recorder):
    """Writes the results to its outfile, or to `-D results=PATH`. Every line is flushed: a kill loses no verdict."""

    _file: TextIO
    _turns: dict[Scenario, int]

    def run_began(self, reporting: ReportingContext) -> None:
        super().run_began(reporting)
        selected = reporting.results.selected
        self._turns = _turns(selected)
        path = Path(self.config.userdata.get("results") or self.stream_opener.name or "results.jsonl")
        path.parent.mkdir(parents=True, exist_ok=True)
        run_start.of_behave(self.config, path)
        self._file = path.open("w", encoding="utf-8")
        self._write({"run": os.getpid(), **began_here(), "selected": [stub(scenario) for scenario in selected]})

    def scenario_ended(self, scenario: Scenario, outcome: Outcome) -> None:
        self._write(asdict(outcome) | {"turn": self._turns.get(scenario, 1)})

    def run_ended(self, run: RunResults) -> None:
        for trouble in run.troubles:
            self._write(asdict(trouble))
        seconds = round(run.duration, 3)
        end = {"ended": os.getpid(), "verdict": int(run.verdict), "duration": seconds, "empty": run.empty}
        self._write(end | {"tested": run.tested})
        self._file.close()

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json_line(line))
        self._file.flush()


def add(path: Path, trouble: Trouble) -> None:
    """Add a trouble to the results file of a process that has ended, or never begun."""
    _append(path, [asdict(trouble)])


def seal(path: Path, pid: int, code: int) -> bool:
    """See to it that the bad end of a process is in its results file, now that it has ended with this exit code.

    Returns:
        Whether it was not there: then only the console tells why.
    """
    before = path.stat().st_size if path.exists() else 0
    if code == Verdict.ENVIRONMENT and not (holds_anything(path) and read(path).verdict is Verdict.ENVIRONMENT):
        add(path, _bad_end(pid, "could not go on: this machine lacks something, see above", "environment"))
    elif not holds_anything(path):
        add(path, _bad_end(pid, "could not begin: see above"))
    elif code and read(path).verdict is Verdict.GREEN:
        add(path, _bad_end(pid, f"ended with exit code {code}, though every scenario passed"))
    return path.exists() and path.stat().st_size > before


def write_off(path: Path, scenarios: Sequence[Scenario], reason: str) -> list[Outcome]:
    """Write the results file of a share that was not run to its end, because its machine went away."""
    trouble = Trouble(f"{PROCESS} elsewhere", "environment", reason, reason, "", 0)
    return _unplayed(path, scenarios, reason, Verdict.ENVIRONMENT, asdict(trouble))


def leave_out(path: Path, scenarios: Sequence[Scenario], reason: str) -> list[Outcome]:
    """Write the results file of a share that was not begun because the user wanted it so."""
    return _unplayed(path, scenarios, reason, Verdict.GREEN)


def _unplayed(
    path: Path, scenarios: Sequence[Scenario], reason: str, verdict: Verdict, *troubles: dict[str, Any]
) -> list[Outcome]:
    stubs = [stub(scenario) for scenario in scenarios]
    outcomes = [Outcome(**stub, status="not run", reason=reason, worker=0) for stub in stubs]
    end = {"ended": 0, "verdict": int(verdict), "duration": 0.0, "empty": ""}
    lines = [{"run": 0, "selected": stubs}, *map(asdict, outcomes), *troubles, end]
    path.write_text("".join(map(json_line, lines)), encoding="utf-8")
    return outcomes


def leave_empty(path: Path) -> None:
    """Write the results file of a share in which there is nothing to do, over that of any earlier run."""
    end = {"ended": 0, "verdict": int(Verdict.EMPTY), "duration": 0.0, "empty": ""}
    path.write_text("".join(map(json_line, ({"run": 0, "selected": []}, end))), encoding="utf-8")


def amend(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Add verdicts to the results file of a run that has ended; they count instead of those that it holds."""
    _append(path, map(asdict, outcomes))


def merge(paths: Iterable[Path], into: Path) -> RunResults:
    """Put the results files of several processes together in one file, and read it."""
    into.parent.mkdir(parents=True, exist_ok=True)
    whole = b"".join(_ended(path.read_bytes()) for path in paths)
    into.write_bytes(whole)
    return read(into)


def _append(path: Path, lines: Iterable[dict[str, Any]]) -> None:
    """Write lines behind whatever is there, even behind half a line of a process that died."""
    with path.open("ab+") as file:
        file.seek(max(file.tell() - 1, 0))
        half = file.read() not in (b"", b"\n")
        file.write(b"\n" * half + "".join(map(json_line, lines)).encode())


def _ended(text: bytes) -> bytes:
    return text if not text or text.endswith(b"\n") else text + b"\n"


def _turns(selected: Iterable[Scenario]) -> dict[Scenario, int]:
    """Which time it is for each: one that the command line names twice is run twice."""
    seen: Counter[tuple[str, int]] = Counter()
    turns = {}
    for scenario in selected:
        seen[scenario.filename, scenario.line] += 1
        turns[scenario] = seen[scenario.filename, scenario.line]
    return turns


def _bad_end(pid: int, what: str, kind: Kind = "suite") -> Trouble:
    message = f"behave {what}"
    return Trouble(f"{PROCESS} {pid}", kind, message, message, "", pid)
