"""Keeping below a server's limit of requests, by what its answers say of it."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import nullcontext

from support.core import clock
from support.drivers.clients.http import Answer

TOO_MANY_REQUESTS = 429
#: Requests that are left when people begin to ask one by one: as many as may be under way at the same time.
_CLOSE = 8


class RequestLimit:
    """One limit of a server, such as a hundred sign-ins a minute.

    A server tells how many requests may be made at all by `X-RateLimit-Limit`, how many are left by
    `X-RateLimit-Remaining`, and when there will be more, in seconds, by `X-RateLimit-Reset`; one that was asked too
    often says by `Retry-After` when to ask again (RFC 9110, 10.2.3).

    Args:
        patience: seconds to wait for it at most, at a time; 0 for not at all.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._most = self._left = 0
        self._fresh_at = 0.0
        self._one_by_one = asyncio.Lock()

    async def kept(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask once the limit lets it; where others have used it up meanwhile, once more after the time it names.

        Close to a limit people ask one by one: who asks once too often is often shut out for a whole window.

        Args:
            ask: makes the request.

        Returns:
            The last answer, which may still be that there were too many requests.
        """
        async with self._one_by_one if self._patience and self._left <= _CLOSE else nullcontext():
            await self.rest(1)
            answer = await self.tried(ask)
        if answer.status == TOO_MANY_REQUESTS:
            await self._wait(self._fresh_at - clock.now())
            answer = await self.tried(ask)
        return answer

    async def tried(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask at once, whatever the limit says."""
        answer = await ask()
        if answer.status == TOO_MANY_REQUESTS:
            self._left = 0
            self._fresh_at = clock.now() + _number(answer, "Retry-After", otherwise=self._patience)
        elif "X-RateLimit-Remaining" in answer.headers:
            self._most = int(_number(answer, "X-RateLimit-Limit", otherwise=0))
            self._left = int(_number(answer, "X-RateLimit-Remaining", otherwise=0))
            self._fresh_at = clock.now() + _number(answer, "X-RateLimit-Reset", otherwise=self._patience)
        return answer

    async def rest(self, count: int) -> None:
        """Wait until so many requests may be made at once, or as many as ever may."""
        if self._left < min(count, max(self._most, 1)):
            await self._wait(self._fresh_at - clock.now())

    async def _wait(self, seconds: float) -> None:
        if seconds > 0 and self._patience:
            await clock.pause(min(seconds, self._patience))


def _number(answer: Answer, header: str, *, otherwise: float) -> float:
    """The number that a header names; `otherwise` if it names none."""
    told = answer.headers.get(header, "")
    return float(told) if told.isdigit() else otherwise
