"""The circuit breaker: what fails again and again is not asked for a while, so that no request waits for it in vain."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from reference.threads.refusals import Unavailable

#: So many failures open it if each has kept a request waiting in vain, however many quick ones it bears.
_HANGS = 2


class Breaker:
    """Closed while all is well; open after failures in a row; after the cool-down one attempt decides.

    Args:
        failures: that open it.
        cooldown: seconds until an attempt is let through.
    """

    def __init__(self, failures: int, cooldown: float) -> None:
        self._limit = failures
        self.cooldown = cooldown
        self.failures = self.hangs = 0
        self.opened: float | None = None
        self._attempting = False

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """One attempt, which must say itself how it ended.

        Raises:
            Unavailable: none is let through now.
        """
        if self.opened is not None:
            if self._attempting or not self.cooled():
                raise Unavailable(self.cooldown)
            self._attempting = True
        try:
            yield
        finally:
            self._attempting = False

    def cooled(self) -> bool:
        """Whether it has been open for long enough."""
        return self.opened is not None and time.monotonic() - self.opened >= self.cooldown

    def succeeded(self) -> None:
        """An attempt has worked: all is well."""
        self.failures = self.hangs = 0
        self.opened = None

    def failed(self, *, hung: bool = False) -> None:
        """An attempt has failed; it took so long that no request should wait for it often if it `hung`."""
        self.failures += 1
        self.hangs += hung
        if self.failures >= self._limit or self.hangs >= _HANGS:
            self.trip()

    def trip(self) -> None:
        """Open at once."""
        self.opened = time.monotonic()
