"""A run's beginning ends the validity of what was there: a run that is killed leaves nothing green, and no process."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from evidence import Evidence

from support.core.errors import SuiteError
from support.core.exit_codes import Verdict
from support.core.temporary_folders import PREFIX, sweep
from support.execution import running
from support.execution.launch import Launch
from support.reporting import results_file

PROJECT = Path(__file__).parent / "project"
LAUNCH = """
import sys
from support.execution import launch, running
running.run(launch.Launch(sys.argv[2:], jobs=int(sys.argv[1]), junit=True))
"""
SOAK = "from support.execution import repeating; repeating.main(['features/waiting.feature'], runs=1, seed=1)"
GREEN = ["features/ordinary.feature"]
SECONDS = 15.0


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(shutil.copytree(PROJECT, tmp_path / "project"))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    return Path.cwd()


@pytest.fixture
def start(project: Path) -> Iterator[Callable[..., subprocess.Popen[bytes]]]:
    """Starts Python code, up to where behave waits in a step."""
    started: list[subprocess.Popen[bytes]] = []

    def begin(*arguments: str) -> subprocess.Popen[bytes]:
        started.append(subprocess.Popen([sys.executable, "-c", *arguments]))
        assert seen(Path("waiting").exists), "behave never came to the waiting step"
        return started[-1]

    yield begin
    for process in started:
        process.kill()
        process.wait()


def seen(what: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + SECONDS
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def behaves_of(launched: subprocess.Popen[bytes]) -> list[psutil.Process]:
    started = psutil.Process(launched.pid).children(recursive=True)
    return [one for one in started if is_behave(one)]


def is_behave(process: psutil.Process) -> bool:
    try:
        return process.name() == "behave" or "behave" in process.cmdline()
    except psutil.Error:  # it has just ended
        return False


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_killed_run_leaves_no_green_and_no_process(
    project: Path, start: Callable[..., subprocess.Popen[bytes]], jobs: str
) -> None:
    assert running.run(Launch(GREEN, junit=True)) == Verdict.GREEN
    (project / "reports" / "gate.html").write_text("green")
    launched = start(LAUNCH, jobs, "features/waiting.feature", "features/outline.feature")
    behaves = behaves_of(launched)
    assert 1 <= len(behaves) <= int(jobs), "the one that has little to do may have ended"
    time.sleep(1)  # what has ended so far is copied twice in that time
    launched.kill()

    assert seen(lambda: not any(behave.is_running() for behave in behaves)), "behave has outlived us"
    run = results_file.read(project / "reports" / "results.jsonl")
    assert run.verdict is Verdict.SUITE
    assert "has not ended: it was killed" in str(run)
    assert "interrupted" in run.headline
    assert not any(outcome.scenario == "it passes as well" for outcome in run.outcomes), "that is of the last run"
    assert {outcome.status for outcome in run.lost} == {"broken", "not run"}
    evidence = Evidence(2, "", project / "reports")
    assert evidence.junit() == {"the whole run": "broken"}
    assert evidence.allure()["the whole run"] == "broken"
    assert "No report yet" in (project / "reports" / "index.html").read_text()
    assert not (project / "reports" / "gate.html").exists()

    folders = (project.parent / "temporary").glob
    assert list(folders(f"{PREFIX}*"))
    sweep()
    assert list(folders(f"{PREFIX}*")) == []


def test_behave_dies_with_a_repeated_run(start: Callable[..., subprocess.Popen[bytes]]) -> None:
    launched = start(SOAK)
    (behave,) = behaves_of(launched)
    launched.kill()
    assert seen(lambda: not behave.is_running())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_run_is_called_so(start: Callable[..., subprocess.Popen[bytes]], number: signal.Signals) -> None:
    launched = start(LAUNCH, "1", "features/waiting.feature")
    launched.send_signal(number)
    launched.wait(SECONDS)
    assert results_file.read("reports/results.jsonl").headline == "the run was interrupted"


def test_plain_behave_puts_aside_what_was_there(project: Path, start: Callable[..., subprocess.Popen[bytes]]) -> None:
    assert running.run(Launch(GREEN, junit=True)) == Verdict.GREEN
    (project / "reports" / "gate.html").write_text("green")
    behave = "from behave.__main__ import main; main(['features/waiting.feature'])"
    start(behave).kill()
    evidence = Evidence(2, "", project / "reports")
    assert results_file.read(project / "reports" / "results.jsonl").verdict is Verdict.SUITE
    assert evidence.junit() == {}
    assert evidence.allure() == {"the whole run": "broken"}
    assert not (project / "reports" / "gate.html").exists()


@pytest.mark.parametrize("asked", [["--dry-run"], ["--version"], ["--tags-help"], ["-f", "help"]])
def test_what_runs_nothing_leaves_the_last_results(project: Path, asked: list[str]) -> None:
    assert running.run(Launch(GREEN, junit=True)) == Verdict.GREEN
    before = {path: path.stat().st_mtime_ns for path in Path("reports").rglob("*")}
    assert running.run(Launch([*asked, "features/outline.feature"])) == Verdict.GREEN
    assert running.run(Launch(["--dry-run", "features/parse_error.feature"])) == Verdict.SUITE
    assert {path: path.stat().st_mtime_ns for path in Path("reports").rglob("*")} == before


@pytest.mark.parametrize("wrong", [["--no-such-option"], ["--tags=("], ["--name=("]])
def test_what_behave_does_not_understand_is_in_every_report(project: Path, wrong: list[str]) -> None:
    assert running.run(Launch(GREEN, junit=True)) == Verdict.GREEN
    with pytest.raises(SuiteError) as refusal:
        running.run(Launch([*wrong, *GREEN], junit=True))
    assert "__main__" not in str(refusal.value)
    evidence = Evidence(2, "", project / "reports")
    assert evidence.results() == evidence.junit() == evidence.allure() == {"the command line": "broken"}


def test_another_folder_than_the_projects_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "features")
    with pytest.raises(SuiteError, match=f"no settings of Earshot in .*: run it from {project}$"):
        running.run(Launch(["ordinary.feature"]))
    assert not Path("reports").exists()


def test_each_feature_that_is_through_is_told_while_others_run(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert running.run(Launch([*GREEN, "features/outline.feature"], jobs=2)) == Verdict.PRODUCT
    lines = capfd.readouterr().out.splitlines()
    assert "features/ordinary.feature: 2 passed" in lines
    assert "features/outline.feature: 1 passed, 1 failed" in lines


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_an_unreadable_file_keeps_from_running_is_counted(project: Path, jobs: int) -> None:
    features = ["features/parse_error.feature", "features/ordinary.feature", "features/outline.feature"]
    assert running.run(Launch(features, jobs=jobs)) == Verdict.SUITE
    run = results_file.read("reports/results.jsonl")
    assert len(run.outcomes) == run.selected == 4
    assert "not run" in {outcome.status for outcome in run.outcomes}


@pytest.mark.parametrize("jobs", [1, 2])
def test_without_any_argument_everything_runs(project: Path, jobs: int) -> None:
    for feature in Path("features").glob("*.feature"):
        if feature.stem != "ordinary":
            feature.unlink()
    assert running.run(Launch([], jobs=jobs)) == Verdict.GREEN
    assert len(results_file.read("reports/results.jsonl").outcomes) == 2
