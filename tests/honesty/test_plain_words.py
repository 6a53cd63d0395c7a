"""A failure says what went wrong and where; a stack trace is for those who ask for it."""

import shutil
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import jwt
import pytest

from support.core.redaction import everywhere
from support.reporting import results_file
from support.reporting.outcome import Outcome
from support.reporting.step_errors import PlainWords

PROJECT = Path(__file__).parent / "project"


def bad(folder: Path, feature: str, *arguments: str) -> tuple[str, Outcome]:
    """The console of a run of that feature, and its outcome that is not green."""
    project = shutil.copytree(PROJECT, folder / "project")
    command = [sys.executable, "-m", "behave", f"features/{feature}.feature", *arguments]
    console = subprocess.run(command, cwd=project, capture_output=True, text=True, check=False).stdout
    found = [outcome for outcome in results_file.read(project / "reports/results.jsonl").outcomes if outcome.bad]
    return console, found[0]


@pytest.mark.parametrize("feature", ["assertion", "exception"])
def test_there_is_no_stack_trace(tmp_path: Path, feature: str) -> None:
    console, _ = bad(tmp_path, feature)
    assert "Traceback" not in console
    assert 'File "' not in console


def test_an_expectation_that_is_not_met_needs_no_place(tmp_path: Path) -> None:
    _, outcome = bad(tmp_path, "assertion")
    assert outcome.trace is None


def test_an_error_names_the_one_place_that_matters(tmp_path: Path) -> None:
    console, outcome = bad(tmp_path, "exception")
    assert "ValueError: not what anybody expected\n" in console
    assert "at steps/steps.py:" in console
    assert "steps.py" in (outcome.trace or "")


def test_who_asks_for_the_trace_gets_it(tmp_path: Path) -> None:
    console, _ = bad(tmp_path, "exception", "-D", "trace=true")
    assert "Traceback" in console
    _, outcome = bad(tmp_path / "more", "assertion", "-D", "trace=true")
    assert "steps.py" in (outcome.trace or "")


def test_a_secret_in_an_expectation_is_masked_on_the_console_too() -> None:
    said = f"it said {jwt.encode({'sub': 'user A'}, 'a key of decent length, as it has to be')}"
    step = SimpleNamespace(exception=AssertionError(said), hook_failed=False, error_message=f"ASSERT FAILED: {said}")
    PlainWords(SimpleNamespace(), everywhere).result(step)
    assert step.error_message == "ASSERT FAILED: it said ***"
