"""`--failed`, `--fail-fast`, `--list`, `--quiet`: run less, and say less."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.core.errors import SuiteError
from support.core.exit_codes import Verdict
from support.execution import last_run, listing, running
from support.execution.launch import REPORTS, Launch
from support.reporting import results_file

PROJECT = Path(__file__).parents[1] / "honesty" / "project"
STEPS = """
import time
from pathlib import Path
from behave import given, then

@then("it holds once mended")
def mended(context):
    assert Path("mended").exists(), "it is broken"

@given("it takes a while")
def slow(context):
    deadline = time.monotonic() + 60
    while not Path("over").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
"""
BROKEN = """Feature: Broken
  Scenario: it passes
    Given a step that works
  Scenario: it is broken
    Then it holds once mended
  Scenario: it would pass
    Given a step that works
"""
SLOW = "Feature: Slow\n" + "".join(
    f"  Scenario: number {number}\n    Given a step that works\n    Given it takes a while\n" for number in range(3)
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    (project / "steps" / "again.py").write_text(STEPS)
    (project / "features" / "broken.feature").write_text(BROKEN)
    monkeypatch.chdir(project)
    return project


def statuses() -> dict[str, str]:
    """How each scenario of the last run has ended."""
    return {one.scenario: one.status for one in results_file.read("reports/results.jsonl").outcomes}


def test_what_failed_is_run_again_though_its_lines_have_moved(project: Path) -> None:
    assert running.run(Launch(["features/broken.feature"])) == Verdict.PRODUCT
    (project / "features" / "broken.feature").write_text(f"# a remark\n\n{BROKEN}")
    (project / "mended").touch()
    assert running.run(Launch(last_run.failed([], REPORTS))) == Verdict.GREEN
    assert statuses() == {"it is broken": "passed"}


def test_nothing_to_run_again_is_said_and_changes_no_results(project: Path) -> None:
    with pytest.raises(SuiteError, match="there is no last run here"):
        last_run.failed([], REPORTS)
    running.run(Launch(["features/broken.feature:2"]))
    before = Path("reports/results.jsonl").read_bytes()
    with pytest.raises(SuiteError, match="nothing failed in the last run"):
        last_run.failed([], REPORTS)
    assert Path("reports/results.jsonl").read_bytes() == before


def test_what_failed_elsewhere_is_not_among_these(project: Path) -> None:
    running.run(Launch(["features/broken.feature"]))
    with pytest.raises(SuiteError, match="none of the 1 scenarios that failed"):
        last_run.failed(["features/outline.feature"], REPORTS)


def test_after_a_failure_nothing_begins(project: Path) -> None:
    assert running.run(Launch(["features/broken.feature"], fail_fast=True)) == Verdict.PRODUCT
    assert statuses() == {"it passes": "passed", "it is broken": "failed", "it would pass": "not run"}


def test_after_a_failure_nothing_begins_in_other_processes(project: Path) -> None:
    (project / "features" / "slow").mkdir()
    (project / "features" / "slow" / "slow.feature").write_text(SLOW)
    (project / "steps" / "end.py").write_text(
        "from pathlib import Path\nfrom behave import then\n@then('the others may go on')\n"
        "def go_on(context):\n    Path('failed').touch()\n    assert False, 'over'\n"
    )
    begun = """Feature: Others
  Scenario: fails while the others wait
    Then the others may go on
"""
    (project / "features" / "broken.feature").write_text(begun)
    release = """if True:
        import pathlib, time
        deadline = time.monotonic() + 60
        while not pathlib.Path("failed").exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(5)  # for the run to hear of it
        pathlib.Path("over").touch()
    """
    with subprocess.Popen([sys.executable, "-c", release]):
        code = running.run(Launch(["features/broken.feature", "features/slow/slow.feature"], jobs=2, fail_fast=True))
    assert code == Verdict.PRODUCT
    found = statuses()
    assert found.pop("fails while the others wait") == "failed"
    assert found == {"number 0": "passed", "number 1": "not run", "number 2": "not run"}


def test_a_list_says_why_what_is_not_played_is_not(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    profile = tmp_path / "away.toml"
    profile.write_text('[systems.chat]\ndeployment = "external"\naddress = "http://127.0.0.1:9"\n')
    asked = [
        "-D",
        f"profile={profile}",
        "features/chat/6_server_restarted.feature",
        "features/training/7_safety.feature",
    ]
    assert listing.main(asked) == Verdict.GREEN
    said = capsys.readouterr().out
    assert "features/training/7_safety.feature:" in said
    assert "    not run: the profile names no training\n" in said
    assert "    not run: " in said.partition("features/training")[0]
    assert "would be played" in said


def test_what_is_not_there_cannot_be_listed() -> None:
    with pytest.raises(SuiteError, match="no_such"):
        listing.main(["features/no_such.feature"])
    with pytest.raises(SuiteError, match="did you mean profile"):
        listing.main(["-D", "profil=staging", "features/chat"])


def test_an_empty_list_is_no_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert listing.main(["--tags=@smoke and not @smoke"]) == Verdict.EMPTY
    assert capsys.readouterr().out == "0 of 0 would be played\n"
