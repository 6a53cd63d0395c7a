"""When things are due: the plan of an open model, fixed before the run and followed no matter who waits."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from math import isfinite, sqrt

from support.core.errors import SuiteError


@dataclass(frozen=True)
class Phase:
    """A stretch of a plan.

    Args:
        seconds: how long it lasts.
        rate: things due each second, at its beginning.
        until: the same at its end, where the rate grows or falls evenly; by default it stays.

    Raises:
        SuiteError: nothing would ever be due.
    """

    seconds: float
    rate: float
    until: float | None = None

    def __post_init__(self) -> None:
        sound = all(isfinite(figure) and figure >= 0 for figure in (self.seconds, self.rate, self._end))
        if not sound or self.count == 0:
            planned = f"{self.rate:g} a second for {self.seconds:g} s"
            raise SuiteError(f"load: {planned} plans nothing: give a rate and a duration above zero")

    @property
    def count(self) -> int:
        """How many things are due in it."""
        return round(self.seconds * (self.rate + self._end) / 2)

    @property
    def _end(self) -> float:
        return self.rate if self.until is None else self.until

    def times(self) -> Iterator[float]:
        """The moments, in seconds from its beginning."""
        growth = (self._end - self.rate) / self.seconds
        for number in range(self.count):
            if growth:
                # n things are due by t where n = rate * t + growth * t² / 2
                yield (sqrt(max(self.rate**2 + 2 * growth * number, 0.0)) - self.rate) / growth
            else:
                yield number / self.rate


@dataclass(frozen=True)
class Pace:
    """Phases, one after the other."""

    phases: tuple[Phase, ...]

    @classmethod
    def constant(cls, rate: float, seconds: float) -> "Pace":
        """So many a second, evenly."""
        return cls((Phase(seconds, rate),))

    @property
    def seconds(self) -> float:
        return sum(phase.seconds for phase in self.phases)

    @property
    def count(self) -> int:
        return sum(phase.count for phase in self.phases)

    def times(self, part: int = 0, of: int = 1) -> Iterator[float]:
        """The moments, in seconds from the beginning; of several generators, those that are this part's."""
        return islice(self._all(), part, None, of)

    def _all(self) -> Iterator[float]:
        before = 0.0
        for phase in self.phases:
            for moment in phase.times():
                yield before + moment
            before += phase.seconds
