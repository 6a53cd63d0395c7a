"""The generator: it does things when they are due, waits for none of them, and measures each from its due moment."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from support.core import clock
from support.drivers.capabilities import Rejected
from support.drivers.clients.http import Unreachable
from support.load.arrival_rate import Pace
from support.load.measurement import Measurement
from support.load.partition import Part

#: The shortest sleep: less would spin a whole core.
TICK = 0.001


@dataclass(frozen=True)
class Iteration:
    """One thing to do: its number in the plan, and when it is due on `clock.now()`."""

    number: int
    due: float


#: What a virtual user does in a turn; done when it is answered. What it raises counts as a failure, what it returns,
#: unless that is None, is kept.
Action = Callable[[Iteration], Awaitable[Any]]


async def open_model(pace: Pace, action: Action, *, drain: float, part: Part | None = None) -> Measurement:
    """Do things at the pace of a plan, however long the answers take.

    Args:
        pace: when they are due.
        action: what to do; several are under way at once.
        drain: seconds to wait, after the last one, for answers.
        part: which of several generators this is, and where the figures go; the only one, from now on, if None.
    """
    part = part or Part()
    measured = part.measured
    measured.seconds = pace.seconds
    under_way: set[asyncio.Task[None]] = set()
    try:
        for index, moment in enumerate(pace.times(part.number, part.of)):
            iteration = Iteration(part.number + index * part.of, part.begin + moment)
            measured.planned += 1
            await _until(iteration.due)
            task = asyncio.create_task(_take(iteration, moment, action, measured))
            under_way.add(task)
            task.add_done_callback(under_way.discard)
        if under_way:
            await asyncio.wait(under_way, timeout=drain)
        measured.unanswered = len(under_way)
    finally:
        await _end(under_way)
    return measured


async def closed_model(
    users: Iterable[Action], *, seconds: float, think: float, part: Part | None = None
) -> Measurement:
    """Let each user do one thing after the other: wait for the answer, think, go on.

    Args:
        users: what each of them does.
        seconds: after which no user begins anew.
        think: seconds between an answer and the next thing.
        part: when they begin, and where the figures go; now if None.
    """
    part = part or Part()
    measured, began = part.measured, part.begin
    measured.seconds = seconds

    async def one(action: Action) -> None:
        due = began
        while due < began + seconds:
            measured.planned += 1
            await _until(due)
            await _take(Iteration(measured.planned - 1, due), due - began, action, measured)
            due = clock.now() + think

    await asyncio.gather(*map(one, users))
    return measured


async def _take(iteration: Iteration, moment: float, action: Action, measured: Measurement) -> None:
    measured.lateness.record(clock.now() - iteration.due)
    try:
        outcome = await action(iteration)
    except Unreachable as silence:
        measured.failures[str(silence)] += 1
        measured.unknown += 1
    except (Rejected, AssertionError) as trouble:
        measured.failures[str(trouble)] += 1
    except Exception as trouble:  # an answer that a driver cannot read is a failure like any other
        measured.failures[f"{type(trouble).__name__}: {trouble}"] += 1
    else:
        measured.answered(moment, clock.now() - iteration.due)
        measured.kept += [] if outcome is None else [outcome]


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
