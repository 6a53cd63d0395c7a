"""What a console cannot say is spelled out: it ends neither a run nor a command."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent / "project"
#: Settings of machines whose output is not UTF-8: of Python's own, of a locale with nothing but ASCII.
NARROW = [{"PYTHONIOENCODING": "ascii"}, {"PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0", "LC_ALL": "C"}]


@pytest.mark.parametrize("narrow", NARROW, ids=["output", "locale"])
def test_a_run_goes_on(tmp_path: Path, narrow: dict[str, str]) -> None:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    feature = project / "features" / "narrow.feature"
    ordinary = (project / "features" / "ordinary.feature").read_text(encoding="utf-8")
    feature.write_text(ordinary.replace("Scenario: ", "Scenario: Grüße 🎉 "), encoding="utf-8")
    command = [sys.executable, "-m", "behave", "features/narrow.feature"]
    done = subprocess.run(command, cwd=project, env=os.environ | narrow, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode("ascii")
    assert done.returncode == 0, said
    assert r"Gr\xfc\xdfe \U0001f389" in said


@pytest.mark.parametrize("narrow", NARROW, ids=["output", "locale"])
def test_a_command_does_what_it_is_asked(narrow: dict[str, str]) -> None:
    command = [sys.executable, "-c", "from support.cli.main import main; main()", "steps", "sends"]
    done = subprocess.run(command, env=os.environ | narrow, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert b"sends" in done.stdout


def test_reports_that_cannot_be_written_are_one_line(tmp_path: Path) -> None:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    (project / "reports").touch()
    command = [sys.executable, "-m", "behave", "features/ordinary.feature"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert "Traceback" not in done.stderr + done.stdout
    assert done.stderr.splitlines()[-1].startswith("earshot: reports")
    assert "a file stands where a folder has to be" in done.stderr
