"""A run that is given up puts away what it has made, and one that cannot begin is no run without findings."""

import tempfile
import threading
import time
from pathlib import Path

import pytest

from support.core.exit_codes import Verdict
from support.execution import behave_process

SECONDS = 20.0


def test_a_run_that_is_given_up_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    waiting = threading.Thread(target=behave_process.run, args=[["features/chat"]])
    waiting.start()
    deadline = time.monotonic() + SECONDS
    while len(list(tmp_path.iterdir())) < 2:  # the report's folder, and then the system's
        assert time.monotonic() < deadline, "the run has not begun"
        time.sleep(0.05)
    behave_process.give_up()
    waiting.join(SECONDS)
    assert not waiting.is_alive()
    assert list(tmp_path.iterdir()) == []


def test_a_run_that_cannot_begin_says_so() -> None:
    assert behave_process.run(["--no-such-option"]).verdict is Verdict.SUITE
