"""Keeping below a server's limit of requests, by what its answers say of it."""

from collections.abc import Awaitable, Callable

from support import clock
from support.transports.http import Answer

_TOO_MANY_REQUESTS = 429


class RequestLimit:
    """One limit of a server, such as a hundred sign-ins a minute.

    A server tells how many requests are left by `X-RateLimit-Remaining`, and when there will be more, in seconds, by
    `X-RateLimit-Reset`; one that was asked too often says by `Retry-After` when to ask again (RFC 9110, 10.2.3).

    Args:
        patience: seconds to wait for it at most, at a time; 0 for not at all.
    """

    def __init__(self, patience: float) -> None:
        self._patience = patience
        self._free_at = 0.0

    async def kept(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask once the limit lets it; where others have used it up meanwhile, once more after the time it names.

        Args:
            ask: makes the request.

        Returns:
            The last answer, which may still be that there were too many requests.
        """
        await self._wait(self._free_at - clock.now())
        answer = await ask()
        if answer.status == _TOO_MANY_REQUESTS:
            await self._wait(_seconds(answer, "Retry-After", otherwise=self._patience))
            answer = await ask()
        if answer.headers.get("X-RateLimit-Remaining") == "0":
            self._free_at = clock.now() + _seconds(answer, "X-RateLimit-Reset", otherwise=self._patience)
        return answer

    async def _wait(self, seconds: float) -> None:
        if seconds > 0 and self._patience:
            await clock.pause(min(seconds, self._patience))


def _seconds(answer: Answer, header: str, *, otherwise: float) -> float:
    """The number of seconds that a header names; `otherwise` if it names none."""
    told = answer.headers.get(header, "")
    return float(told) if told.isdigit() else otherwise
