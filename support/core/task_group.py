"""Several things at the same time, of which none goes on when one has failed."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import TypeVar

T = TypeVar("T")


async def abreast(actions: Iterable[Callable[[], Awaitable[T]]], most: int = 1_000_000) -> list[T]:
    """Do things at the same time, and wait for all of them.

    The first that fails ends the others: what goes on behind a scenario that has ended keeps the system busy, and the
    next scenarios pay for it.

    Args:
        actions: begin one each.
        most: how many of them at a time.

    Returns:
        What each of them gave, in their order.

    Raises:
        Exception: what the first that failed has raised.
    """
    slots = asyncio.Semaphore(most)

    async def one(action: Callable[[], Awaitable[T]]) -> T:
        async with slots:
            return await action()

    tasks = [asyncio.ensure_future(one(action)) for action in actions]
    try:
        if tasks:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:  # no TaskGroup: in Python 3.11.2 a task that has waited for one that failed counts as cancelled ever after
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    failures = [task.exception() for task in tasks if not task.cancelled()]
    for failure in filter(None, failures):
        raise failure
    return [task.result() for task in tasks]
