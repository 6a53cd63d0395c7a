"""The ledgers of the last runs, kept in `reports/history/` by the moment each run ended."""

import shutil
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from support.report import ledger
from support.report.outcome import Run

#: Runs that are kept; the oldest goes first.
KEPT = 30

_NAME = "%Y-%m-%dT%H-%M-%S-%f"


@dataclass(frozen=True)
class PastRun:
    """A run, and when it ended."""

    ended: datetime
    run: Run


def keep(reports: Path) -> None:
    """Put the last run's ledger into the history, if it is not there yet, and let go of the oldest."""
    last = reports / "ledger.jsonl"
    if not last.exists():
        return
    folder = reports / "history"
    folder.mkdir(exist_ok=True)
    ended = datetime.fromtimestamp(last.stat().st_mtime)
    shutil.copy2(last, folder / f"{ended.strftime(_NAME)}.jsonl")
    for old in sorted(folder.glob("*.jsonl"))[:-KEPT]:
        old.unlink()


def runs(reports: Path) -> list[PastRun]:
    """The runs that are kept, the oldest first, without those that another version of Earshot has written."""
    found = [(path, _read(path)) for path in sorted((reports / "history").glob("*.jsonl"))]
    return [PastRun(datetime.strptime(path.stem, _NAME), run) for path, run in found if run]


def _read(path: Path) -> Run | None:
    try:
        return ledger.read(path)
    except (TypeError, KeyError, ValueError):
        return None
