"""Keeping below a server's limit of requests, by what its answers say of it."""

import asyncio
import math
from collections import deque
from collections.abc import Awaitable, Callable

from support.core import clock
from support.drivers.clients.http import TOO_MANY_REQUESTS, Answer

#: Seconds between two looks whether one of the requests that are under way has been answered.
_LOOK = 0.02
#: How often a request is made again that came too soon.
_AGAIN = 4
#: What one of several processes leaves of a limit to the others, as its share, and for how long it believes an answer.
_OTHERS, _FRESH = 0.4, 1.0
#: How many requests of ours a server may have counted that were not made by a limit: whether it serves, and the like.
_UNCOUNTED = 5


class RequestLimit:
    """One limit of a server, such as a hundred sign-ins a minute.

    A server tells how many requests may be made at all by `X-RateLimit-Limit`, how many are left by
    `X-RateLimit-Remaining`, and how long its window of time still lasts, in seconds, by `X-RateLimit-Reset`; one that
    was asked too often says by `Retry-After` when to ask again (RFC 9110, 10.2.3).

    Some servers forget all requests at the end of a window (fixed), others forget each one when it is as old as a
    window (sliding), and both answer alike. Two things are certain with either: as many requests as are left may be
    made, and one that was answered a window ago counts no more. So the wait ends with the first of the two.

    Several processes behind one address share its limit, and none knows how much of what is left the others will take;
    a server may turn all of them away for a whole window if it is asked too often. So each keeps to its part, and goes
    beyond only while an answer that has just come leaves most of theirs to the others. Processes that have addresses of
    their own may be one to a server all the same, behind a proxy: it then counts more than ours.

    Args:
        patience: seconds to wait for it at most, at a time; 0 for not at all.
        processes: how many share the limit.
        beside: how many would share it if the server did not tell their addresses apart.
    """

    def __init__(self, patience: float, processes: int = 1, beside: int = 1) -> None:
        self._patience = patience
        self._apart, self._processes, self._beside = processes, processes, max(processes, beside)
        self._most = self._left = 0
        self._window = self._opens_at = 0.0
        self._made = self._told = 0
        """How many requests were made, and the number of the last one whose answer says what is left."""
        self._told_at = 0.0
        self._under_way = 0
        self._answered: deque[float] = deque()
        """When those were answered that may still count, whatever window the server has told so far."""
        self._turn = asyncio.Lock()

    async def kept(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask once the limit lets it; where others have used it up meanwhile, again after the time it names.

        Others are further processes of a run, behind the same address: they wait for the same moment, and may be first.

        Args:
            ask: makes the request.

        Returns:
            The last answer, which may still be that there were too many requests.
        """
        answer = await self._in_turn(ask)
        for _ in range(_AGAIN if self._patience else 0):
            if answer.status != TOO_MANY_REQUESTS:
                break
            answer = await self._in_turn(ask)
        return answer

    async def _in_turn(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask when there is room; the very first asks alone, and learns the limit for all."""
        async with self._turn:
            await self.rest(1)
            if not self._told:
                return await self.tried(ask)
            number = self._begin()
        return await self._finish(number, ask)

    async def tried(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask at once, whatever the limit says."""
        return await self._finish(self._begin(), ask)

    def _begin(self) -> int:
        self._made, self._under_way = self._made + 1, self._under_way + 1
        return self._made

    async def _finish(self, number: int, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        try:
            answer = await ask()
        finally:  # without an answer, too, it may have been counted
            self._under_way -= 1
            self._answered.append(clock.now())
        if answer.status == TOO_MANY_REQUESTS:
            self._opens_at = clock.now() + (self._patience if answer.retry_after is None else answer.retry_after)
        self._learn(number, answer)
        return answer

    def _learn(self, number: int, answer: Answer) -> None:
        """Note what an answer says of the limit; one that says nothing was not counted, or there is no limit."""
        says = "X-RateLimit-Remaining" in answer.headers or answer.status == TOO_MANY_REQUESTS
        if number > self._told and (says or not self._most):
            # of several at once, the last to be asked is the last to be counted
            self._told, self._told_at = number, clock.now()
            self._left = int(_number(answer, "X-RateLimit-Remaining", otherwise=0))
        self._most = int(_number(answer, "X-RateLimit-Limit", otherwise=self._most))
        self._window = max(self._window, _number(answer, "X-RateLimit-Reset", otherwise=self._patience))
        if says:
            others = self._most - self._left - len(self._answered) - self._under_way > _UNCOUNTED
            self._processes = self._beside if others else self._apart

    async def rest(self, count: int) -> None:
        """Wait until so many requests may be made at once, or as many as ever may."""
        count, latest = min(count, max(self._most // self._processes, 1)), clock.now() + self._patience
        while self._free() < count and (left := latest - clock.now()) > 0:
            await clock.pause(min(left, max(self._next() - clock.now(), _LOOK)))

    def _free(self) -> int:
        """How many requests may be made at once, as far as is certain."""
        now = clock.now()
        while self._answered and self._answered[0] + max(self._window, self._patience) <= now:
            self._answered.popleft()
        if now < self._opens_at:
            return 0
        if not self._most:
            return 1
        own = max(self._most // self._processes, 1) - self._under_way - len(self._counting(now))
        told = self._left - (self._made - self._told)
        if self._processes == 1:
            return max(own, told)
        if now - self._told_at > _FRESH:
            return own
        return max(min(own, told), (told - math.ceil(self._most * _OTHERS)) // self._processes)

    def _next(self) -> float:
        """When there may be room for one more."""
        expiries = [at + self._window for at in self._counting(clock.now())[:1]]
        return max([self._opens_at, *expiries])

    def _counting(self, now: float) -> list[float]:
        """When those were answered that still count by the longest window that the server has told."""
        return [at for at in self._answered if at + self._window > now]


def _number(answer: Answer, header: str, *, otherwise: float) -> float:
    """The number that a header names; `otherwise` if it names none."""
    told = answer.headers.get(header, "")
    return float(told) if told.isdigit() else otherwise
