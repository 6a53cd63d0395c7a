"""How far an exploration is, in one line, and what came of it."""

import math

from support.core import clock
from support.core.tools.progress import Line
from support.verification.exploration.explorer import Explorer


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

    def look(self, explorer: Explorer) -> None:
        """A walk has been played."""
        self._line.show(self._words(explorer))

    def end(self, explorer: Explorer) -> None:
        """It is over."""
        self._line.end(self._words(explorer))

    def _words(self, explorer: Explorer) -> str:
        tally, took = explorer.tally, clock.now() - self._began
        rate = tally.moves / took if took else 0.0
        parts = [
            f"{tally.walks} walks, {tally.moves} moves, {rate:.1f} a second",
            f"{len(tally.kinds)} of {self._kinds} kinds, {len(tally.pairs)} of {self._kinds**2} pairs",
            f"{len(explorer.counterexamples)} found"
            + (f", {len(explorer.flaky_walks)} flaky" if explorer.flaky_walks else ""),
            "making it shorter" if explorer.shrinking else self._left(explorer, took),
        ]
        return "; ".join(parts)

    def _left(self, explorer: Explorer, took: float) -> str:
        by_walks = (
            (explorer.walks - explorer.tally.walks) * took / explorer.tally.walks if explorer.tally.walks else math.inf
        )
        left = min(by_walks, self._seconds - took if self._seconds is not None else math.inf)
        return f"{max(left, 0):.0f} s left" if math.isfinite(left) else "beginning"
