"""How much one may ask for: counts in fixed windows, kept in memory."""

import time

from reference.kit.parts import part
from reference.threads.refusals import Rejected


@part
class Limit:
    """So many of something a window."""

    most: int  # in a window
    window: float  # seconds

    def __post_init__(self) -> None:
        self._counts: dict[object, int] = {}
        self._began = time.monotonic()

    def take(self, who: object) -> None:
        """Count one more. Raises `Rejected` if that is too many."""
        now = time.monotonic()
        if now - self._began >= self.window:
            self._counts.clear()
            self._began = now
        self._counts[who] = self._counts.get(who, 0) + 1
        if self._counts[who] > self.most:
            raise Rejected(429, "Too Many Requests", retry_after=self._began + self.window - now)
