"""What a run shows: a table on a terminal, lines in a pipe, behave's own text, or the findings alone."""

import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from support.core.exit_codes import Verdict
from support.execution import display, running
from support.execution.display import ending
from support.execution.display.lines import Behaves, Lines, Nothing
from support.execution.display.progress import RunProgress, failure
from support.execution.launch import Launch
from support.reporting import results_file

PROJECT = Path(__file__).parents[1] / "honesty" / "project"
READ_ON = "read on: reports/console.log holds behave's full text, `earshot report` writes the pages"
RUN = [sys.executable, "-c", "from support.cli.main import main; main()", "run"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    monkeypatch.chdir(project)
    return project


def ended(name: str, status: str, worker: int = 1, kind: str | None = None) -> Mapping[str, Any]:
    return {"scenario": name, "file": "features/chat/1.feature", "line": int(name), "status": status, "kind": kind,
            "worker": worker}  # fmt: skip


def begun(worker: int, *names: str) -> Mapping[str, Any]:
    stubs = [{"scenario": name, "file": "features/chat/1.feature", "line": int(name)} for name in names]
    return {"run": worker, "selected": stubs}


def test_the_time_left_is_that_of_the_process_with_most_to_do() -> None:
    progress = RunProgress({("features/chat/1.feature", "1"): 10.0, ("features/chat/1.feature", "3"): 4.0})
    progress.hear(begun(1, "1", "2"))
    progress.hear(begun(2, "3"))
    assert progress.seconds_left == 10.5
    progress.hear(ended("1", "passed"))
    assert progress.seconds_left == 4.0
    progress.hear(ended("3", "failed", worker=2, kind="product"))
    assert progress.seconds_left == 0.5
    assert progress.counts == {"passed": 1, "failed": 1}


def test_a_known_failure_has_not_passed_and_not_failed() -> None:
    progress = RunProgress({})
    progress.hear(begun(1, "1", "2", "3"))
    progress.hear(ended("1", "failed", kind="known"))
    progress.hear(ended("2", "not run"))
    progress.hear(ended("3", "absent", kind="product"))
    assert progress.counts == {"known": 1, "not run": 1, "failed": 1}


def test_a_failure_is_three_lines_whatever_it_says() -> None:
    said = failure({**ended("1", "failed"), "message": "one\ntwo\x1b[2J " + "x" * 1000, "step": "it holds"})
    assert len(said) == 3
    assert not any("\n" in line for line in said)
    assert len(said[2]) < 300


@pytest.mark.parametrize(("style", "kind"), [("compact", Lines), ("quiet", Nothing), ("verbose", Behaves)])
def test_in_a_pipe_there_are_lines(style: display.Style, kind: type, tmp_path: Path) -> None:
    assert type(display.chosen(style, tmp_path, {}, colour=True)) is kind


def test_lines_are_few_and_behaves_text_is_kept(project: Path) -> None:
    features = ["features/assertion.feature", "features/outline.feature"]
    done = subprocess.run([*RUN, *features], capture_output=True, text=True, check=False)
    assert done.returncode == Verdict.PRODUCT, done.stderr
    assert "Scenario" not in done.stdout
    assert "features/outline.feature: 1 passed, 1 failed\n" in done.stdout
    assert "FAILED: " in done.stdout
    assert READ_ON in done.stdout
    assert done.stdout.endswith(": the product failed\n")
    assert "Scenario Outline" in Path("reports/console.log").read_text(encoding="utf-8")


def test_behaves_text_is_shown_on_demand(project: Path) -> None:
    done = subprocess.run([*RUN, "-v", "features/outline.feature"], capture_output=True, text=True, check=False)
    assert "Scenario Outline" in done.stdout
    assert not Path("reports/console.log").exists()


def test_quiet_is_the_verdict_alone(project: Path) -> None:
    done = subprocess.run([*RUN, "-q", "features/assertion.feature:2"], capture_output=True, text=True, check=False)
    assert done.stdout == f"{READ_ON}\n1 passed: green\n"


@pytest.mark.parametrize("options", [["-q"], []])
def test_why_a_process_came_to_nothing_is_shown(project: Path, options: list[str]) -> None:
    killed = "import os, signal\nprint('last words', flush=True)\nos.kill(os.getpid(), signal.SIGKILL)\n"
    (project / "environment.py").write_text(killed)
    done = subprocess.run([*RUN, *options, "features/outline.feature"], capture_output=True, text=True, check=False)
    assert done.returncode == Verdict.SUITE
    assert "last words\n" in done.stdout


def test_a_terminal_has_a_table_with_colours_unless_they_are_not_wanted(project: Path) -> None:
    coloured = on_a_terminal("features/assertion.feature", "features/outline.feature")
    assert "features" in coloured
    assert "scenarios, 0:" in coloured
    assert "passed" in coloured
    assert "\x1b[1;31m" in coloured
    assert "\x1b[1;31m" not in on_a_terminal("--no-color", "features/assertion.feature")
    assert "\x1b[1;31m" not in on_a_terminal("features/assertion.feature", NO_COLOR="1")


def on_a_terminal(*arguments: str, **more: str) -> str:
    """What `earshot run` writes to a terminal."""
    leader, follower = pty.openpty()
    environment = {key: value for key, value in os.environ.items() if key not in ("CI", "NO_COLOR")}
    environment |= {"TERM": "xterm-256color", "COLUMNS": "100", **more}
    process = subprocess.Popen([*RUN, *arguments], stdout=follower, stderr=follower, env=environment)
    os.close(follower)
    said = b""
    try:
        while part := os.read(leader, 4096):
            said += part
    except OSError:  # the other end is closed
        pass
    process.wait()
    os.close(leader)
    return said.decode()


def test_findings_are_three_lines_each(project: Path) -> None:
    running.run(Launch(["features/assertion.feature"]))
    run = results_file.read("reports/results.jsonl")
    lines = ending.told(run, Path("reports"))
    assert len(lines) == 3
    assert lines[0].startswith("normal: ")
    assert lines[2].strip().startswith("features/assertion.feature:")
