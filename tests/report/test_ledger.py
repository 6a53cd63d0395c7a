import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from support.report import ledger
from support.report.outcome import Kind, Outcome, Run, Status, Trouble
from support.verdict import Verdict


def outcome(status: Status = "passed", kind: Kind | None = None, line: int = 1, **more: Any) -> Outcome:
    return Outcome(f"scenario {line}", "F", "f.feature", line, [], status, kind, **more)


def stub(line: int) -> dict[str, Any]:
    return {"scenario": f"scenario {line}", "feature": "F", "file": "f.feature", "line": line, "tags": []}


def written(path: Path, *lines: object) -> Path:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return path


BEGIN = {"run": 7, "selected": [stub(1), stub(2), stub(3)]}
END = {"ended": 7, "verdict": 0, "duration": 1.5, "empty": ""}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    outcomes = [outcome(line=1), outcome("failed", "product", 2, message="no"), outcome("not run", line=3, reason="?")]
    trouble = Trouble("after_all", "suite", "broke", "broke\nbadly", "trace")
    path = written(tmp_path / "l", BEGIN, *map(asdict, outcomes), asdict(trouble), END)
    run = ledger.read(path)
    assert (run.selected, run.outcomes, run.troubles, run.lost) == (3, outcomes, [trouble], [])
    assert run.duration == 1.5


def test_a_later_line_amends_an_earlier_one(tmp_path: Path) -> None:
    path = written(tmp_path / "l", BEGIN, asdict(outcome()), asdict(outcome("failed", "product")), END)
    assert [found.status for found in ledger.read(path).outcomes] == ["failed"]


def test_a_process_that_died_leaves_a_broken_scenario(tmp_path: Path) -> None:
    path = written(tmp_path / "l", BEGIN, asdict(outcome(line=1)), '{"scenario": "scenario 2", "feat')
    run = ledger.read(path)
    assert [(found.line, found.status) for found in run.outcomes] == [(1, "passed"), (2, "broken"), (3, "not run")]
    assert [found.line for found in run.lost] == [2, 3]
    assert run.verdict is Verdict.SUITE


def test_ledgers_of_several_processes_become_one(tmp_path: Path) -> None:
    one = written(tmp_path / "1", BEGIN, *(asdict(outcome(line=line)) for line in (1, 2, 3)), END)
    nine = {"run": 8, "selected": [stub(9)]}
    two = written(tmp_path / "2", nine, asdict(outcome(line=9)), END | {"ended": 8, "duration": 4.0})
    run = ledger.merge([one, two], tmp_path / "reports" / "all")
    assert (run.selected, len(run.outcomes), run.duration, run.verdict) == (4, 4, 4.0, Verdict.GREEN)
    assert ledger.read(tmp_path / "reports" / "all") == run


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        (Run(1, [outcome()]), Verdict.GREEN),
        (Run(1, [outcome("not run")]), Verdict.GREEN),
        (Run(1, [outcome("failed", "known")]), Verdict.GREEN),
        (Run(0), Verdict.EMPTY),
        (Run(2, [outcome(), outcome("failed", "product")]), Verdict.PRODUCT),
        (Run(2, [outcome("failed", "product"), outcome("broken", "suite")]), Verdict.SUITE),
        (Run(2, [outcome("broken", "suite"), outcome("broken", "environment")]), Verdict.STAGE),
        (Run(1, [outcome()], [Trouble("after_all", "suite", "x", "x", "")]), Verdict.SUITE),
        (Run(0, [], [Trouble("loading the suite", "suite", "x", "x", "")]), Verdict.SUITE),
    ],
)
def test_verdicts(run: Run, verdict: Verdict) -> None:
    assert run.verdict is verdict


def test_the_verdict_line_says_it_all() -> None:
    run = Run(
        5, [outcome(), outcome("failed", "product"), outcome("failed", "known"), outcome("not run", reason="no TLS")]
    )
    assert str(run) == "1 passed, 1 failed, 1 failed as known, 1 not run (no TLS): the product failed"
    assert str(Run(0, empty="no @smok")) == "0 passed; no @smok: nothing was selected"


@pytest.mark.parametrize("left", ["", '{"run": 7, "sele'])
def test_a_process_that_died_before_its_first_line_is_in_the_ledger(tmp_path: Path, left: str) -> None:
    path = tmp_path / "l"
    path.write_text(left and f"{left}\n")
    ledger.seal(path, 7, -9)
    assert ledger.read(path).verdict is Verdict.SUITE


def test_a_process_that_had_nothing_to_do_has_not_died(tmp_path: Path) -> None:
    path = written(tmp_path / "l", BEGIN | {"selected": []}, END | {"verdict": 4, "empty": "no scenario"})
    ledger.seal(path, 7, 1)
    assert ledger.read(path).verdict is Verdict.EMPTY
