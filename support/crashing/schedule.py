"""What crashes when: drawn from a seed, so that a schedule that has shown something can be played again."""

import random
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Crash:
    """A process is killed `at` so many seconds after the beginning, and started again after an `outage` of seconds."""

    process: str
    at: float
    outage: float

    def __str__(self) -> str:
        return f"{self.process} at {self.at:.3f} s for {self.outage:.3f} s"


def drawn(seed: int, processes: Sequence[str], seconds: float, longest: float) -> list[Crash]:
    """One to three crashes, of different processes.

    Args:
        seed: the same seed draws the same schedule.
        processes: what may crash.
        seconds: how long the messages flow.
        longest: seconds that an outage may last.
    """
    dice = random.Random(seed)
    chosen = dice.sample(sorted(processes), k=dice.randint(1, min(3, len(processes))))
    crashes = [Crash(process, dice.uniform(0, seconds), dice.uniform(0, longest)) for process in chosen]
    return sorted(crashes, key=lambda crash: crash.at)
