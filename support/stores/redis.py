"""A read-only look into Redis, for what a document specifies at rest."""

from redis.asyncio import Redis


class RedisStore:
    """One Redis database.

    Args:
        url: such as "redis://127.0.0.1:6379/0".
    """

    def __init__(self, url: str) -> None:
        self._redis = Redis.from_url(url, decode_responses=True)

    async def hash_field(self, name: str, field: str) -> str | None:
        """One field of a hash, None if there is no such field."""
        value = await self._redis.hget(name, field)
        return None if value is None else str(value)

    async def close(self) -> None:
        await self._redis.aclose()
