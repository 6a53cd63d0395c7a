"""Two machines that know nothing of each other: together they are the run, and one of them alone is not."""

import shutil
from pathlib import Path

import pytest
from evidence import Evidence

from support.core.exit_codes import Verdict
from support.execution import merging, running
from support.execution.launch import Launch
from support.reporting import results_file

PROJECT = Path(__file__).parent / "project"
FEATURES = ["features/ordinary.feature", "features/rule.feature"]


@pytest.fixture
def machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The `reports` folders of two shards."""
    monkeypatch.chdir(shutil.copytree(PROJECT, tmp_path / "project"))
    folders = [tmp_path / f"shard-{number}" for number in (1, 2)]
    codes = {running.run(Launch(FEATURES, shard=(number, 2), reports=folders[number - 1])) for number in (1, 2)}
    assert codes == {Verdict.GREEN, Verdict.PRODUCT}
    return folders


def test_together_they_say_what_one_machine_says(machines: list[Path]) -> None:
    assert (
        merging.merge(machines) == running.run(Launch(FEATURES, junit=True, reports=Path("alone"))) == Verdict.PRODUCT
    )
    whole, alone = Evidence(1, "", Path("reports")), Evidence(1, "", Path("alone"))
    assert whole.results() == whole.junit() == whole.allure() == alone.results()


@pytest.mark.parametrize("left", [0, 1])
def test_one_of_them_is_not_the_run(machines: list[Path], left: int) -> None:
    assert merging.merge([machines[left]]) == Verdict.SUITE
    evidence = Evidence(2, "", Path("reports"))
    assert evidence.results() == evidence.junit() == evidence.allure()
    assert evidence.results()["the shards"] == "broken"
    assert f"shard {2 - left} of 2 is missing" in str(results_file.read("reports/results.jsonl"))
