"""No witness of a run may be greener than another: console, exit codes, JUnit, Allure and results file must agree.

Each case runs twice, at the same time: as plain behave, and as `earshot run` does it.
"""

import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from cases import CASES, Case
from evidence import Evidence

from support.core.exit_codes import Verdict
from support.execution import merging, running
from support.execution.launch import Launch
from support.reporting import results_file
from support.reporting.outcome import RunResults

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
    code = running.run(Launch(arguments, junit=True))
    launched = Evidence(code, capfd.readouterr().out, launched_folder / "reports")
    console, _ = plain.communicate(timeout=30)

    assert launched.code == case.verdict
    agree(launched, case)
    assert (plain.returncode != 0) == (case.verdict != Verdict.GREEN), console
    if case.behave_survives:
        agree(Evidence(plain.returncode, console, plain_folder / "reports"), case)


def agree(evidence: Evidence, case: Case) -> None:
    """Every witness says what the case says, and nothing else."""
    assert evidence.results() == case.says, evidence.console
    empty = {"the run": "broken"} if case.verdict is Verdict.EMPTY else {}
    assert evidence.junit() == case.says | empty
    assert evidence.allure() == case.says
    if case.behave_survives:
        assert evidence.console_red() == case.red, evidence.console
    line = evidence.verdict_line()
    assert line.startswith(f"{list(case.says.values()).count('passed')} passed"), line
    assert case.verdict.meaning in line.rpartition(": ")[2], line


@pytest.mark.parametrize("launched", [True, False])
def test_results_of_one_name_do_not_hide_each_other(
    launched: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Scenarios of one title, rows of equal values, and a file that the command line names twice."""
    monkeypatch.chdir(shutil.copytree(PROJECT, tmp_path / "project"))
    features = ["features/twins.feature", "features/ordinary.feature", "features/twins.feature"]
    if launched:
        assert running.run(Launch(features, junit=True)) == Verdict.PRODUCT
    else:
        command = [sys.executable, "-m", "behave", "--junit", *features]
        assert subprocess.run(command, capture_output=True, check=False).returncode
    run = results_file.read("reports/results.jsonl")
    assert Counter(one.status for one in run.outcomes if "twins" in one.file) == {"passed": 4, "failed": 4}
    evidence = Evidence(1, "", Path("reports"))
    for statuses in (evidence.junit(), evidence.allure()):
        assert Counter(statuses.values()) == {"passed": 6, "failed": 4}
    gathered = merge_twice(tmp_path)
    assert Counter(one.status for one in gathered.outcomes) == {"passed": 12, "failed": 8}
    allure = Evidence(1, "", tmp_path / "whole").allure()
    assert Counter(allure.values()) == {"passed": 12, "failed": 8}


def merge_twice(folder: Path) -> RunResults:
    """The reports here, and those of another machine that has run the same."""
    other = shutil.copytree("reports", folder / "other")
    for path in (other / "allure-results").glob("*-result.json"):
        path.rename(path.with_name(f"other-{path.name}"))
    merging.merge([Path("reports"), other], folder / "whole")
    return results_file.read(folder / "whole/results.jsonl")


def test_a_failure_of_megabytes_stands_once_in_each_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shutil.copytree(PROJECT, tmp_path / "project"))
    assert running.run(Launch(["features/long_failure.feature"], junit=True)) == Verdict.PRODUCT
    sizes = {path.name: path.stat().st_size for path in Path("reports").rglob("*") if path.is_file()}
    assert max(sizes.values()) < 5_100_000, sizes
    assert [size > 5_000_000 for name, size in sizes.items() if name.startswith(("results", "TESTS"))] == [True, True]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_through_its_cleanups(number: signal.Signals, tmp_path: Path) -> None:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    launch = (
        "import sys; from support.execution import launch, running; sys.exit(running.run(launch.Launch(sys.argv[1:])))"
    )
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
    run = results_file.read(project / "reports" / "results.jsonl")
    assert [outcome.status for outcome in run.outcomes] == ["broken", "not run"]
    assert not run.lost, "behave died instead of ending"


def test_two_processes_share_one_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shutil.copytree(PROJECT, tmp_path / "project"))
    features = ["features/ordinary.feature", "features/assertion.feature", "features/outline.feature"]
    assert running.run(Launch(features, jobs=2)) == Verdict.PRODUCT
    run = results_file.read("reports/results.jsonl")
    assert len({outcome.worker for outcome in run.outcomes}) == 2
    assert len(run.outcomes) == run.selected == 6
    assert len(list(Path("reports/allure-results").glob("*-result.json"))) == 6


@pytest.mark.parametrize(
    ("feature", "says"),
    [
        ("absent", "1 passed, 1 absent: the product failed"),
        ("not_reached", "1 passed, 1 could not be tried: the product failed"),
    ],
)
def test_what_is_absent_or_could_not_be_tried_is_counted_apart(
    feature: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(shutil.copytree(PROJECT, tmp_path / "project"))
    assert running.run(Launch([f"features/{feature}.feature"])) == Verdict.PRODUCT
    assert Evidence(1, capfd.readouterr().out, tmp_path).verdict_line() == says
