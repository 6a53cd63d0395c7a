"""Reads a results file, and counts: what each process set out to run against the verdicts that it has left."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from support.core.exit_codes import Verdict
from support.reporting import run_start
from support.reporting.outcome import TOO_BUSY, Outcome, RunResults, Trouble

#: The place of a trouble that no process could report itself.
PROCESS = "process"

#: A scenario by file, line, and which time it was run.
_Key = tuple[str, int, int]
_Line = dict[str, Any]


def read(path: Path | str) -> RunResults:
    """Read a results file, of one run or of several that were put together.

    Of each process, a scenario's last line counts: an earlier one was amended. What two processes say of one scenario
    stands side by side. If a process ended without its last line, the scenario it was in is broken, those it had not
    come to are not run, and the run has a trouble; so it has if a verdict is missing, or a line cannot be read.

    Raises:
        OSError: it cannot be read.
    """
    file = _ResultsFile()
    for line in _lines(Path(path)):
        if line is None:
            file.unreadable += 1
        else:
            file.take(line)
    return file.run()


def holds_anything(path: Path) -> bool:
    """Whether there is a whole line in a results file."""
    return path.exists() and any(line is not None for line in _lines(path))


@dataclass
class _Part:
    """What one process has written."""

    process: int | None = None
    announced: dict[_Key, _Line] = field(default_factory=dict)
    outcomes: dict[_Key, Outcome] = field(default_factory=dict)
    ended: bool = True
    began: str = ""

    @property
    def missing(self) -> list[_Line]:
        return [stub for key, stub in self.announced.items() if key not in self.outcomes]

    def lost(self) -> Iterator[Outcome]:
        """The scenarios without a verdict. Those that a dead process had not come to stand behind the one it was in."""
        for index, stub in enumerate(self.missing):
            if index and not self.ended:
                yield Outcome(**stub, status="not run", reason=f"{self._end} before it", worker=self.process or 0)
                continue
            at, message = ("missing", "no verdict was written") if self.ended else ("killed", self._end)
            yield Outcome(**stub, status="broken", kind="suite", at=at, message=message, details=message,
                          worker=self.process or 0)  # fmt: skip

    def trouble(self) -> Trouble | None:
        missing = self.missing
        if not self.ended:
            return _trouble(self.process, f"{self._end} before its end (killed, or out of memory)")
        if not missing:
            return None
        first = f"{missing[0]['file']}:{missing[0]['line']}"
        return _trouble(self.process, f"{len(missing)} of {len(self.announced)} scenarios have no verdict: {first} …")

    @property
    def _end(self) -> str:
        return f"process {self.process} died"


@dataclass
class _ResultsFile:
    """The parts of a results file, as its lines tell of them."""

    parts: list[_Part] = field(default_factory=lambda: [_Part()])
    troubles: list[Trouble] = field(default_factory=list)
    selected: int = 0
    duration: float = 0.0
    empty: str = ""
    began: list[str] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)  # of the processes, in seconds since 1970
    hosts: list[str] = field(default_factory=list)
    tested: list[str] = field(default_factory=list)
    unreadable: int = 0
    worst: Verdict = Verdict.GREEN
    replayed: bool = False  # whether something was played again that the machine had been too busy for

    def take(self, line: _Line) -> None:
        if "run" in line:
            self.selected += len(line["selected"])
            self.began.append(line.get("began", ""))
            self.hosts.append(line.get("host", ""))
            self.parts.append(_Part(line["run"], _keyed(line["selected"]), ended=False, began=self.began[-1]))
        elif "ended" in line:
            self._end(line)
        elif "unfinished" in line:
            self.troubles.append(run_start.unfinished(line["unfinished"]))
        elif "shard" in line:  # for `earshot merge`
            return
        elif "where" in line:
            self.troubles.append(Trouble(**line))
        else:
            outcome = Outcome(**line)
            key = outcome.file, outcome.line, outcome.turn
            outcomes = self._part(outcome.worker, key).outcomes
            self.replayed |= key in outcomes and outcomes[key].kind in TOO_BUSY
            outcomes[key] = outcome

    def run(self) -> RunResults:
        """All of it together, with a trouble for whatever is missing."""
        found = [outcome for part in self.parts for outcome in part.outcomes.values()]
        lost = [outcome for part in self.parts for outcome in part.lost()]
        troubles = [*self.troubles, *filter(None, (part.trouble() for part in self.parts))]
        if self.unreadable and all(part.ended for part in self.parts):  # else it is the line in which a process died
            troubles.append(_trouble(None, f"{self.unreadable} lines of its results file cannot be read"))
        began, host = min(filter(None, self.began), default=""), ", ".join(dict.fromkeys(filter(None, self.hosts)))
        run = RunResults(
            self.selected, [*found, *lost], troubles, lost, self._seconds(), self.empty, began, host, self.tested
        )
        is_settled = self.replayed and self.worst is Verdict.SUITE
        if self.worst and not is_settled and run.verdict in (Verdict.GREEN, Verdict.EMPTY):
            troubles.append(
                _trouble(None, f"it ended with '{self.worst.meaning}', and no line of its results file says why")
            )
        return run

    def _end(self, line: _Line) -> None:
        self.duration = max(self.duration, line["duration"])
        self.empty = max(self.empty, line["empty"], key=len)
        self.tested += [what for what in line.get("tested", ()) if what not in self.tested]
        if line["verdict"] != Verdict.EMPTY:
            self.worst = max(self.worst, Verdict(line["verdict"]))
        part = next((part for part in reversed(self.parts) if part.process == line["ended"]), None)
        if part is None:
            self.troubles.append(_trouble(line["ended"], "the beginning of its results file is missing"))
        else:
            part.ended = True
            if part.began:
                self.ends.append(_seconds(part.began) + line["duration"])

    def _seconds(self) -> float:
        """From the first beginning to the last end: what is played by itself comes after the rest.

        Of several machines, whose clocks may differ, it is the time of the longest process.
        """
        if not self.ends or len(set(self.hosts)) > 1:
            return self.duration
        return max(self.duration, max(self.ends) - _seconds(min(filter(None, self.began))))

    def _part(self, process: int, key: _Key) -> _Part:
        """Whose verdict it is: machines may have processes of the same number, and amendments come last of all."""
        own = [part for part in reversed(self.parts) if part.process == process]
        return next((part for part in own if key in part.announced), own[0] if own else self.parts[0])


def _seconds(began: str) -> float:
    return datetime.fromisoformat(began).replace(tzinfo=UTC).timestamp()


def _keyed(stubs: Iterable[_Line]) -> dict[_Key, _Line]:
    seen: Counter[tuple[str, int]] = Counter()
    keyed = {}
    for stub in stubs:
        place = stub["file"], stub["line"]
        seen[place] += 1
        keyed[*place, seen[place]] = stub | ({"turn": seen[place]} if seen[place] > 1 else {})
    return keyed


def _lines(path: Path) -> Iterator[_Line | None]:
    """The lines, by line feeds alone: what a server said may hold signs that Python takes for line ends.

    None stands for what is no whole line: it is that in which a process died.
    """
    for text in path.read_bytes().split(b"\n"):
        if text.strip():
            try:
                yield json.loads(text)
            except ValueError:
                yield None


def _trouble(process: int | None, message: str) -> Trouble:
    where = PROCESS if process is None else f"{PROCESS} {process}"
    return Trouble(where, "suite", message, message, "", process or 0)
