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
