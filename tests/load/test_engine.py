"""The generator against servers whose latency is known: what it reports is what a user would have felt."""

import asyncio
import statistics

import pytest

from support.core import clock
from support.drivers.capabilities import Rejected
from support.load.arrival_rate import Pace
from support.load.generator import Iteration, closed_model, open_model

STALL, EVERY = 0.3, 1.0


class Stalling:
    """Answers at once, save that it stalls for 0.3 s at the beginning of every second."""

    def __init__(self) -> None:
        self.began = clock.now()
        self.felt: list[float] = []
        """Seconds from each planned moment to its answer."""

    async def answer(self, iteration: Iteration) -> None:
        into = (clock.now() - self.began) % EVERY
        await asyncio.sleep(max(STALL - into, 0))
        self.felt.append(clock.now() - iteration.due)


async def test_whoever_meets_a_stall_counts_from_the_planned_moment() -> None:
    server = Stalling()
    measured = await open_model(Pace.constant(500, 3), server.answer, drain=1)
    assert measured.succeeded == measured.planned == 1500
    felt = statistics.quantiles(server.felt, n=100)
    for percent in (50, 90, 99):
        assert measured.answers.percentile(percent) == pytest.approx(felt[percent - 1], rel=0.1, abs=0.005)
    # 30 % wait, evenly from 0 to 0.3 s: of all, the worst 10 % wait more than 0.2 s and the worst 1 % more than 0.29 s,
    # and longer on a busy machine
    assert measured.answers.percentile(90) > 0.18
    assert measured.answers.percentile(99) > 0.26


async def test_a_stall_of_the_generator_is_told_apart() -> None:
    async def blocks(iteration: Iteration) -> None:
        if iteration.number == 50:
            asyncio.get_running_loop().call_soon(_block, 0.2)

    measured = await open_model(Pace.constant(100, 1), blocks, drain=1)
    assert measured.lateness.longest > 0.1
    assert measured.answers.longest > 0.1, "what it delayed counts as delayed"


def _block(seconds: float) -> None:
    until = clock.now() + seconds
    while clock.now() < until:
        pass


async def test_failures_are_counted_by_reason_and_not_as_answers() -> None:
    async def refuses(iteration: Iteration) -> None:
        if iteration.number % 4 == 0:
            raise Rejected("full")

    measured = await open_model(Pace.constant(200, 0.5), refuses, drain=1)
    assert (measured.planned, measured.succeeded, measured.failures["full"]) == (100, 75, 25)


async def test_what_is_never_answered_ends_with_the_drain() -> None:
    async def hangs(iteration: Iteration) -> None:
        await asyncio.sleep(3600 if iteration.number == 0 else 0)

    began = clock.now()
    measured = await open_model(Pace.constant(100, 0.2), hangs, drain=0.3)
    assert (measured.unanswered, measured.succeeded) == (1, 19)
    assert clock.now() - began < 2
    assert len(asyncio.all_tasks()) == 1, "nothing is left running"


async def test_in_the_closed_model_each_user_waits() -> None:
    under_way = most = 0

    async def takes_a_while(iteration: Iteration) -> None:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.05)
        under_way -= 1

    measured = await closed_model([takes_a_while] * 4, seconds=0.5, think=0.05)
    assert most == 4
    assert 4 <= measured.succeeded <= 4 * 6  # a busy machine does less, and none does more
    assert 0.045 <= measured.answers.percentile(50) < 0.5


async def test_an_interrupted_load_leaves_nothing_under_way() -> None:
    async def hangs(iteration: Iteration) -> None:
        await asyncio.sleep(3600)

    load = asyncio.create_task(open_model(Pace.constant(100, 10), hangs, drain=60))
    await asyncio.sleep(0.2)
    load.cancel()
    await asyncio.gather(load, return_exceptions=True)
    assert len(asyncio.all_tasks()) == 1
