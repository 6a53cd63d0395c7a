import json
from dataclasses import asdict
from pathlib import Path

import pytest

from support.errors import SuiteError
from support.launching import running
from support.launching.merging import merge
from support.report import ledger
from support.report.outcome import Outcome
from support.verdict import Verdict


def shard(folder: Path, line: int, *, failed: bool = False) -> Path:
    """The reports of a machine that has run one scenario."""
    (folder / "allure-results").mkdir(parents=True)
    (folder / "allure-results" / f"{line}-result.json").write_text("{}")
    status, kind = ("failed", "product") if failed else ("passed", None)
    stub = {"scenario": f"s {line}", "feature": "F", "file": "f.feature", "line": line, "tags": []}
    verdict = asdict(Outcome(**stub, status=status, kind=kind, worker=7))
    lines = [{"run": 7, "selected": [stub]}, verdict, {"ended": 7, "verdict": 0, "duration": 1.0, "empty": ""}]
    (folder / "ledger.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    return folder


def test_the_whole_is_as_bad_as_its_worst_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = [shard(tmp_path / "1", 1), shard(tmp_path / "2", 2, failed=True)]
    assert merge(parts, tmp_path / "reports") == Verdict.PRODUCT
    assert capsys.readouterr().out == "1 passed, 1 failed: the product failed\n"
    assert len(ledger.read(tmp_path / "reports/ledger.jsonl").outcomes) == 2
    assert len(list((tmp_path / "reports/allure-results").glob("*.json"))) == 2
    assert len(list((tmp_path / "reports/history").iterdir())) == 1


def test_what_machines_say_of_themselves_is_kept_side_by_side(tmp_path: Path) -> None:
    parts = [shard(tmp_path / "1", 1), shard(tmp_path / "2", 2), shard(tmp_path / "3", 3)]
    said = [
        "python=3.11.7\nchat\\ Redis=Valkey 9.1\n",
        "python=3.12.1\nchat\\ Redis=Valkey 9.1\n",
        "python=3.11.7\nloop=a=b\n",
    ]
    for part, environment in zip(parts, said, strict=True):
        (part / "allure-results/environment.properties").write_text(environment)
    for _ in range(2):  # nothing is left of an earlier whole
        merge(parts, tmp_path / "reports")
    whole = (tmp_path / "reports/allure-results/environment.properties").read_text()
    assert whole == "python=3.11.7; 3.12.1\nchat\\ Redis=Valkey 9.1\nloop=a=b\n"


def test_a_shard_that_left_nothing_is_not_passed_over(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="has that shard run"):
        merge([shard(tmp_path / "1", 1), tmp_path / "2"], tmp_path / "reports")


def test_a_shard_with_nothing_to_do_is_no_lost_one_and_leaves_nothing_of_an_earlier_run(tmp_path: Path) -> None:
    idle = shard(tmp_path / "2", 2, failed=True)
    assert running.run(["features/training/7_safety.feature"], shard=(2, 2), reports=idle) == Verdict.GREEN
    assert merge([shard(tmp_path / "1", 1), idle], tmp_path / "reports") == Verdict.GREEN
    assert [path.name for path in (tmp_path / "reports/allure-results").glob("*.json")] == ["1-result.json"]
