"""Trying again, with a delay that doubles each time, and telling the user who waits for it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from reference.kit.parts import part
from reference.threads.breaker import Breaker
from reference.threads.refusals import Unavailable

log = logging.getLogger(__name__)

T = TypeVar("T")
#: The user on whose behalf something is done, None if that is not known yet.
on_behalf_of: ContextVar[str | None] = ContextVar("on_behalf_of", default=None)
#: What is being done, for people.
operation: ContextVar[str] = ContextVar("operation", default="start")


class Lost(Exception):  # noqa: N818 (the database is)
    """The database did not answer this time."""


class Hung(Lost):
    """It took so long that no request should wait for it often."""


@part
class Retries:
    """Runs work that may fail for a moment."""

    breaker: Breaker  # which stops it when nothing helps
    limit: int  # attempts after the first one
    delay: float  # seconds before the second attempt

    def __post_init__(self) -> None:
        #: Told who waits, and what there is to tell.
        self.listener: Callable[[str, dict[str, Any]], Awaitable[None]] | None = None

    async def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """The result of `work`, which raises `Lost` when the database is away and must bear being done twice.

        Raises:
            Unavailable: it did not work in time, or is not tried at present.
        """
        for retry in range(self.limit + 1):
            if retry:
                await self.pause(retry)
            try:
                return await self.once(work)
            except Lost as loss:
                log.warning("%s: attempt %d failed: %s", operation.get(), retry + 1, loss)
        raise Unavailable(self.breaker.cooldown)

    async def once(self, work: Callable[[], Awaitable[T]]) -> T:
        """One attempt. Raises `Lost`, `Unavailable`, or what `work` raises."""
        with self.breaker.attempt():
            try:
                result = await work()
            except Hung:
                self.breaker.failed(hung=True)
                raise
            except Lost:
                self.breaker.failed()
                raise
            except Exception:
                self.breaker.succeeded()  # it has answered, if only with an error
                raise
            self.breaker.succeeded()
            return result

    async def pause(self, retry: int) -> None:
        """Wait before a retry, counted from 1, and tell who waits for it."""
        if self.breaker.opened is not None:
            raise Unavailable(self.breaker.cooldown)
        delay = self.delay_before(retry)
        await self.tell(retry, delay)
        await asyncio.sleep(delay)

    def delay_before(self, retry: int) -> float:
        """Seconds to wait."""
        return float(self.delay * 2 ** (retry - 1))

    async def tell(self, retry: int, delay: float) -> None:
        """Tell the user on whose behalf we try again."""
        user = on_behalf_of.get()
        if user is not None and self.listener is not None:
            attempt = {
                "operation": operation.get(),
                "attempt": retry,
                "maxAttempts": self.limit,
                "delayMs": round(delay * 1000),
                "reason": "PostgreSQL does not answer",
            }
            await self.listener(user, attempt)
