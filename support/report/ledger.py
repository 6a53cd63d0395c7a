"""The ledger: one JSON line for each scenario as it ends, and one at each end of the run.

It is what the exit code, the kill matrix, soak, trace and gate read. A ledger without its last line is that of a
process that died; `read` says so.
"""

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TextIO

from behave.model import Scenario

from support.report.outcome import Outcome, Run, Trouble
from support.report.recorder import Recorder
from support.verdict import Verdict

#: The place of a trouble that no process could report itself.
PROCESS = "process"


class LedgerFormatter(Recorder):
    """Writes the ledger to its outfile, or to `-D ledger=PATH`. Every line is flushed: a kill loses no verdict."""

    _file: TextIO

    def run_began(self, selected: Sequence[Scenario]) -> None:
        super().run_began(selected)
        path = Path(self.config.userdata.get("ledger") or self.stream_opener.name or "ledger.jsonl")
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8")
        self._write({"run": os.getpid(), "selected": [_stub(scenario) for scenario in selected]})

    def scenario_ended(self, scenario: Scenario, outcome: Outcome) -> None:
        self._write(asdict(outcome))

    def run_ended(self, run: Run) -> None:
        for trouble in run.troubles:
            self._write(asdict(trouble))
        seconds = round(run.duration, 3)
        end = {"ended": os.getpid(), "verdict": int(run.verdict), "duration": seconds, "empty": run.empty}
        self._write(end | {"tested": run.tested})
        self._file.close()

    def _write(self, line: dict[str, Any]) -> None:
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()


def read(path: Path | str) -> Run:
    """Read a ledger, of one run or of several that were put together.

    A scenario's last line counts: an earlier one was amended. If a process ended without its last line, the scenario
    it was in is broken, those it had not come to are not run, and the run has a trouble.

    Raises:
        OSError: it cannot be read.
    """
    run = Run()
    outcomes: dict[tuple[str, int], Outcome] = {}
    open_processes: dict[int, list[dict[str, Any]]] = {}
    dead: list[tuple[int, list[dict[str, Any]]]] = []  # and another machine had one of the same number
    for line in _lines(Path(path)):
        if "run" in line:
            run.selected += len(line["selected"])
            if line["run"] in open_processes:
                dead.append((line["run"], open_processes[line["run"]]))
            open_processes[line["run"]] = line["selected"]
        elif "ended" in line:
            run.duration = max(run.duration, line["duration"])
            run.empty = max(run.empty, line["empty"], key=len)
            run.tested += [what for what in line.get("tested", ()) if what not in run.tested]
            open_processes.pop(line["ended"], None)
        elif "where" in line:
            run.troubles.append(Trouble(**line))
        else:
            outcomes[line["file"], line["line"]] = Outcome(**line)
    for worker, planned in (*dead, *open_processes.items()):
        run.troubles.append(_death(worker))
        missing = (stub for stub in planned if (stub["file"], stub["line"]) not in outcomes)
        run.lost += _lost(missing, worker)
    run.outcomes = [*outcomes.values(), *run.lost]
    return run


def add(path: Path, trouble: Trouble) -> None:
    """Add a trouble to the ledger of a process that has ended, or never begun."""
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(trouble)) + "\n")


def seal(path: Path, pid: int, code: int) -> None:
    """See to it that the bad end of a process is in its ledger, now that it has ended with this exit code."""
    if not path.exists() or not any(_lines(path)):
        add(path, _bad_end(pid, "could not begin: see above"))
    elif code and read(path).verdict is Verdict.GREEN:
        add(path, _bad_end(pid, f"ended with exit code {code}, though every scenario passed"))


def write_off(path: Path, scenarios: Sequence[Scenario], reason: str) -> list[Outcome]:
    """Write the ledger of a share that nobody has run to its end, because its machine went away."""
    stubs = [_stub(scenario) for scenario in scenarios]
    outcomes = [Outcome(**stub, status="not run", reason=reason) for stub in stubs]
    trouble = Trouble(f"{PROCESS} elsewhere", "environment", reason, reason, "")
    end = {"ended": 0, "verdict": int(Verdict.STAGE), "duration": 0.0, "empty": ""}
    lines = [{"run": 0, "selected": stubs}, *map(asdict, outcomes), asdict(trouble), end]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return outcomes


def leave_empty(path: Path) -> None:
    """Write the ledger of a share in which there is nothing to do, over that of any earlier run."""
    end = {"ended": 0, "verdict": int(Verdict.EMPTY), "duration": 0.0, "empty": ""}
    path.write_text("".join(json.dumps(line) + "\n" for line in ({"run": 0, "selected": []}, end)), encoding="utf-8")


def amend(path: Path, outcomes: Iterable[Outcome]) -> None:
    """Add verdicts to the ledger of a run that has ended; they count instead of those that it holds."""
    with path.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(asdict(outcome), ensure_ascii=False) + "\n" for outcome in outcomes)


def merge(paths: Iterable[Path], into: Path) -> Run:
    """Put the ledgers of several processes together in one file, and read it."""
    into.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(path.read_text(encoding="utf-8") for path in paths)
    into.write_text(text, encoding="utf-8")
    return read(into)


def _lines(path: Path) -> Iterable[dict[str, Any]]:
    for text in path.read_text(encoding="utf-8").splitlines():
        try:
            line = json.loads(text)
        except ValueError:  # the line in which a process died
            continue
        yield line


def _stub(scenario: Scenario) -> dict[str, Any]:
    return {
        "scenario": scenario.name.strip(),
        "feature": scenario.feature.name,
        "file": scenario.filename,
        "line": scenario.line,
        "tags": [str(tag) for tag in scenario.effective_tags],
    }


def _bad_end(pid: int, what: str) -> Trouble:
    message = f"behave {what}"
    return Trouble(f"{PROCESS} {pid}", "suite", message, message, "", pid)


def _death(worker: int) -> Trouble:
    message = f"process {worker} died before its end (killed, or out of memory)"
    return Trouble(f"{PROCESS} {worker}", "suite", message, message, "", worker)


def _lost(stubs: Iterable[dict[str, Any]], worker: int) -> Iterable[Outcome]:
    """What a dead process leaves: the scenario it was in, which comes first, and those it had not come to."""
    message = f"process {worker} died"
    for index, stub in enumerate(stubs):
        if index == 0:
            yield Outcome(**stub, status="broken", kind="suite", at="killed", message=message, details=message,
                          worker=worker)  # fmt: skip
        else:
            yield Outcome(**stub, status="not run", reason=f"{message} before it", worker=worker)
