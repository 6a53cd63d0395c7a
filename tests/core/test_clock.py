"""The clock: what is to pass has passed."""

import asyncio
from collections.abc import Callable

import pytest

from support.core import clock
from support.core.event_loop import new_loop


@pytest.mark.parametrize("loop", [asyncio.new_event_loop, new_loop])
def test_no_pause_ends_early(loop: Callable[[], asyncio.AbstractEventLoop]) -> None:
    async def early(seconds: float) -> bool:
        due = clock.now() + seconds
        await clock.pause(seconds)
        return clock.now() < due

    async def any_early() -> bool:
        return any([await early(0.001 + number * 0.00005) for number in range(50)])

    with asyncio.Runner(loop_factory=loop) as runner:
        assert not runner.run(any_early())


async def test_what_does_not_come_is_looked_for_less_and_less_often() -> None:
    looks: list[float] = []

    async def look() -> int:
        looks.append(clock.now())
        return len(looks)

    began = clock.now()
    assert await clock.seen(look, lambda _: False, within=0.5, every=0.001) == len(looks)
    assert clock.now() - began >= 0.5
    assert len(looks) < 100, "a system that lets a hundred requests a minute through would turn the suite away"


async def test_what_holds_is_returned_at_once() -> None:
    async def look() -> str:
        return "there"

    assert await clock.seen(look, lambda found: found == "there", within=5.0) == "there"
