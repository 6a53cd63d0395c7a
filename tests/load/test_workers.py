"""Several processes play one plan; what they measured is merged, and the death of one is no result."""

import asyncio
import functools
import os
import signal

import pytest

from support.load.engine import Turn, open_model
from support.load.measurement import InvalidMeasurement, Measurement
from support.load.pace import Pace
from support.load.workers import spread


async def quick(turn: Turn) -> None:
    await asyncio.sleep(0.01)


async def share(dies: bool, part: int, of: int, begin: float) -> Measurement:
    measured = await open_model(Pace.constant(100, 0.5), quick, drain=1, part=part, of=of, begin=begin)
    measured.account.sent.add(f"of {os.getpid()}")
    if dies and part == 1:
        os.kill(os.getpid(), signal.SIGKILL)
    return measured


async def test_shares_are_played_by_processes_of_their_own_and_merged() -> None:
    measured = await spread(functools.partial(share, False), over=2)
    assert (measured.planned, measured.succeeded) == (50, 50)
    assert len(measured.account.sent) == 2, "two processes"
    assert measured.answers.percentile(50) == pytest.approx(0.01, abs=0.02)


async def test_a_process_that_dies_makes_the_load_invalid() -> None:
    with pytest.raises(InvalidMeasurement, match="neither passed nor failed: a process of the generator died"):
        await spread(functools.partial(share, True), over=2)
