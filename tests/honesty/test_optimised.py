"""Python's own optimisation takes no verdict away: -O leaves out `assert`, and -OO the docstrings too."""

import subprocess
import sys
from pathlib import Path

import pytest

from support.core.exit_codes import Verdict
from support.execution import behave_process

ROOT = Path(__file__).parents[2]
EARSHOT = [sys.executable, "-c", "from support.cli.main import main; main()"]


@pytest.mark.parametrize(("fault", "feature"), [("scores-upside-down", "3_feedback"), ("leaves-cards", "7_safety")])
def test_a_broken_product_is_red_without_asserts_too(fault: str, feature: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PYTHONOPTIMIZE", "1")
    run = behave_process.run([f"features/training/{feature}.feature", "-D", f"server.fault={fault}"])
    assert run.verdict is Verdict.PRODUCT, str(run)


def test_without_docstrings_nothing_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    command = [*EARSHOT, "steps", "sends"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == Verdict.SUITE
    assert done.stderr.startswith("earshot: Python runs with -OO (PYTHONOPTIMIZE=2)")
    assert done.stderr.count("\n") == 1


def test_plain_behave_without_docstrings_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("PYTHONOPTIMIZE", "2")
    run = behave_process.run(["features/training/3_feedback.feature"])
    assert run.verdict is Verdict.SUITE
    assert "-OO" in run.troubles[0].message
