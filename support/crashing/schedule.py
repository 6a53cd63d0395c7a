"""What befalls which process when: drawn from a seed, so that a schedule that has shown something can be played again.

A schedule is drawn over the path that messages take, not only over time. A process has a message in its hands for a few
milliseconds, so a kill at any moment seldom meets one. Therefore every second schedule fills the hands of what stands
at one place of the path, before it dies.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass

#: The processes on the path of messages, place by place; those at one place do the same.
Path = Sequence[Sequence[str]]

#: Seconds, from and to: a place hangs and messages pile up before it; it takes them up, and the next one hangs.
PILING_UP, IN_HAND = (0.1, 0.4), (0.05, 0.3)
#: Seconds between the two deaths at most. The next one dies as well, for if it went on, it would still do what it was
#: told: later, and what was in hand is lost, or sooner, and it is what was to be tried again.
APART = 0.15


@dataclass(frozen=True)
class Moment:
    """What befalls a process: "hangs", "goes on", "is killed" or "is started", `at` so many seconds after the start."""

    at: float
    what: str


@dataclass(frozen=True)
class Ordeal:
    """All that befalls one process, in order."""

    process: str
    moments: tuple[Moment, ...]

    def __str__(self) -> str:
        return f"{self.process} " + ", ".join(f"{moment.what} at {moment.at:.3f} s" for moment in self.moments)


def drawn(seed: int, path: Path, seconds: float, longest: float) -> list[Ordeal]:
    """One to three crashes of different processes, or the crash of a place that has its hands full.

    Args:
        seed: the same seed draws the same schedule.
        path: what may crash.
        seconds: how long messages flow; what crashes does so by then, or just after if its hands are full.
        longest: seconds that an outage may last.
    """
    dice = random.Random(seed)
    if len(path) > 1 and dice.random() < 0.5:
        return _with_hands_full(dice, path, seconds, longest)
    processes = sorted(process for place in path for process in place)
    chosen = dice.sample(processes, k=dice.randint(1, min(3, len(processes))))
    return [Ordeal(process, _killed(dice, dice.uniform(0, seconds), longest)) for process in chosen]


def _with_hands_full(dice: random.Random, path: Path, seconds: float, longest: float) -> list[Ordeal]:
    index = dice.randrange(len(path) - 1)
    full, next_one = path[index], path[index + 1]
    hangs = dice.uniform(0, seconds - PILING_UP[1])
    takes_up = hangs + dice.uniform(*PILING_UP)
    dies = takes_up + dice.uniform(*IN_HAND)
    filling = (Moment(hangs, "hangs"), Moment(takes_up, "goes on"))
    dying = [Ordeal(process, filling + _killed(dice, dies, longest)) for process in full]
    blocking = (Moment(takes_up, "hangs"),)
    follows = max(takes_up, dies + dice.uniform(-APART, APART))
    return dying + [Ordeal(process, blocking + _killed(dice, follows, longest)) for process in next_one]


def _killed(dice: random.Random, at: float, longest: float) -> tuple[Moment, ...]:
    return Moment(at, "is killed"), Moment(at + dice.uniform(0, longest), "is started")
