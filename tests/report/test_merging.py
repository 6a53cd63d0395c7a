import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

import pytest

from support.core.exit_codes import Verdict
from support.execution import running
from support.execution.launch import Launch
from support.execution.merging import merge
from support.reporting import results_file, run_start, shards
from support.reporting.outcome import Outcome


def shard(folder: Path, line: int, *, failed: bool = False, of: tuple[int, int] | None = None) -> Path:
    """The reports of a machine that has run one scenario, of one shard of so many."""
    (folder / "allure-results").mkdir(parents=True)
    (folder / "allure-results" / f"{line}-result.json").write_text("{}")
    status, kind = ("failed", "product") if failed else ("passed", None)
    stub = {"scenario": f"s {line}", "feature": "F", "file": "f.feature", "line": line, "tags": []}
    verdict = asdict(Outcome(**stub, status=status, kind=kind, worker=7))
    lines = [{"run": 7, "selected": [stub]}, verdict, {"ended": 7, "verdict": 0, "duration": 1.0, "empty": ""}]
    head = shards.head(of) if of else ""
    (folder / "results.jsonl").write_text(head + "".join(json.dumps(line) + "\n" for line in lines))
    return folder


def test_the_whole_is_as_bad_as_its_worst_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parts = [shard(tmp_path / "1", 1), shard(tmp_path / "2", 2, failed=True)]
    assert merge(parts, tmp_path / "reports") == Verdict.PRODUCT
    assert capsys.readouterr().out == "1 passed, 1 failed: the product failed\n"
    assert len(results_file.read(tmp_path / "reports/results.jsonl").outcomes) == 2
    assert len(list((tmp_path / "reports/allure-results").glob("*.json"))) == 2
    assert len(list((tmp_path / "reports/history").iterdir())) == 1
    assert [path.name for path in (tmp_path / "reports/junit").iterdir()] == ["TESTS-f.xml"]


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


def test_shards_that_are_all_there_are_a_whole(tmp_path: Path) -> None:
    whole = merge([shard(tmp_path / str(one), one, of=(one, 2)) for one in (2, 1)], tmp_path / "reports")
    assert whole == Verdict.GREEN
    again = shutil.copytree(tmp_path / "reports", tmp_path / "whole")
    assert merge([again], tmp_path / "more") == Verdict.GREEN, "merged before, and still whole"


def lost(folder: Path) -> list[Path]:
    return [shard(folder / "1", 1, of=(1, 3)), shard(folder / "3", 3, of=(3, 3))]


def left_nothing(folder: Path) -> list[Path]:
    return [shard(folder / "1", 1), folder / "2"]


def doubled(folder: Path) -> list[Path]:
    return [shard(folder / "1", 1, of=(1, 2)), shutil.copytree(folder / "1", folder / "2")]


def given_twice(folder: Path) -> list[Path]:
    return [shard(folder / "1", 1), folder / "1" / "allure-results" / ".."]


def of_different_runs(folder: Path) -> list[Path]:
    return [shard(folder / "1", 1, of=(1, 2)), shard(folder / "2", 2, of=(2, 3))]


def no_shard(folder: Path) -> list[Path]:
    return [shard(folder / "1", 1, of=(1, 1)), shard(folder / "2", 2)]


def half_finished(folder: Path) -> list[Path]:
    run_start.mark(folder / "2", shards.head((2, 2)))
    return [shard(folder / "1", 1, of=(1, 2)), folder / "2"]


@pytest.mark.parametrize(
    ("folders", "says"),
    [
        (lost, "shard 2 of 3 is missing"),
        (left_nothing, "/2: has that shard run?"),
        (doubled, "shard 1 of 2 is there 2 times: "),
        (given_twice, "/1 is given 2 times"),
        (of_different_runs, "shards of different runs: of 2 and of 3"),
        (no_shard, "/2 is no shard, and the others are"),
        (half_finished, "/2 is of a run that has not ended"),
    ],
)
def test_what_is_not_the_whole_is_red_in_every_report(
    folders: Callable[[Path], list[Path]], says: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts, reports = folders(tmp_path), tmp_path / "reports"
    assert merge(parts, reports) == Verdict.SUITE
    printed = capsys.readouterr().out
    assert says in printed
    assert "the run is not whole" in printed
    assert results_file.read(reports / "results.jsonl").verdict is Verdict.SUITE
    assert says in (reports / "junit" / "TESTS-run.xml").read_text()
    assert any(says in result.read_text() for result in (reports / "allure-results").glob("*-result.json"))


def test_a_shard_with_nothing_to_do_is_no_lost_one_and_leaves_nothing_of_an_earlier_run(tmp_path: Path) -> None:
    idle = shard(tmp_path / "2", 2, failed=True)
    assert running.run(Launch(["features/training/7_safety.feature"], shard=(2, 2), reports=idle)) == Verdict.GREEN
    assert merge([shard(tmp_path / "1", 1, of=(1, 2)), idle], tmp_path / "reports") == Verdict.GREEN
    assert [path.name for path in (tmp_path / "reports/allure-results").glob("*.json")] == ["1-result.json"]
