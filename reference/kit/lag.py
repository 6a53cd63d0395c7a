"""A slow but correct server: every answer and every event waits a random time, and each connection keeps its order."""

import asyncio
import random
import re
from collections import deque
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from reference.kit.duration import seconds


class Lag:
    """Random delays between two limits, the same again for the same seed.

    Args:
        least: seconds.
        most: seconds.
        seed: of the random numbers.
    """

    def __init__(self, least: float, most: float, seed: int) -> None:
        self._least = least
        self._most = most
        self._random = random.Random(seed)

    @classmethod
    def parse(cls, text: str, seed: int) -> "Lag":
        """From `0-300ms`.

        Raises:
            ValueError: it is no range of durations.
        """
        match = re.fullmatch(r"([\d.]+)-([\d.]+)(ms|s|)", text)
        if not match:
            raise ValueError(f"{text!r} is no range: write 0-300ms")
        least, most = (seconds(limit + match[3]) for limit in match.groups()[:2])
        if most < least:
            raise ValueError(f"{text!r}: the second limit must not be below the first")
        return cls(least, most, seed)

    def draw(self) -> float:
        """Seconds that the next answer or event waits."""
        return self._random.uniform(self._least, self._most)

    def queue(self) -> "LaggingQueue":
        """The outgoing queue of one connection."""
        return LaggingQueue(self)

    def middleware(self) -> Any:
        """For aiohttp: delays every HTTP answer. Socket.IO's requests wait in their queues instead."""

        @web.middleware
        async def delay(request: web.Request, handler: Handler) -> web.StreamResponse:
            answer = await handler(request)
            if not request.path.startswith("/socket.io"):
                await asyncio.sleep(self.draw())
            return answer

        return delay


class LaggingQueue(asyncio.Queue[Any]):
    """A queue that takes each item in only after its delay, and never before the item put ahead of it."""

    def __init__(self, lag: Lag) -> None:
        super().__init__()
        self._lag = lag
        self._due = 0.0
        self._on_their_way: deque[Any] = deque()

    async def put(self, item: Any) -> None:
        loop = asyncio.get_running_loop()
        self._due = max(loop.time() + self._lag.draw(), self._due)
        self._on_their_way.append(item)
        loop.call_at(self._due, self._take_in)

    def _take_in(self) -> None:
        """Take in the oldest that is on its way: timers of one moment may fire in any order."""
        self.put_nowait(self._on_their_way.popleft())
