"""A repeated run is green if all its runs are, not only if all scenarios passed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.execution import behave_process, repeating
from support.reporting.outcome import Outcome, RunResults, Trouble

PASSED = Outcome("It works", "F", "f.feature", 1, [], "passed")
TROUBLE = Trouble("tidying up", "suite", "could not", "could not", "")


@pytest.fixture
def features(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(repeating, "RESULTS", tmp_path / ".earshot" / "repeat.jsonl")
    (tmp_path / "f.feature").touch()
    return [str(tmp_path)]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (RunResults(1, [PASSED]), 0),
        (RunResults(1, [PASSED], [TROUBLE]), 1),
        (RunResults(), 1),
        (RunResults(1, [Outcome("It works", "F", "f.feature", 1, [], "failed", "product")]), 1),
    ],
)
def test_one_run_that_is_not_green_makes_the_whole_red(
    features: list[str], monkeypatch: pytest.MonkeyPatch, second: RunResults, code: int
) -> None:
    runs: Iterator[RunResults] = iter([RunResults(1, [PASSED]), second])
    monkeypatch.setattr(behave_process, "run", lambda _: next(runs))
    assert repeating.main(features, runs=2, seed=1) == code
