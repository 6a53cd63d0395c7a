"""The same load from several processes, one for each core: each takes its share of the plan, and all are merged."""

import asyncio
import multiprocessing
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from importlib.util import find_spec
from typing import Any

from support import clock
from support.load.measurement import InvalidMeasurement, Measurement

#: Seconds from the moment when all processes are up until the plan begins.
HEAD_START = 0.1

#: A share of a load: which part it is, of how many, and when the plan begins on `clock.now()`, which all processes of a
#: machine share. It has to be picklable: a function of a module, perhaps with `functools.partial`.
Share = Callable[[int, int, float], Awaitable[Measurement]]


async def spread(share: Share, over: int) -> Measurement:
    """Play a load from several processes, which begin together.

    Args:
        share: what each of them plays.
        over: how many processes.

    Raises:
        InvalidMeasurement: one of them died.
    """
    spawning = multiprocessing.get_context("spawn")
    start = (spawning.Barrier(over), spawning.Value("d", 0.0))
    with ProcessPoolExecutor(over, mp_context=spawning, initializer=_get_ready, initargs=start) as pool:
        loop = asyncio.get_running_loop()
        playing = [loop.run_in_executor(pool, _play, share, part, over) for part in range(over)]
        try:
            parts = await asyncio.gather(*playing)
        except BrokenProcessPool as death:
            raise InvalidMeasurement(
                "invalid, neither passed nor failed: a process of the generator died; what it had sent is not known"
            ) from death
        except BaseException:
            for process in list((pool._processes or {}).values()):  # Python 3.14 has terminate_workers() for this
                process.terminate()
            raise
    whole = Measurement()
    for part in parts:
        whole.merge(part)
    return whole


def play_now(share: Share, part: int, of: int, begin: float) -> Measurement:
    """Play one share in this process, on the faster loop if there is one."""
    if find_spec("uvloop"):
        import uvloop

        return uvloop.run(_one(share, part, of, begin))
    return asyncio.run(_one(share, part, of, begin))


async def _one(share: Share, part: int, of: int, begin: float) -> Measurement:
    return await share(part, of, begin)


_start: Any = None


def _get_ready(*start: Any) -> None:
    """In each process: keep what all wait at, and where the first to pass writes when the plan begins."""
    global _start
    _start = start


def _play(share: Share, part: int, of: int) -> Measurement:
    barrier, begin = _start
    if barrier.wait() == 0:
        begin.value = clock.now() + HEAD_START
    barrier.wait()
    return play_now(share, part, of, begin.value)
