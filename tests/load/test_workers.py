"""Several processes play one plan; what they measured is merged, and the death of one is no result."""

import asyncio
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from support.core import clock
from support.core.errors import InvalidMeasurement
from support.load.partition import LoadProgress
from support.load.worker_processes import spread
from tests.load.quick import Quick


async def test_shares_are_played_by_processes_of_their_own_and_merged() -> None:
    so_far = LoadProgress()
    await spread(Quick(), 2, so_far)
    measured = so_far.measured
    assert (measured.planned, measured.succeeded) == (50, 50)
    assert sorted(measured.kept) == list(range(50))
    assert len(measured.account.sent) == 2, "two processes"
    assert 0.01 <= measured.answers.percentile(50) < 1, "from below by the clock, from above by a busy machine"


async def test_how_far_they_are_is_told_and_what_is_cut_short_counts() -> None:
    so_far = LoadProgress()
    load = asyncio.create_task(spread(Quick(seconds=60), 2, so_far))
    assert await clock.until(lambda: so_far.sent > 50, within=30)
    began = clock.now()
    load.cancel()
    with pytest.raises(asyncio.CancelledError):
        await load
    assert clock.now() - began < 10, "it ends at once, not when its plan does"
    assert 50 < so_far.measured.succeeded < 5000
    assert so_far.began is not None


async def test_a_process_that_dies_makes_the_load_invalid() -> None:
    with pytest.raises(InvalidMeasurement, match="neither passed nor failed: a process of the generator died"):
        await spread(Quick(dies=True), 2, LoadProgress())


async def test_a_process_that_cannot_begin_holds_up_nobody() -> None:
    with pytest.raises(RuntimeError, match="nobody lets me in"):
        await spread(Quick(fails=True), 2, LoadProgress())


def test_no_process_of_the_generator_outlives_a_parent_that_was_killed() -> None:
    script = (
        "import asyncio; from support.load.partition import LoadProgress;"
        "from support.load.worker_processes import spread;"
        "from tests.load.quick import Quick; asyncio.run(spread(Quick(seconds=60), 2, LoadProgress()))"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=Path(__file__).parents[2])
    try:
        assert _seen(lambda: len(_generators(parent)) == 2)
        generators = _generators(parent)
    finally:
        parent.kill()
        parent.wait()
    assert _seen(lambda: not any(map(psutil.Process.is_running, generators)))


def _generators(parent: subprocess.Popen[bytes]) -> list[psutil.Process]:
    return [child for child in psutil.Process(parent.pid).children() if "spawn_main" in " ".join(child.cmdline())]


def _seen(what: Callable[[], bool]) -> bool:
    return asyncio.run(clock.until(what, within=30))
