"""Rooms that are being entered, which takes the deployed server seconds (contracts/chat.md, section 7)."""

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any


class Joins:
    """What one client has asked to enter and has no answer to yet, whether or not anybody still waits for that.

    Args:
        within: seconds after which no answer comes any more.
    """

    def __init__(self, within: float) -> None:
        self._within = within
        self._under_way: set[asyncio.Task[None]] = set()

    async def all(self, joins: Iterable[Coroutine[Any, Any, None]]) -> None:
        """Enter rooms, all at the same time; who is stopped in this leaves them under way.

        Raises:
            Exception: what the first that failed has raised.
        """
        tasks = [asyncio.ensure_future(join) for join in joins]
        for task in tasks:
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)
        done = await asyncio.shield(asyncio.gather(*tasks, return_exceptions=True))
        for failure in filter(None, done):
            raise failure

    async def are_answered(self) -> None:
        """Wait for what is under way: a user who signs out before that is brought online by it afterwards."""
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=self._within)
