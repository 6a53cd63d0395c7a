"""Waiting for a peer without holding one's own sleep against it."""

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")

#: Looks that a wait consists of.
LOOKS = 10


class NoAnswerError(Exception):
    """A peer was silent for as long as it may be."""


async def patiently(work: Awaitable[T], limit: float) -> T:
    """Wait for `work`, in looks of a tenth of the limit.

    When this process does not get its turn, or the whole machine stands still, that costs one look: only a peer that is
    silent while we listen is silent.

    Args:
        work: what is waited for; cancelled when its time is over, and no longer waited for.
        limit: seconds it may take.

    Raises:
        NoAnswerError: it was not done in time.
    """
    task = asyncio.ensure_future(work)
    try:
        for _ in range(LOOKS):
            # Not asyncio.timeout: it waits for the cancellation, over which psycopg takes 10 s when the server hangs.
            done, _pending = await asyncio.wait({task}, timeout=limit / LOOKS)
            if done:
                return task.result()
    finally:
        task.cancel()
        task.add_done_callback(_ignore)
    raise NoAnswerError(f"no answer in {limit:g} s")


def _ignore(task: asyncio.Future[Any]) -> None:
    if not task.cancelled():
        task.exception()
