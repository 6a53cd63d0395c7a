"""The only place that lets time pass. Everything else names the time it waits for."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")

#: In which uvloop counts: it may wake a waiter a little early.
_MILLISECOND = 0.001

#: Of the time that was waited: how long until the next look.
_SHARE = 0.1

#: Seconds spent waiting here in this process, for `benchmarks/`: the part of a run no faster code can save.
waited = 0.0


def now() -> float:
    """Seconds on the monotonic clock that all records of a run share."""
    return time.monotonic()


async def pause(seconds: float) -> None:
    """Let `seconds` pass while the event loop goes on serving sockets."""
    global waited
    waited += seconds
    await tick(seconds)


async def tick(seconds: float) -> None:
    """Let time pass for something in the background, such as a heartbeat, that no step waits for."""
    due = now() + seconds
    await asyncio.sleep(seconds)
    while (left := due - now()) > 0:  # noqa: ASYNC110 - no state is polled: time itself is waited for
        await asyncio.sleep(max(left, _MILLISECOND))


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


async def seen(
    look: Callable[[], Awaitable[T]], holds: Callable[[T], bool], *, within: float, every: float = 0.03
) -> T:
    """Look until what is seen holds; the longer that takes, the less often, for a look may be a request.

    Args:
        look: at something that takes its time, without side effects.
        holds: whether it is as awaited.
        within: the longest wait, in seconds.
        every: seconds between two looks, at first; later a tenth of what has been waited.

    Returns:
        What was seen last, whether or not it holds.
    """
    began = now()
    while True:
        found = await look()
        took = now() - began
        if holds(found) or took > within:
            return found
        await pause(max(every, min(_SHARE * took, within - took)))
