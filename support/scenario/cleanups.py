"""What a scenario has begun, and stops, closes or puts back at its end."""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

Cleanup = Callable[[], Awaitable[None]]


class Cleanups:
    """Of one scenario."""

    def __init__(self) -> None:
        self._cleanups: list[Cleanup] = []
        self._tasks: list[asyncio.Task[None]] = []

    def add(self, cleanup: Cleanup) -> None:
        """Have something closed or put back when the scenario ends, last come first served."""
        self._cleanups.append(cleanup)

    def start_background(self, doing: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Go on with something in the background until the scenario ends."""
        task = asyncio.ensure_future(doing)
        self._tasks.append(task)
        return task

    async def run(self, first: Cleanup) -> None:
        """Stop what goes on, and call each cleanup once, `first` before all others, even if one before it fails."""
        for task in self._tasks:
            task.cancel()
        async with contextlib.AsyncExitStack() as last_first:
            for cleanup in (*self._cleanups, first):
                last_first.push_async_callback(cleanup)
            self._cleanups = []
