"""`earshot watch`: a save runs the feature again on the same servers, and Ctrl-C leaves nothing."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from support.core.errors import SuiteError
from support.execution.watching import main

HOUSE = Path(__file__).parents[2]
FEATURE = """@chat
Feature: 3. Messages

  @STP-3.1 @critical
  Scenario: 3.1 A message arrives
    Given user A and user B are online
    When user A sends "Hello" to user B
    Then user B receives "Hello" from user A
"""


@pytest.fixture
def feature(tmp_path: Path) -> Path:
    """The only feature of a suite that is otherwise ours."""
    for name in ("steps", "environment.py", "pyproject.toml"):
        (tmp_path / name).symlink_to(HOUSE / name)
    path = tmp_path / "features" / "chat" / "3_messages.feature"
    path.parent.mkdir(parents=True)
    path.write_text(FEATURE, encoding="utf-8")
    return path


@pytest.fixture
def watching(feature: Path) -> Iterator[subprocess.Popen[str]]:
    root = feature.parents[2]
    command = [
        sys.executable,
        "-c",
        "from support.cli.main import main; main()",
        "watch",
        str(feature.relative_to(root)),
    ]
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)


def told(process: subprocess.Popen[str]) -> str:
    """All that it says up to where it waits for the next save."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        if line.startswith("watching "):
            return "".join(lines)
        lines.append(line)
    raise AssertionError("it has ended:\n" + "".join(lines))


def test_each_save_is_judged_on_the_same_servers(feature: Path, watching: subprocess.Popen[str]) -> None:
    assert "1 passed: green" in told(watching)
    servers = psutil.Process(watching.pid).children(recursive=True)
    assert servers

    feature.write_text(FEATURE.replace("receives", "recieves"), encoding="utf-8")
    assert "did you mean:\n  Then {user} receives {string} from {user}" in told(watching)
    feature.write_text(FEATURE.replace("Then", "Thne"), encoding="utf-8")
    assert "is neither a step nor a heading" in told(watching)
    feature.write_text(FEATURE, encoding="utf-8")
    assert "1 passed: green" in told(watching)

    assert psutil.Process(watching.pid).children() == [one for one in servers if one.ppid() == watching.pid]
    watching.send_signal(signal.SIGINT)
    assert watching.wait(20) == 0
    assert not [server for server in servers if server.is_running()]
    assert not (feature.parents[2] / "reports").exists(), "what is tried out is no run"


def test_waiting_costs_next_to_nothing(watching: subprocess.Popen[str]) -> None:
    told(watching)
    assert psutil.Process(watching.pid).cpu_percent(interval=2) < 25, "it polls"


def test_what_is_not_there_cannot_be_watched() -> None:
    with pytest.raises(SuiteError, match="there is no file or folder"):
        main(Path("features/none.feature"), [])
