"""The generator: it does things when they are due, waits for none of them, and measures each from its due moment."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from support import clock
from support.load.measurement import Measurement
from support.load.pace import Pace
from support.systems.capabilities import Refused
from support.transports.http import Unreachable

#: The shortest sleep: less would spin a whole core (notes/load.md, W2).
TICK = 0.001


@dataclass(frozen=True)
class Turn:
    """One thing to do: its number in the plan, and when it is due on `clock.now()`."""

    number: int
    due: float


#: What a virtual user does in a turn; done when it is answered. `Refused` and `Unreachable` count as failures.
Deed = Callable[[Turn], Awaitable[None]]


async def open_model(
    pace: Pace, deed: Deed, *, drain: float, part: int = 0, of: int = 1, begin: float | None = None
) -> Measurement:
    """Do things at the pace of a plan, however long the answers take.

    Args:
        pace: when they are due.
        deed: what to do; several are under way at once.
        drain: seconds to wait, after the last one, for answers.
        part: which of several generators this is.
        of: how many of them share the plan.
        begin: when the plan begins, on `clock.now()`; now if None.
    """
    measured, began = Measurement(seconds=pace.seconds), clock.now() if begin is None else begin
    under_way: set[asyncio.Task[None]] = set()
    try:
        for index, moment in enumerate(pace.times(part, of)):
            measured.planned += 1
            turn = Turn(part + index * of, began + moment)
            await _until(turn.due)
            task = asyncio.create_task(_take(turn, moment, deed, measured))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        if under_way:
            await asyncio.wait(under_way, timeout=drain)
        measured.unanswered = len(under_way)
    finally:
        await _end(under_way)
    return measured


async def closed_model(users: Iterable[Deed], *, seconds: float, think: float) -> Measurement:
    """Let each user do one thing after the other: wait for the answer, think, go on.

    Args:
        users: what each of them does.
        seconds: after which nobody begins anew.
        think: seconds between an answer and the next thing.
    """
    measured, began = Measurement(seconds=seconds), clock.now()

    async def one(deed: Deed) -> None:
        due = clock.now()
        while due < began + seconds:
            measured.planned += 1
            await _until(due)
            await _take(Turn(measured.planned - 1, due), due - began, deed, measured)
            due = clock.now() + think

    await asyncio.gather(*map(one, users))
    return measured


async def _take(turn: Turn, moment: float, deed: Deed, measured: Measurement) -> None:
    measured.lateness.record(clock.now() - turn.due)
    try:
        await deed(turn)
    except (Refused, Unreachable, AssertionError) as trouble:
        measured.failures[str(trouble)] += 1
    else:
        measured.answered(moment, clock.now() - turn.due)


async def _until(due: float) -> None:
    left = due - clock.now()
    if left > 0:
        await clock.pause(max(left, TICK))
    else:
        await clock.tick(0)  # behind the plan: let the answers in, and go on at once


async def _end(tasks: set[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
