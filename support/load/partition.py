"""One generator's part of a load, and what it needs to play it: here, in another process, or on another machine."""

import gc
from collections.abc import Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, contextmanager
from dataclasses import dataclass, field
from typing import Protocol

from support.core import clock
from support.load.measurement import Measurement


@dataclass
class Part:
    """Which part of a load it is, and what it has measured so far.

    Args:
        number: from 0.
        of: how many parts there are.
        begin: when the plan begins, on `clock.now()`.
    """

    number: int = 0
    of: int = 1
    begin: float = field(default_factory=clock.now)
    measured: Measurement = field(default_factory=Measurement)


#: Plays a part to its end; what it measures stands in the part meanwhile, so that a load can be cut short.
Play = Callable[[Part], Awaitable[None]]


class Share(Protocol):
    """What each generator plays. It has to be picklable: an instance of a module's class."""

    def aboard(self, number: int, of: int) -> AbstractAsyncContextManager[Play]:
        """Get ready, for as long as the load lasts: connect the users of this part. The plan begins afterwards."""


@dataclass
class LoadProgress:
    """How far a load is, no matter what plays it.

    `parts` holds, for each generator that is elsewhere, how many things it has sent and the 99th percentile of its
    answers in seconds.
    """

    began: float | None = None
    """When the plan began, on `clock.now()`; None before."""
    parts: dict[int, tuple[int, float]] = field(default_factory=dict)
    measured: Measurement = field(default_factory=Measurement)
    """What was measured: all of it at the end, and what there is if the load was cut short."""

    @property
    def sent(self) -> int:
        return sum(sent for sent, _ in self._parts)

    @property
    def p99(self) -> float:
        """Of the slowest generator, in seconds."""
        return max(p99 for _, p99 in self._parts)

    @property
    def _parts(self) -> list[tuple[int, float]]:
        return list(self.parts.values()) or [figures(self.measured)]


def figures(measured: Measurement) -> tuple[int, float]:
    """What the progress holds of one generator."""
    return measured.sent, measured.answers.percentile(99)


async def play_here(share: Share, so_far: LoadProgress) -> None:
    """Play a whole load in this process, on this loop."""
    async with share.aboard(0, 1) as play:
        with _old_garbage_left():
            part = Part(measured=so_far.measured)
            so_far.began = part.begin
            await play(part)


@contextmanager
def _old_garbage_left() -> Iterator[None]:
    """Have the garbage collector pass over what earlier scenarios left: it would take so long that the load is late."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
