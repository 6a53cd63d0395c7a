"""Results files of several machines in one: processes of the same number, and shares that nobody has run."""

import json
from pathlib import Path

from support.core.exit_codes import Verdict
from support.execution import sharding
from support.reporting import results_file

PROJECT = Path(__file__).parents[1] / "honesty" / "project" / "features"


def stub(name: str, line: int) -> dict[str, object]:
    return {"scenario": name, "feature": "F", "file": "f.feature", "line": line, "tags": []}


def test_a_process_that_died_is_not_hidden_by_one_of_the_same_number_elsewhere(tmp_path: Path) -> None:
    died = [{"run": 7, "selected": [stub("it was killed", 1)]}]
    ended = [
        {"run": 7, "selected": [stub("it passes", 2)]},
        {**stub("it passes", 2), "status": "passed", "worker": 7},
        {"ended": 7, "verdict": 0, "duration": 1.0, "empty": ""},
    ]
    path = tmp_path / "results.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in (*died, *ended)), encoding="utf-8")
    run = results_file.read(path)
    assert {outcome.scenario: outcome.status for outcome in run.outcomes} == {
        "it passes": "passed",
        "it was killed": "broken",
    }
    assert run.verdict is Verdict.SUITE


def test_a_share_that_nobody_has_run_counts_as_not_run(tmp_path: Path) -> None:
    scenarios = sharding.selected([str(PROJECT / "ordinary.feature"), str(PROJECT / "outline.feature"), "--tags=smoke"])
    written = results_file.write_off(tmp_path / "results.jsonl", scenarios, "its machine went away")
    run = results_file.read(tmp_path / "results.jsonl")
    assert run.outcomes == written
    assert [(one.scenario, one.status, one.reason) for one in written] == [
        ("it passes", "not run", "its machine went away")
    ]
    assert run.selected == 1
    assert run.verdict is Verdict.ENVIRONMENT
