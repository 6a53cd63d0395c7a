"""SIGKILL of `earshot watch` in the middle of a scenario: no server and no generator of load stays."""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

HOUSE = Path(__file__).parents[2]
#: Seconds until something has begun, and until all has ended: a few.
SOON, A_FEW = 60.0, 5.0
OUTAGE = """@chat
Feature: 7. Postgres hangs

  @STP-7.1 @critical @breaks_system
  Scenario: 7.1 Postgres hangs
    Given user A and user B are online
    When Postgres hangs
    And user A tries to sign in
    Then user A is told that Postgres is unavailable
"""
LOAD = """@threads
Feature: 8. Performance

  @TFS-SCN-6 @load @critical
  Scenario: TFS-SCN-6 Users hear every message in time
    Given user A has opened the room "Launch" of the threads server for 4 others
    When user A sends them 2 messages a second for 60 seconds, while all of them use the threads server
    Then each of the others receives every message once
"""
Started = Callable[[str], subprocess.Popen[bytes]]


@pytest.fixture
def watch(tmp_path: Path) -> Iterator[Started]:
    """Watches a feature of a suite that is otherwise ours; load comes from two processes, for a minute."""
    for name in ("steps", "environment.py", "pyproject.toml"):
        (tmp_path / name).symlink_to(HOUSE / name)
    told = (HOUSE / "profiles" / "embedded.toml").read_text(encoding="utf-8")
    before, _, after = told.partition("[load]")
    rest = after[after.index("\n[") :]
    (tmp_path / "own.toml").write_text(f"{before}[load]\nworkers = 2\n{rest}", encoding="utf-8")
    started: list[subprocess.Popen[bytes]] = []

    def start(feature: str) -> subprocess.Popen[bytes]:
        path = tmp_path / "features" / "it.feature"
        path.parent.mkdir()
        path.write_text(feature, encoding="utf-8")
        command = "from support.cli.main import main; main()"
        with (tmp_path / "console").open("wb") as console:
            arguments = [sys.executable, "-c", command, "watch", "features/it.feature", "-D", "profile=own.toml"]
            started.append(subprocess.Popen(arguments, cwd=tmp_path, stdout=console, stderr=console))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def seen(what: Callable[[], bool], within: float) -> bool:
    deadline = time.monotonic() + within
    while not what():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def belong_to(watching: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """All that it has started, and what those have started."""
    with suppress(psutil.NoSuchProcess):
        return psutil.Process(watching.pid).children(recursive=True)
    return []


def is_stopped(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return bool(process.status() == psutil.STATUS_STOPPED)
    return False


def generates(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return "spawn_main" in " ".join(process.cmdline())
    return False


def lives(process: psutil.Process) -> bool:
    with suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False


@pytest.mark.parametrize(("feature", "is_middle", "how_many"), [(OUTAGE, is_stopped, 1), (LOAD, generates, 2)])
def test_a_killed_watch_leaves_no_process(
    watch: Started, tmp_path: Path, feature: str, is_middle: Callable[[psutil.Process], bool], how_many: int
) -> None:
    watching = watch(feature)
    in_the_middle = seen(lambda: sum(map(is_middle, belong_to(watching))) >= how_many, within=SOON)
    assert in_the_middle, (tmp_path / "console").read_text(errors="replace")
    left = belong_to(watching)
    assert len(left) > how_many, "there are servers too"
    watching.kill()
    watching.wait()
    assert seen(lambda: not any(map(lives, left)), within=A_FEW), [one.name() for one in left if lives(one)]
