"""A run that has shown enough is not played to its end, and leaves nothing behind."""

import os
from collections.abc import Sequence
from pathlib import Path

from support.execution import behave_process
from support.reporting.outcome import Outcome

TOUR = "features/training/1_ways_in.feature"


def test_a_run_ends_once_its_outcomes_are_enough() -> None:
    def first(outcomes: Sequence[Outcome]) -> bool:
        return any(outcome.status == "passed" for outcome in outcomes)

    whole = behave_process.run([TOUR])
    cut = behave_process.run([TOUR], enough=first)
    passed = [sum(outcome.status == "passed" for outcome in run.outcomes) for run in (cut, whole)]
    assert 0 < passed[0] < passed[1]


def test_a_run_has_what_is_added_to_its_environment(tmp_path: Path) -> None:
    mark = tmp_path / "seen"
    (tmp_path / "sitecustomize.py").write_text(f"open({str(mark)!r}, 'a').close()")
    behave_process.run(["--version"], environment={"PYTHONPATH": str(tmp_path)})
    assert mark.exists()
    assert "PYTHONPATH" not in os.environ or str(tmp_path) not in os.environ["PYTHONPATH"]
