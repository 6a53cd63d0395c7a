"""Keep-alive: who has given no sign of life for too long."""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager


class KeepAlive:
    """The last sign of life of each user who has been online.

    Args:
        limit: seconds of silence that end a session.
        interval: seconds between two sweeps.
    """

    def __init__(self, limit: float, interval: float) -> None:
        self.limit = limit
        self._interval = interval
        self._last: dict[str, float] = {}
        self._busy: Counter[str] = Counter()
        self._read: dict[str, float] = {}
        self._grace = limit / 4

    def start(self, user: str) -> None:
        """Watch a user from now on."""
        self._last[user] = time.monotonic()

    def signal(self, user: str) -> None:
        """A sign of life; means nothing for a user who is not watched."""
        if user in self._last:
            self._last[user] = time.monotonic()

    @contextmanager
    def reading(self, user: str) -> Iterator[None]:
        """Something else of a user is being handled: no sign of life, but signs of life may be waiting behind it."""
        self._busy[user] += 1
        try:
            yield
        finally:
            self._busy[user] -= 1
            self._read[user] = time.monotonic()

    def stop(self, user: str) -> None:
        """Watch a user no more."""
        self._last.pop(user, None)

    def stop_all(self) -> None:
        """Watch no user."""
        self._last.clear()

    def forgive(self, asleep: float) -> None:
        """Count no user's silence while this server stood still itself: it would not have heard a sign of life."""
        if asleep > self._grace:
            self._last = {user: last + asleep for user, last in self._last.items()}

    def silent(self) -> list[str]:
        """Users who have been silent for longer than the limit, with nothing of theirs waiting to be read."""
        now = time.monotonic()
        late = [user for user, last in self._last.items() if now - last > self.limit]
        return [user for user in late if not self._busy[user] and now - self._read.get(user, 0.0) > self._grace]

    async def run(self, on_silent: Callable[[str], Awaitable[None]]) -> None:
        """Sweep again and again, for ever; `on_silent` ends a session and must not raise."""
        while True:
            began = time.monotonic()
            await asyncio.sleep(self._interval)
            self.forgive(time.monotonic() - began - self._interval)
            for user in self.silent():
                await on_silent(user)
