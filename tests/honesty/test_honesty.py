"""No witness of a run may be greener than another: console, exit codes, JUnit, Allure and ledger must agree.

Each case runs twice, at the same time: as plain behave, and as `earshot run` does it.
"""

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from cases import CASES, Case
from evidence import Evidence

from support.launching import running
from support.report import ledger
from support.verdict import Verdict

PROJECT = Path(__file__).parent / "project"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_all_witnesses_agree(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = [f"features/{case.feature}.feature", *case.arguments]
    plain_folder, launched_folder = (shutil.copytree(PROJECT, tmp_path / name) for name in ("plain", "launched"))
    monkeypatch.chdir(launched_folder)
    plain = subprocess.Popen(
        [sys.executable, "-m", "behave", "--junit", *arguments], cwd=plain_folder, stdout=subprocess.PIPE, text=True
    )
    code = running.run(arguments, junit=True)
    launched = Evidence(code, capfd.readouterr().out, launched_folder / "reports")
    console, _ = plain.communicate(timeout=30)

    assert launched.code == case.verdict
    agree(launched, case)
    assert (plain.returncode != 0) == (case.verdict != Verdict.GREEN), console
    if case.behave_survives:
        agree(Evidence(plain.returncode, console, plain_folder / "reports"), case)


def agree(evidence: Evidence, case: Case) -> None:
    """Every witness says what the case says, and nothing else."""
    assert evidence.ledger() == case.says, evidence.console
    empty = {"the run": "broken"} if case.verdict is Verdict.EMPTY else {}
    assert evidence.junit() == case.says | empty
    assert evidence.allure() == case.says
    if case.behave_survives:
        assert evidence.console_red() == case.red, evidence.console
    line = evidence.verdict_line()
    assert line.startswith(f"{list(case.says.values()).count('passed')} passed"), line
    assert line.endswith(case.verdict.meaning), line


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_through_its_cleanups(number: signal.Signals, tmp_path: Path) -> None:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    launch = "import sys; from support.launching import running; sys.exit(running.run(sys.argv[1:]))"
    command = [sys.executable, "-c", launch, "features/waiting.feature"]
    process = subprocess.Popen(command, cwd=project, stdout=subprocess.PIPE, text=True)
    try:
        deadline = time.monotonic() + 10
        while not (project / "waiting").exists():
            assert time.monotonic() < deadline, "behave never came to the waiting step"
            time.sleep(0.02)
        process.send_signal(number)
        console, _ = process.communicate(timeout=10)
    finally:
        process.kill()
    assert process.returncode == Verdict.SUITE, console
    assert "interrupted by the user" in console
    run = ledger.read(project / "reports" / "ledger.jsonl")
    assert [outcome.status for outcome in run.outcomes] == ["broken", "not run"]
    assert not run.lost, "behave died instead of ending"


def test_two_processes_share_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shutil.copytree(PROJECT, tmp_path / "project"))
    features = ["features/ordinary.feature", "features/assertion.feature", "features/outline.feature"]
    assert running.run(features, jobs=2) == Verdict.PRODUCT
    run = ledger.read("reports/ledger.jsonl")
    assert len({outcome.worker for outcome in run.outcomes}) == 2
    assert len(run.outcomes) == run.selected == 6
    assert len(list(Path("reports/allure-results").glob("*-result.json"))) == 6
