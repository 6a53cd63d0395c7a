"""How far an exploration is, in one line, and what came of it."""

import math

from support.core import clock
from support.core.tools.progress import Line
from support.verification.exploration.hunt import Hunt


class ExplorationProgress:
    """One line that is rewritten on a terminal.

    Args:
        kinds: how many kinds of moves the system allows.
        seconds: after which no further walk is begun; None if walks alone count.
    """

    def __init__(self, kinds: int, seconds: float | None) -> None:
        self._kinds = kinds
        self._seconds = seconds
        self._began = clock.now()
        self._line = Line("exploring: the system is up")

    def look(self, hunt: Hunt) -> None:
        """A walk has been played."""
        self._line.show(self._words(hunt))

    def end(self, hunt: Hunt) -> None:
        """It is over."""
        self._line.end(self._words(hunt))

    def _words(self, hunt: Hunt) -> str:
        tally, took = hunt.tally, clock.now() - self._began
        rate = tally.moves / took if took else 0.0
        parts = [
            f"{tally.walks} walks, {tally.moves} moves, {rate:.1f} a second",
            f"{len(tally.kinds)} of {self._kinds} kinds, {len(tally.pairs)} of {self._kinds**2} pairs",
            f"{len(hunt.quarries)} found" + (f", {len(hunt.flakes)} flaky" if hunt.flakes else ""),
            "making it shorter" if hunt.shrinking else self._left(hunt, took),
        ]
        return "; ".join(parts)

    def _left(self, hunt: Hunt, took: float) -> str:
        by_walks = (hunt.walks - hunt.tally.walks) * took / hunt.tally.walks if hunt.tally.walks else math.inf
        left = min(by_walks, self._seconds - took if self._seconds is not None else math.inf)
        return f"{max(left, 0):.0f} s left" if math.isfinite(left) else "beginning"
