"""The results files of the last runs, kept in `reports/history/` by the moment each run ended."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from support.reporting import results_file
from support.reporting.outcome import RunResults

#: Runs that are kept; the oldest goes first.
KEPT = 30

_NAME = "%Y-%m-%dT%H-%M-%S-%f"


@dataclass(frozen=True)
class PastRun:
    """A run, and when it ended."""

    ended: datetime
    run: RunResults


def keep(reports: Path) -> None:
    """Put the last run's results file into the history, if it is not there yet, and delete the oldest."""
    name = _last(reports)
    if not name:
        return
    folder = reports / "history"
    folder.mkdir(exist_ok=True)
    shutil.copy2(reports / "results.jsonl", folder / name)
    for old in sorted(folder.glob("*.jsonl"))[:-KEPT]:
        if old.name != name:
            old.unlink()


def runs(reports: Path) -> list[PastRun]:
    """The runs that are kept, the oldest first, without those that another version of Earshot has written.

    None is later than the last: one that seems to be was run when the clock was wrong, and must not pass for the last.
    """
    last = _last(reports)
    paths = [path for path in sorted((reports / "history").glob("*.jsonl")) if not last or path.name <= last]
    found = [(path, _read(path)) for path in paths]
    return [PastRun(datetime.strptime(path.stem, _NAME), run) for path, run in found if run]


def _last(reports: Path) -> str:
    """What the last run's results file is called in the history; "" if there was none."""
    path = reports / "results.jsonl"
    return f"{datetime.fromtimestamp(path.stat().st_mtime).strftime(_NAME)}.jsonl" if path.exists() else ""


def _read(path: Path) -> RunResults | None:
    try:
        return results_file.read(path)
    except (TypeError, KeyError, ValueError):
        return None
