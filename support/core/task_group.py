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
    doors = asyncio.Semaphore(most)

    async def one(action: Callable[[], Awaitable[T]]) -> T:
        async with doors:
            return await action()

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(action)) for action in actions]
    except* Exception as failures:
        raise _first(failures) from None
    return [task.result() for task in tasks]


def _first(failures: BaseExceptionGroup[Exception]) -> Exception:
    first = failures.exceptions[0]
    return _first(first) if isinstance(first, BaseExceptionGroup) else first
