"""What passes at the second attempt is flaky for every witness, and green for none."""

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from support.core.exit_codes import Verdict
from support.execution import running
from support.reporting import results_file
from support.reporting.traceability.evidence import last_run

PROJECT = Path(__file__).parent / "project"
FLAKY = """
from behave import then
from pathlib import Path

@then("it holds the second time")
def second_time(context):
    seen = Path("seen")
    held, _ = seen.exists(), seen.touch()
    assert held, "not yet"

@then("it never holds")
def never(context):
    assert False, "never"
"""
FEATURE = """Feature: Flaky
  Scenario: it wavers
    Then it holds the second time
  Scenario: it fails
    Then it never holds
  Scenario: it passes
    Given a step that works
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    (project / "steps" / "flaky.py").write_text(FLAKY, encoding="utf-8")
    (project / "features" / "flaky.feature").write_text(FEATURE, encoding="utf-8")
    monkeypatch.chdir(project)
    return project


def test_every_witness_calls_it_flaky_and_red(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert running.run(["features/flaky.feature:2"], retries=1, junit=True) == Verdict.PRODUCT
    assert capfd.readouterr().out.strip().endswith("0 passed, 1 flaky: the product failed")
    (outcome,) = results_file.read(project / "reports/results.jsonl").outcomes
    assert (outcome.status, outcome.kind) == ("failed", "flaky")
    assert outcome.message == "flaky: it passed at attempt 2, after this: not yet"
    assert list(last_run(project).verdicts.values()) == ["flaky"]
    (result,) = [json.loads(path.read_text()) for path in (project / "reports/allure-results").glob("*-result.json")]
    assert (result["status"], result["statusDetails"]["flaky"]) == ("failed", True)
    (case,) = Xml.parse(next((project / "reports/junit").glob("*.xml"))).iter("failure")
    assert (case.get("message") or "").startswith("flaky: ")


def test_what_fails_again_stays_as_it_was(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert running.run(["features/flaky.feature"], retries=2) == Verdict.PRODUCT
    assert capfd.readouterr().out.strip().endswith("1 passed, 1 failed, 1 flaky: the product failed")
    kinds = {one.scenario: one.kind for one in results_file.read(project / "reports/results.jsonl").outcomes}
    assert kinds == {"it wavers": "flaky", "it fails": "product", "it passes": None}


def test_without_asking_nothing_is_tried_again(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert running.run(["features/flaky.feature:2"]) == Verdict.PRODUCT
    assert "attempt" not in capfd.readouterr().out
