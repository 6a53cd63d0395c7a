"""A load that is over in no time, for what plays it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial

from support.load.arrival_rate import Pace
from support.load.generator import Iteration, open_model
from support.load.partition import Part, Play


async def quick(iteration: Iteration) -> int:
    await asyncio.sleep(0.01)
    return iteration.number


@dataclass(frozen=True)
class Quick:
    """100 things a second. The second generator may die at its end; each may fail before it begins."""

    seconds: float = 0.5
    dies: bool = False
    fails: bool = False

    @asynccontextmanager
    async def aboard(self, number: int, of: int) -> AsyncIterator[Play]:
        if self.fails and number == 1:
            raise RuntimeError("nobody lets me in")
        yield partial(self._play)

    async def _play(self, part: Part) -> None:
        await open_model(Pace.constant(100, self.seconds), quick, drain=1, part=part)
        part.measured.account.sent.add(f"of {os.getpid()}")
        if self.dies and part.number == 1:
            os.kill(os.getpid(), signal.SIGKILL)
