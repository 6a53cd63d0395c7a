"""How often a user may do something: the two ways in which the contracts count, both in memory."""

import time

from reference.kit.parts import part


@part
class Bucket:
    """A bucket of tokens for each: doing it takes one, and time puts them back."""

    per_minute: float  # how often in the long run
    burst: int  # how often at once

    def __post_init__(self) -> None:
        self._buckets: dict[str, tuple[float, float]] = {}

    def count(self, who: str) -> bool:
        """Count one more; whether that is not too many."""
        now = time.monotonic()
        tokens, since = self._buckets.get(who, (float(self.burst), now))
        tokens = min(self.burst, tokens + (now - since) * self.per_minute / 60)
        self._buckets[who] = (max(tokens - 1, 0), now) if tokens >= 1 else (tokens, now)
        return tokens >= 1


@part
class Window:
    """So many in a window, which begins anew for everybody at once."""

    most: int
    window: float  # seconds

    def __post_init__(self) -> None:
        self._counts: dict[object, int] = {}
        self._began = time.monotonic()

    def count(self, who: object) -> bool:
        """Count one more; whether that is not too many."""
        if self.left() <= 0:
            self._counts.clear()
            self._began = time.monotonic()
        self._counts[who] = self._counts.get(who, 0) + 1
        return self._counts[who] <= self.most

    def left(self) -> float:
        """Seconds until the next window."""
        return self._began + self.window - time.monotonic()
