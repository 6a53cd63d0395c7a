"""A look at the queue between the proxies and the workers."""

from contextlib import suppress

from reference.broker.redis import LOST, QUEUE, client


class Queue:
    """The Redis list of messages that wait for a worker.

    Args:
        url: where Redis is.
        patience: seconds for any answer.
    """

    def __init__(self, url: str, patience: float) -> None:
        self._redis = client(url, patience)

    async def length(self) -> int | None:
        """How many messages wait; None while Redis is away."""
        with suppress(*LOST):
            return int(await self._redis.llen(QUEUE))
        return None

    async def close(self) -> None:
        """Give the connections up."""
        await self._redis.aclose()
