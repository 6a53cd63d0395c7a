"""What is waited for on a live connection, which may end before it has come."""

import asyncio
from collections.abc import Awaitable
from typing import TypeVar

from support.drivers.capabilities import ConnectionEnded, Rejected, Unreachable

T = TypeVar("T")


class Answers:
    """Waits for answers on a connection. All that is waited for ends with it.

    Args:
        address: of the server, for the words of a failure.
        patience: seconds to wait for each answer.
    """

    def __init__(self, address: str, patience: float) -> None:
        self._address, self._patience = address, patience
        self._end: asyncio.Future[None]

    def begin(self) -> None:
        """A connection is about to be opened."""
        self._end = asyncio.get_running_loop().create_future()

    def end(self, said: object = "", refusal: Rejected | None = None) -> None:
        """There is no connection, or none any more; those who wait are told, and those who ask later.

        Args:
            said: why, in words.
            refusal: what it means if the server has said no; `ConnectionEnded` if None.
        """
        if not self._end.done():
            nothing = f"{self._address} has no connection with this client{f': {said}' if said else ''}"
            self._end.set_exception(refusal or ConnectionEnded(nothing))
            self._end.exception()  # heard, though none may wait

    async def wait_for(self, asked: Awaitable[T], what: str) -> T:
        """The answer to what was asked.

        Args:
            asked: brings it, or raises a refusal.
            what: was asked, in words.

        Raises:
            Unreachable: it does not come in time.
            ConnectionEnded: there is no connection before it has come; `Rejected` if `end` was told of a refusal.
        """
        answer: asyncio.Future[T] = asyncio.ensure_future(asked)
        try:
            await asyncio.wait((answer, self._end), timeout=self._patience, return_when=asyncio.FIRST_COMPLETED)
            if answer.done():
                return answer.result()
            if self._end.done():
                self._end.result()
        finally:
            answer.cancel()
        raise Unreachable(f"{self._address} does not answer ({what})")
