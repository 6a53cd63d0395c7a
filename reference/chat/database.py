"""What PostgreSQL and Redis have in common: they may be lost at any moment, and no request may hang on them."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from reference.chat.refusals import Unavailable
from reference.kit.patience import NoAnswerError, patiently

T = TypeVar("T")


class Database:
    """A database that may be lost and come back.

    One idle connection, the wire, breaks as soon as the server goes: so a loss shows at once, however short it was. A
    server that hangs does not break it; that is what `beat` is for.

    Args:
        limit: seconds that it may take over anything.
    """

    name: str
    #: Exceptions of its client library that mean it is lost.
    losses: tuple[type[Exception], ...]

    def __init__(self, limit: float) -> None:
        self._limit = limit
        #: Called whenever a loss was felt.
        self.in_doubt: Callable[[], None] = lambda: None
        self._wire: asyncio.Task[None] | None = None

    async def open(self) -> None:
        """Connect afresh, dropping what was open before. Raises `Unavailable`."""
        raise NotImplementedError

    async def beat(self) -> None:
        """See that it answers. Raises `Unavailable` if not."""
        raise NotImplementedError

    @property
    def broken(self) -> bool:
        """Whether the server has gone since `open`."""
        return self._wire is not None and self._wire.done()

    async def close(self) -> None:
        """Drop all connections, also dead ones."""
        if self._wire is not None:
            self._wire.cancel()
            self._wire = None

    def hang_on(self, wire: Coroutine[Any, Any, None]) -> None:
        """Take `wire`, which ends or raises when its connection breaks, for the wire."""
        self._wire = asyncio.create_task(self._until_gone(wire))
        self._wire.add_done_callback(lambda task: None if task.cancelled() else self.in_doubt())

    async def bounded(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for `work`, up to the limit.

        Raises:
            Unavailable: the database is lost, or too slow.
        """
        lost: tuple[type[Exception], ...] = (NoAnswerError, *self.losses)
        try:
            return await patiently(work, self._limit)
        except lost as error:
            self.in_doubt()
            raise Unavailable(self.name) from error

    async def _until_gone(self, wire: Coroutine[Any, Any, None]) -> None:
        try:
            await wire
        except self.losses:
            return
