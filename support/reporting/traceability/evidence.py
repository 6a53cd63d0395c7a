"""What the last run and the last kill matrix say about each scenario."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from support.core.errors import SuiteError
from support.core.wording import plain
from support.reporting import results_file
from support.reporting.outcome import Outcome

Verdict = Literal["passed", "not run", "known failure", "flaky", "not reached", "broken", "absent", "failed"]

#: From the best to the worst: a requirement is as good as its worst scenario, an outline as its worst row.
VERDICTS: tuple[Verdict, ...] = (
    "passed",
    "not run",
    "known failure",
    "flaky",
    "not reached",
    "broken",
    "absent",
    "failed",
)

#: A scenario by file and title; its line changes with every edit above it. Rows of an outline may share a title.
Key = tuple[Path, str]

_SCENARIO = re.compile(r"(?P<file>.+?):\d+ (?P<title>.+)")


@dataclass(frozen=True)
class LastRun:
    """The verdicts of the last run, when it ended, and its troubles; empty and None if there was none."""

    verdicts: dict[Key, Verdict]
    ended: datetime | None
    troubles: tuple[str, ...] = ()

    def verdict(self, keys: Iterable[Key]) -> Verdict:
        """The worst verdict of these; what did not run proves nothing."""
        return worst(self.verdicts.get(key, "not run") for key in keys)


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    return max(verdicts, key=VERDICTS.index, default="not run")


def last_run(root: Path) -> LastRun:
    """Read the results file of the last run at `root`.

    Raises:
        SuiteError: it is no results file.
    """
    path = root / "reports" / "results.jsonl"
    if not path.exists():
        return LastRun({}, None)
    try:
        run = results_file.read(path)
    except (TypeError, KeyError, ValueError) as error:
        raise SuiteError(
            f"{path} is not a results file of this version ({error!r}): delete it and run again"
        ) from error
    verdicts: dict[Key, Verdict] = {}
    for outcome in run.outcomes:
        key, verdict = _key(root, outcome.file, outcome.scenario), verdict_of(outcome)
        verdicts[key] = worst([verdict, verdicts.get(key, verdict)])
    troubles = tuple(f"{trouble.where}: {plain(trouble.message)}" for trouble in run.troubles)
    return LastRun(verdicts, datetime.fromtimestamp(path.stat().st_mtime), troubles)


def killing_faults(root: Path, system: str) -> dict[Key, set[str]] | None:
    """The seeded faults that each scenario has caught; None if no kill matrix was made for the system.

    The file is `{"kills": [{"fault": …, "scenario": "file:line title", "step": …}]}`.

    Raises:
        SuiteError: it is no kill matrix.
    """
    path = root / ".earshot" / "kill-matrix" / f"{system}.json"
    if not path.exists():
        return None
    faults: dict[Key, set[str]] = defaultdict(set)
    try:
        for kill in json.loads(path.read_text(encoding="utf-8"))["kills"]:
            scenario = _SCENARIO.fullmatch(kill["scenario"].strip())
            if scenario is None:
                raise ValueError(kill["scenario"])
            faults[_key(root, scenario["file"], scenario["title"])].add(kill["fault"])
    except (TypeError, KeyError, ValueError) as error:
        raise SuiteError(f"{path} is not a kill matrix ({error!r}): make it anew with `earshot kill-matrix`") from error
    return faults


def _key(root: Path, file: str, title: str) -> Key:
    return (root / file).resolve(), title.strip()


def verdict_of(outcome: Outcome) -> Verdict:
    """The verdict on one scenario, or one row of an outline."""
    if outcome.kind == "flaky":
        return "flaky"
    return "known failure" if outcome.kind == "known" else outcome.status
