"""What happens to which process when, drawn from a seed: a schedule that has shown something can be played again.

A schedule is drawn over the path that messages take, not only over time. A process has a message in its hands for a few
milliseconds, so a kill at any moment seldom meets one. Therefore most schedules fill the hands of what stands at one
place of the path, before it dies.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

#: The processes on the path of messages, place by place; those at one place do the same.
Path = Sequence[Sequence[str]]

#: The share of schedules that fill hands.
FULL = 0.6
#: Seconds, from and to: how long a place hangs while messages pile up before it, and lives when it has taken them up.
PILING_UP, IN_HAND = (0.2, 0.5), (0.25, 0.4)
#: Seconds that the next place hangs already when it does so.
BLOCKED = 0.05
#: Seconds between the two deaths, from and to. The next one dies as well, for if it went on, it would still do what it
#: has been told. A server that keeps messages in memory loses what is in hand if the next one dies later, and what
#: is to be tried again if it dies sooner.
APART = (0.1, 0.2)


@dataclass(frozen=True)
class CrashMoment:
    """What happens to a process: "hangs", "goes on", "is killed" or "is started", `at` seconds after the start."""

    at: float
    what: str


@dataclass(frozen=True)
class FaultTimeline:
    """All that happens to one process, in order."""

    process: str
    moments: tuple[CrashMoment, ...]

    def __str__(self) -> str:
        return f"{self.process} " + ", ".join(f"{moment.what} at {moment.at:.3f} s" for moment in self.moments)


def drawn(seed: int, path: Path, seconds: float, longest: float) -> list[FaultTimeline]:
    """One to three crashes of different processes, or the crash of a place that has its hands full.

    Args:
        seed: the same seed draws the same schedule.
        path: what may crash.
        seconds: how long messages flow; what crashes does so by then, or just after if its hands are full.
        longest: seconds that an outage may last.
    """
    dice = random.Random(seed)
    if len(path) > 1 and dice.random() < FULL:
        return _with_hands_full(dice, path, seconds, longest)
    processes = sorted(process for place in path for process in place)
    chosen = dice.sample(processes, k=dice.randint(1, min(3, len(processes))))
    return [FaultTimeline(process, _killed(dice, dice.uniform(0, seconds), longest)) for process in chosen]


def _with_hands_full(dice: random.Random, path: Path, seconds: float, longest: float) -> list[FaultTimeline]:
    index = dice.randrange(len(path) - 1)
    full, next_one = path[index], path[index + 1]
    hangs = dice.uniform(0, seconds - PILING_UP[1])
    takes_up = hangs + dice.uniform(*PILING_UP)
    dies = takes_up + dice.uniform(*IN_HAND)
    filling = (CrashMoment(hangs, "hangs"), CrashMoment(takes_up, "goes on"))
    dying = [FaultTimeline(process, filling + _killed(dice, dies, longest)) for process in full]
    blocking = (CrashMoment(takes_up - BLOCKED, "hangs"),)
    dies_too = dies + dice.choice((-1, 1)) * dice.uniform(*APART)
    return dying + [FaultTimeline(process, blocking + _killed(dice, dies_too, longest)) for process in next_one]


def _killed(dice: random.Random, at: float, longest: float) -> tuple[CrashMoment, ...]:
    return CrashMoment(at, "is killed"), CrashMoment(at + dice.uniform(0, longest), "is started")
