"""An undefined step is told of its nearest phrases wherever somebody may look."""

import shutil
from pathlib import Path

import pytest

from support.execution import running
from support.execution.launch import Launch
from support.reporting import results_file

PROJECT = Path(__file__).parent / "project"
FEATURE = "Feature: Slips\n  Scenario: it has a slip\n    Given a stp that works\n"


def test_every_witness_names_the_nearest_phrase(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    (project / "features" / "slip.feature").write_text(FEATURE, encoding="utf-8")
    monkeypatch.chdir(project)
    running.run(Launch(["features/slip.feature"]))
    found = next(iter(results_file.read("reports/results.jsonl").outcomes))
    assert (found.message or "").startswith(
        "no step definition matches 'Given a stp that works'; did you mean: Given a step that works | "
    )
    assert "did you mean:\n  Given a step that works\n  " in capfd.readouterr().out
    results = [path.read_text(encoding="utf-8") for path in Path("reports/allure-results").glob("*-result.json")]
    assert any("did you mean:\\n  Given a step that works" in text for text in results)
