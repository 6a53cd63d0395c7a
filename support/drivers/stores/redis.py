"""A read-only look into Redis, for what a document specifies at rest."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from redis.asyncio import Redis
from redis.asyncio.client import Monitor
from redis.asyncio.retry import Retry
from redis.backoff import ConstantBackoff

from support.drivers.kit.read_only import let_through


class RedisStore:
    """One Redis database.

    Args:
        url: such as "redis://127.0.0.1:6379/0".
    """

    def __init__(self, url: str) -> None:
        # a restart of the server is none of our business: the next look opens a connection of its own
        patience = Retry(ConstantBackoff(0.05), 3)
        self._url = url
        # uvloop says RuntimeError of a connection that was reset while nothing was asked
        self._client = Redis.from_url(url, decode_responses=True, retry=patience, retry_on_error=[RuntimeError])

    @property
    def _redis(self) -> Redis:
        """The connection, for a look: no method here sends a command that changes anything."""
        let_through(self._url, "look into Redis", changes=False)
        return self._client

    async def hash_field(self, name: str, field: str) -> str | None:
        """One field of a hash, None if there is no such field."""
        value = await self._redis.hget(name, field)
        return None if value is None else str(value)

    async def answers(self) -> bool:
        """Whether it answers.

        Raises:
            redis.RedisError: it cannot be reached.
        """
        return bool(await self._redis.ping())

    async def sizes(self, prefix: str) -> dict[str, int]:
        """How much each key holds whose name begins like this: a list, a set, a sorted set or a hash."""
        redis = self._redis
        count = {"list": redis.llen, "hash": redis.hlen, "zset": redis.zcard, "set": redis.scard}
        found = {}
        async for name in redis.scan_iter(f"{prefix}*"):
            kind = await redis.type(name)
            if kind in count:
                found[str(name)] = int(await count[kind](name))
        return found

    @asynccontextmanager
    async def overheard(self) -> AsyncIterator[list[str]]:
        """All commands that anybody gives it from now on, while this lasts.

        Raises:
            redis.RedisError: it does not let us listen.
        """
        commands: list[str] = []
        async with self._redis.monitor() as monitor:
            listening = asyncio.create_task(_listen(monitor, commands))
            try:
                yield commands
            finally:
                listening.cancel()
                await asyncio.wait([listening])

    async def close(self) -> None:
        await self._client.aclose()


async def _listen(monitor: Monitor, commands: list[str]) -> None:
    async for command in monitor.listen():
        commands.append(str(command["command"]))
