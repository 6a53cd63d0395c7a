"""A real run of the small project beside this file, looked at through its results."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).parent / "project"
Result = dict[str, Any]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = shutil.copytree(PROJECT, tmp_path_factory.mktemp("allure") / "project")
    command = [sys.executable, "-m", "behave", "--junit"]
    subprocess.run(command, cwd=folder, capture_output=True, timeout=30, check=False)
    return folder / "reports"


@pytest.fixture(scope="module")
def results(reports: Path) -> dict[str, Result]:
    files = (reports / "allure-results").glob("*-result.json")
    found = [json.loads(file.read_text()) for file in files]
    return {result["name"]: result for result in found}


def labels(result: Result, name: str) -> list[str]:
    return [label["value"] for label in result["labels"] if label["name"] == name]


def attached(reports: Path, item: Result) -> dict[str, str]:
    folder = reports / "allure-results"
    return {found["name"]: (folder / found["source"]).read_text() for found in item["attachments"]}


def test_labels_sort_by_system_feature_and_requirement(results: dict[str, Result]) -> None:
    result = results["a message arrives -- @1.1"]
    assert labels(result, "epic") == labels(result, "parentSuite") == ["I See Cubes chat server"]
    assert labels(result, "feature") == labels(result, "suite") == ["Messages"]
    assert labels(result, "story") == ["STP-1.1 · What is sent arrives", "STP-3.3 · What is sent arrives"]
    assert labels(result, "subSuite") == ["What is sent arrives"]
    assert labels(result, "severity") == ["critical"]
    assert labels(result, "tag") == ["STP-1.1", "STP-3.3", "chat"]
    assert labels(results["its hook breaks"], "severity") == ["normal"]


def test_each_requirement_is_linked(results: dict[str, Result]) -> None:
    links = results["a message arrives -- @1.1"]["links"]
    assert [link["name"] for link in links] == ["STP-1.1", "STP-3.3"]
    assert links[1]["url"].endswith("#STP-3.3")


def test_a_row_is_parameters(results: dict[str, Result]) -> None:
    assert results["a message arrives -- @1.2"]["parameters"] == [{"name": "what", "value": "two"}]


def test_attachments_land_where_they_were_made(reports: Path, results: dict[str, Result]) -> None:
    result = results["a message arrives -- @1.1"]
    assert list(attached(reports, result)) == ["from a hook", "secrets.json"]
    first, second = result["steps"]
    assert attached(reports, first) == {"from a thread": "GET /?token=***"}
    assert attached(reports, second)["Table"].startswith("who,header\nAnn,")


def test_steps_tell_their_status_and_time(results: dict[str, Result]) -> None:
    result = results["a message arrives -- @1.2"]
    assert [step["status"] for step in result["steps"]] == ["passed", "failed"]
    assert result["steps"][1]["statusDetails"]["message"].startswith("two never arrives")
    assert all(step["start"] <= step["stop"] for step in result["steps"])


def test_a_broken_hook_breaks_the_result(results: dict[str, Result]) -> None:
    result = results["its hook breaks"]
    assert result["status"] == "broken"
    assert "HOOK-ERROR in after_scenario" in result["statusDetails"]["message"]
    assert "environment.py" in result["statusDetails"]["trace"]


def test_no_secret_is_in_any_artefact(reports: Path) -> None:
    files = [file for file in reports.rglob("*") if file.is_file()]
    assert {"results.jsonl", "TESTS-features.messages.xml"} <= {file.name for file in files}
    planted = ["planted", "correct horse battery"]
    leaks = [(file.name, secret) for file in files for secret in planted if secret in file.read_text()]
    assert leaks == []


def test_nothing_unfinished_is_left(reports: Path) -> None:
    assert not list(reports.rglob("*.tmp"))
