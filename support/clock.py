"""The only place that lets time pass. Everything else names the time it waits for."""

import asyncio
import time
from collections.abc import Callable

#: Seconds spent waiting here in this process, for `benchmarks/`: the part of a run no faster code can save.
waited = 0.0


def now() -> float:
    """Seconds on the monotonic clock that all records of a run share."""
    return time.monotonic()


async def pause(seconds: float) -> None:
    """Let `seconds` pass while the event loop goes on serving sockets."""
    global waited
    waited += seconds
    await asyncio.sleep(seconds)


async def tick(seconds: float) -> None:
    """Let time pass for something in the background, such as a heartbeat, that no step waits for."""
    await asyncio.sleep(seconds)


async def until(holds: Callable[[], bool], *, within: float, every: float = 0.01) -> bool:
    """Wait until `holds()` is true, looking every `every` seconds.

    Args:
        holds: cheap, without side effects.
        within: the longest wait, in seconds.

    Returns:
        Whether it became true in time; the caller says what that means.
    """
    deadline = now() + within
    while not holds():
        if now() >= deadline:
            return False
        await pause(every)
    return True
