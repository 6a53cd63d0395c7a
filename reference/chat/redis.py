"""Redis: a pool for the work, and the wire."""

from contextlib import suppress
from typing import Any

from redis.asyncio import Redis as Client
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from reference.chat.database import Database
from reference.chat.refusals import Unavailable


class Redis(Database):
    """The database of tokens and cached messages.

    Args:
        url: where it is.
        limit: seconds that it may take over anything.
    """

    name = "Redis"
    losses = (RedisConnectionError, RedisTimeoutError, OSError)

    def __init__(self, url: str, limit: float) -> None:
        super().__init__(limit)
        self._url = url
        self._pool: Any = None  # redis-py types only half of its client

    async def open(self) -> None:
        await self.close()
        # No retries: they would mend the wire in silence.
        self._pool = Client.from_url(self._url, decode_responses=True, retry=Retry(NoBackoff(), 0))
        await self.beat()
        subscription = self._pool.pubsub()
        await self.bounded(subscription.subscribe("nothing"))
        self.hang_on(self._listen(subscription))

    async def beat(self) -> None:
        await self.run("PING")

    async def close(self) -> None:
        await super().close()
        pool, self._pool = self._pool, None
        if pool is not None:
            with suppress(Unavailable):
                await self.bounded(pool.aclose())

    async def run(self, *command: Any) -> Any:
        """Run one command.

        Raises:
            Unavailable: the database is lost, or too slow.
        """
        if self._pool is None:
            raise Unavailable(self.name)
        return await self.bounded(self._pool.execute_command(*command))

    @staticmethod
    async def _listen(subscription: Any) -> None:
        while True:
            await subscription.get_message(timeout=None)
