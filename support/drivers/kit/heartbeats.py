"""The signs of life that a client gives, again and again."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress

from support.core import clock
from support.drivers.capabilities import Rejected, Unreachable


class Heartbeats:
    """Gives signs of life in one's own name, and in others' where a scenario wants that, until one is not taken.

    Args:
        give: gives one in the name of a login; false once there is no connection.
    """

    def __init__(self, give: Callable[[str], Awaitable[bool]]) -> None:
        self._give = give
        self._beating: dict[str, asyncio.Task[None]] = {}

    def beat_every(self, seconds: float, login: str) -> None:
        """Give a sign now, and again every `seconds`, in place of the rhythm before."""
        if login in self._beating:
            self._beating.pop(login).cancel()
        self._beating[login] = asyncio.create_task(self._beat(seconds, login))

    def stop(self) -> None:
        """Give no more signs, in no name."""
        while self._beating:
            self._beating.popitem()[1].cancel()

    @property
    def beating(self) -> tuple[tuple[str, object], ...]:
        """In whose names signs are given; it stays the same as long as that does."""
        return tuple(self._beating.items())

    async def _beat(self, seconds: float, login: str) -> None:
        with suppress(Rejected, Unreachable):
            while await self._give(login):
                await clock.tick(seconds)
