"""The run's loop: results, errors and deadlines cross from it to behave's thread, and nothing is left on it."""

import asyncio
import subprocess
import sys
import threading
import time

import pytest

from support.core import clock
from support.core.event_loop import STANDSTILL, Background, Overdue


@pytest.fixture
def background() -> Background:
    return Background()


async def answer() -> str:
    await asyncio.sleep(0)
    return threading.current_thread().name


async def fail() -> None:
    raise ValueError("on the loop")


def test_work_runs_on_a_thread_of_its_own_and_its_result_comes_back(background: Background) -> None:
    assert background.run(answer()) == "earshot-loop"
    background.close()


def test_an_error_comes_back_with_its_type(background: Background) -> None:
    with pytest.raises(ValueError, match="on the loop"):
        background.run(fail())
    background.close()


def test_a_deadline_cancels_the_work(background: Background) -> None:
    with pytest.raises(Overdue):
        background.run(asyncio.sleep(60), within=0.01)
    background.close()


def test_closing_cancels_what_still_runs_and_may_be_repeated(background: Background) -> None:
    ended: list[str] = []

    async def linger() -> None:
        try:
            await asyncio.sleep(60)
        finally:
            ended.append("cancelled")

    async def begin() -> None:
        linger_task.append(asyncio.ensure_future(linger()))
        await asyncio.sleep(0)

    linger_task: list[asyncio.Future[None]] = []
    background.run(begin())
    background.close()
    background.close()
    assert ended == ["cancelled"]


def test_a_timeout_of_the_work_itself_is_not_taken_for_the_deadline(background: Background) -> None:
    async def give_up() -> None:
        raise TimeoutError("no route to the host")

    with pytest.raises(TimeoutError, match="no route to the host") as trouble:
        background.run(give_up(), within=60)
    assert not isinstance(trouble.value, Overdue)
    background.close()


def test_it_knows_how_long_it_stood_still(background: Background) -> None:
    began = clock.now()
    background.run(answer())
    assert background.stood_still(began) == 0.0

    async def block() -> None:
        time.sleep(STANDSTILL + 0.2)  # noqa: ASYNC251 - that is what it is about

    background.run(block())
    assert STANDSTILL <= background.stood_still(began) < STANDSTILL + 5
    time.sleep(0.3)
    assert background.stood_still(began) >= STANDSTILL
    assert background.stood_still(clock.now() - 0.1) == 0.0
    background.close()


#: What is registered first runs last.
LEFT_OPEN = """
import atexit, threading
atexit.register(lambda: print([one.name for one in threading.enumerate()]))
from support.core.event_loop import Background
Background()
raise SystemExit("a hook that fails, and closes nothing")
"""


def test_the_loop_of_a_run_that_closes_nothing_ends_before_the_interpreter() -> None:
    ended = subprocess.run([sys.executable, "-c", LEFT_OPEN], capture_output=True, text=True, timeout=30)
    assert ended.stdout == "['MainThread']\n", ended
