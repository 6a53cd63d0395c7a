"""What passes at the second attempt is flaky for every witness, and green for none, unless the suite stood still."""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from support.core.exit_codes import Verdict
from support.execution import running
from support.execution.launch import Launch
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

@then("it holds if the suite does not stand still")
def undisturbed(context):
    context.reporting.stood_still = 0.0 if Path("seen").exists() else 2.5
    second_time(context)

@then("it does not hold, whether or not the suite stands still")
def disturbed(context):
    context.reporting.stood_still = 0.0 if Path("seen").exists() else 2.5
    Path("seen").touch()
    assert False, "never"

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


STALLED = """Feature: Stalled
  Scenario: it holds
    Then it holds if the suite does not stand still
  Scenario: it does not
    Then it does not hold, whether or not the suite stands still
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    (project / "steps" / "flaky.py").write_text(FLAKY, encoding="utf-8")
    (project / "features" / "flaky.feature").write_text(FEATURE, encoding="utf-8")
    (project / "features" / "stalled.feature").write_text(STALLED, encoding="utf-8")
    monkeypatch.chdir(project)
    return project


def test_every_witness_calls_it_flaky_and_red(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert running.run(Launch(["features/flaky.feature:2"], retries=1, junit=True)) == Verdict.PRODUCT
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
    assert running.run(Launch(["features/flaky.feature"], retries=2)) == Verdict.PRODUCT
    assert capfd.readouterr().out.strip().endswith("1 passed, 1 failed, 1 flaky: the product failed")
    kinds = {one.scenario: one.kind for one in results_file.read(project / "reports/results.jsonl").outcomes}
    assert kinds == {"it wavers": "flaky", "it fails": "product", "it passes": None}


def test_without_asking_nothing_is_tried_again(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert running.run(Launch(["features/flaky.feature:2"])) == Verdict.PRODUCT
    assert "attempt" not in capfd.readouterr().out


def test_what_failed_while_the_suite_stood_still_is_played_again(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert running.run(Launch(["features/stalled.feature:2"])) == Verdict.GREEN
    said = capfd.readouterr().out
    assert "once more, for the machine was too busy to judge 1:" in said
    assert said.strip().endswith("1 passed: green")
    (outcome,) = results_file.read(project / "reports/results.jsonl").outcomes
    assert (outcome.status, outcome.kind) == ("passed", None)
    (result,) = [json.loads(path.read_text()) for path in (project / "reports/allure-results").glob("*-result.json")]
    assert (result["status"], [step["status"] for step in result["steps"]]) == ("passed", ["passed"])


def test_what_fails_then_too_is_the_product_s(project: Path) -> None:
    assert running.run(Launch(["features/stalled.feature:4"])) == Verdict.PRODUCT
    (outcome,) = results_file.read(project / "reports/results.jsonl").outcomes
    assert (outcome.status, outcome.kind, outcome.message) == ("failed", "product", "never")


def test_what_behave_alone_plays_says_that_nothing_can_be_judged(project: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "behave", "features/stalled.feature:2"], capture_output=True, text=True, check=False
    )
    assert done.returncode, done.stdout
    (outcome,) = results_file.read(project / "reports/results.jsonl").outcomes
    assert (outcome.status, outcome.kind) == ("broken", "stalled")
    assert outcome.message == "the suite stood still for 2.5 s, for this machine is too busy, and then: not yet"
    assert "this machine was too busy to judge everything" in done.stdout
