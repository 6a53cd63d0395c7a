"""Durations, of which only percentiles are asked for: an HdrHistogram of three significant digits."""

from collections import Counter
from typing import Any

from hdrh.histogram import HdrHistogram

_MICROSECONDS = 1_000_000
_LONGEST = 3600  # seconds; HdrHistogram drops what is beyond without a word
_DIGITS = 3


class Durations:
    """How long things took, in seconds. Mergeable, and small however many there are.

    Args:
        encoded: what `encoded` gave, in this process or another.
    """

    def __init__(self, encoded: bytes | None = None) -> None:
        self._sorted: Any = HdrHistogram(1, _LONGEST * _MICROSECONDS, _DIGITS)
        self._new: Counter[int] = Counter()  # to count is cheap, to sort into a histogram is not: only when asked
        if encoded is not None:
            self._sorted.decode_and_add(encoded)

    def __reduce__(self) -> tuple[type["Durations"], tuple[bytes]]:
        return Durations, (self.encoded(),)

    def record(self, seconds: float) -> None:
        """Add one; what is longer than an hour counts as an hour."""
        self._new[min(max(round(seconds * _MICROSECONDS), 1), _LONGEST * _MICROSECONDS)] += 1

    def merge(self, other: "Durations") -> None:
        """Add all of another."""
        self._histogram.add(other._histogram)

    def encoded(self) -> bytes:
        """All of it, to be carried between processes."""
        return bytes(self._histogram.encode())

    @property
    def _histogram(self) -> Any:
        """All of it, sorted in."""
        for microseconds, times in self._new.items():
            self._sorted.record_value(microseconds, times)
        self._new.clear()
        return self._sorted

    @property
    def count(self) -> int:
        return int(self._histogram.get_total_count())

    @property
    def mean(self) -> float:
        return float(self._histogram.get_mean_value()) / _MICROSECONDS if self.count else 0.0

    @property
    def longest(self) -> float:
        return float(self._histogram.get_max_value()) / _MICROSECONDS if self.count else 0.0

    def percentile(self, percent: float) -> float:
        """What so many per cent did not exceed, in seconds; 0 if there is nothing."""
        return float(self._histogram.get_value_at_percentile(percent)) / _MICROSECONDS if self.count else 0.0

    def __str__(self) -> str:
        figures = ", ".join(f"p{percent:g} {self.percentile(percent) * 1000:.1f} ms" for percent in (50, 95, 99))
        return f"{self.count}: mean {self.mean * 1000:.1f} ms, {figures}, longest {self.longest * 1000:.1f} ms"
