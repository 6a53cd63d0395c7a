"""How far an exploration is, in one line, and what came of it."""

import math

from support.core import clock
from support.core.tools.progress import Line
from support.verification.exploration.discoveries import Discoveries


class ExplorationProgress:
    """One line that is rewritten on a terminal.

    Args:
        seconds: after which no further walk is begun; None if walks alone count.
    """

    def __init__(self, seconds: float | None) -> None:
        self._seconds = seconds
        self._began = clock.now()
        self._line: Line | None = None

    def look(self, found: Discoveries) -> None:
        """The system is up, or a walk has been played."""
        if self._line is None:
            self._line = Line("exploring: the system is up")
            self._began = clock.now()
        else:
            self._line.show(self._words(found))

    def end(self, found: Discoveries) -> None:
        """It is over."""
        if self._line:
            self._line.end(self._words(found))

    def _words(self, found: Discoveries) -> str:
        tally, took = found.tally, clock.now() - self._began
        rate = tally.moves / took if took else 0.0
        parts = [
            f"{tally.walks} walks, {tally.moves} moves, {rate:.1f} a second",
            f"{len(tally.kinds)} of {found.kinds} kinds, {len(tally.pairs)} of {found.kinds**2} pairs",
            f"{len(found.counterexamples)} found" + (f", {len(found.flaky_walks)} flaky" if found.flaky_walks else ""),
            "making it shorter" if found.shrinking else self._left(found, took),
        ]
        return "; ".join(parts)

    def _left(self, found: Discoveries, took: float) -> str:
        by_walks = (found.walks - found.tally.walks) * took / found.tally.walks if found.tally.walks else math.inf
        left = min(by_walks, self._seconds - took if self._seconds is not None else math.inf)
        return f"{max(left, 0):.0f} s left" if math.isfinite(left) else "beginning"
