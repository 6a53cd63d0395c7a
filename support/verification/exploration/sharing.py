"""An exploration in several processes: each has a system of its own and plays its share of the walks.

A walk waits far more than it computes, most of all where answers take long; so several are played beside each other.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkProcess
from types import FrameType

from support.core.errors import EarshotError, EnvironmentFailure, SuiteError
from support.environments.embedded import process_supervision
from support.verification.exploration.discoveries import Discoveries, together
from support.verification.exploration.exploration import Exploration

#: What lies between the seeds of two shares: more than any seed that is chosen by lot.
_APART = 1_000_000


@dataclass(frozen=True)
class _Word:
    """What the process of a share says: how far it is; and at its end, whether it was interrupted, or went wrong."""

    discoveries: Discoveries | None
    over: bool = False
    interrupted: bool = False
    error: EarshotError | None = None


@dataclass
class _Walker:
    process: ForkProcess
    words: Connection
    last: _Word = field(default_factory=lambda: _Word(None))
    ended: bool = False
    """Whether it was told to end, because it need not go on."""

    def hear(self) -> None:
        """Take the next word; a process that has ended without a last one has died."""
        try:
            self.last = self.words.recv()
        except EOFError:
            trouble = SuiteError("explore: one of its processes died; what it had found is lost")
            self.last = replace(self.last, over=True, error=trouble)

    def interrupt(self) -> None:
        if self.process.pid and self.process.is_alive():
            with suppress(ProcessLookupError):
                os.kill(self.process.pid, signal.SIGINT)


def play(asked: Exploration, jobs: int) -> None:
    """Explore in several processes; what they find is in the `discoveries` of what is asked.

    Args:
        asked: the whole; the first share has its seed, so one job finds what one process would find.
        jobs: how many processes.

    Raises:
        EarshotError: see `Exploration.play`; what was found until then is there all the same.
    """
    from support.execution import preloaded  # noqa: F401 - read once, before the processes are forked

    begun = [_begun(part) for part in shares(asked, jobs)]
    _follow(asked, begun)
    for share in begun:
        share.process.join()
    troubles = [share.last.error for share in begun if share.last.error]
    if troubles and not asked.interrupted:
        raise troubles[0]


def shares(asked: Exploration, jobs: int) -> list[Exploration]:
    """What each process is to play."""
    count = min(jobs, asked.walks)
    parts = [asked.walks // count + (number < asked.walks % count) for number in range(count)]
    return [
        replace(asked, walks=walks, seed=asked.seed + _APART * number, alone=count == 1)
        for number, walks in enumerate(parts)
    ]


def needless(parts: Sequence[Discoveries | None], most: int) -> list[bool]:
    """Which shares need not go on: once as much is found as is told, those that have found nothing.

    Args:
        parts: what each has come to; None of one that has not begun to walk.
        most: findings that are told.
    """
    known = [part for part in parts if part]
    enough = bool(known) and len(together(known, most).counterexamples) >= most
    return [enough and part is not None and not part.counterexamples and not part.shrinking for part in parts]


def _begun(part: Exploration) -> _Walker:
    hears, says = multiprocessing.Pipe(duplex=False)
    dies = process_supervision.mortal(signal.SIGTERM)
    process = multiprocessing.get_context("fork").Process(target=_explore, args=(part, says, dies))
    process.start()
    says.close()
    return _Walker(process, hears)


def _explore(part: Exploration, says: Connection, dies: Callable[[], None] | None) -> None:
    """In the process of a share. Ctrl-C is for the process that has started it, and comes by way of that."""
    if dies:
        dies()
    os.setpgid(0, 0)
    process_supervision.interrupt_on_termination()

    def note(number: int, frame: FrameType | None) -> None:  # what is raised outside of `play` would have no hearer
        part.interrupted = True

    signal.signal(signal.SIGINT, note)
    part.look = lambda discoveries: says.send(_Word(discoveries))
    error: EarshotError | None = None
    try:
        part.play()
    except EnvironmentFailure as failure:  # as one of its family: not all can be taken apart and put together again
        error = EnvironmentFailure(str(failure))
    except Exception as failure:
        told = str(failure) if isinstance(failure, EarshotError) else f"{type(failure).__name__}: {failure}"
        error = SuiteError(told)
    with suppress(BrokenPipeError):
        says.send(_Word(part.discoveries, True, part.interrupted, error))
    says.close()


def _follow(asked: Exploration, begun: Sequence[_Walker]) -> None:
    """Hear what the shares say until all are over. Ctrl-C, trouble with one, or enough found ends the others."""
    ended = False
    while under_way := [share for share in begun if not share.last.over]:
        try:
            ready = wait([share.words for share in under_way])
            for share in under_way:
                if share.words in ready:
                    share.hear()
            if known := [share.last.discoveries for share in begun if share.last.discoveries]:
                asked.discoveries = together(known, asked.most)
                asked.look(asked.discoveries)
            _end_needless(asked, under_way, begun)
        except KeyboardInterrupt:
            asked.interrupted = True
        if not ended and (asked.interrupted or any(share.last.error for share in begun)):
            ended = True
            for share in begun:
                share.interrupt()
    asked.interrupted |= not ended and any(share.last.interrupted and not share.ended for share in begun)


def _end_needless(asked: Exploration, under_way: Sequence[_Walker], begun: Sequence[_Walker]) -> None:
    for share, is_needless in zip(begun, needless([one.last.discoveries for one in begun], asked.most), strict=True):
        if is_needless and share in under_way and not share.ended:
            share.ended = True
            share.interrupt()
