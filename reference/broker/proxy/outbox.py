"""What the proxies have accepted, in Redis: first kept apart, then, once the main server knows it, in the queue."""

import json
from typing import Any

from reference.broker.redis import LOST, QUEUE, REFUSED, UNREGISTERED, client

Entry = dict[str, Any]

#: Moves an entry to the queue, unless another proxy has done so. Answers how many are in the queue.
_RELEASE = """
if redis.call('HDEL', KEYS[1], ARGV[1]) == 1 then redis.call('LPUSH', KEYS[2], ARGV[2]) end
return redis.call('LLEN', KEYS[2])"""
_REFUSE = """
if redis.call('HDEL', KEYS[1], ARGV[1]) == 1 then redis.call('HSET', KEYS[2], ARGV[1], ARGV[2]) end"""


class Outbox:
    """Keeps accepted messages until a worker can have them. Everything raises one of `LOST` while Redis is away.

    Args:
        url: where Redis is.
        patience: seconds for any answer.
    """

    def __init__(self, url: str, patience: float) -> None:
        self.redis = client(url, patience)

    async def keep(self, entry: Entry) -> None:
        """Keep a message that the main server does not know yet."""
        await self.redis.hset(UNREGISTERED, entry["message_id"], json.dumps(entry))

    async def release(self, entry: Entry) -> int:
        """Put a message into the queue, now that the main server knows it. Returns the length of the queue."""
        return int(await self.redis.eval(_RELEASE, 2, UNREGISTERED, QUEUE, entry["message_id"], json.dumps(entry)))

    async def drop(self, entry: Entry) -> None:
        """Forget a message that is not accepted after all."""
        await self.redis.hdel(UNREGISTERED, entry["message_id"])

    async def set_aside(self, entry: Entry) -> None:
        """Keep a message for people to look at, which was accepted and can never be registered."""
        await self.redis.eval(_REFUSE, 2, UNREGISTERED, REFUSED, entry["message_id"], json.dumps(entry))

    async def unregistered(self) -> list[Entry]:
        """All that the main server does not know yet, the oldest first."""
        kept = await self.redis.hvals(UNREGISTERED)
        return sorted(map(json.loads, kept), key=lambda entry: str(entry["queued_at"]))

    async def length(self) -> int:
        """How many messages wait for a worker."""
        return int(await self.redis.llen(QUEUE))

    async def healthy(self) -> bool:
        """Whether Redis answers."""
        try:
            return bool(await self.redis.ping())
        except LOST:
            return False

    async def close(self) -> None:
        """Give the connections up."""
        await self.redis.aclose()
