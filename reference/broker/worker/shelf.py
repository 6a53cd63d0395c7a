"""The queue as a worker uses it: an entry is always in Redis, in one place, whatever happens to who works on it.

It goes from the queue to the list of one slot of a worker, and from there either away, or to those that wait for
their next attempt. Workers hold leases on their slots; what a worker held when its lease ended goes back to the queue.
"""

import json
from typing import Any

from reference.broker.redis import LEASES, QUEUE, RETRIES, client

#: Seconds that a slot waits for an entry until it looks whether it is still wanted.
_WAIT = 0.5

_NOW = "local t = redis.call('TIME'); local now = t[1] + t[2] / 1e6 "
#: Puts an entry off, unless others have taken it over: slot, retries; entry, the entry as it is to be then, seconds.
_POSTPONE = (
    _NOW
    + """
if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 1 then redis.call('ZADD', KEYS[2], now + ARGV[3], ARGV[2]) end"""
)
#: Brings back what is due: retries, queue.
_DUE = (
    _NOW
    + """
for _, entry in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  redis.call('ZREM', KEYS[1], entry)
  redis.call('LPUSH', KEYS[2], entry)
end"""
)
#: Renews leases: leases; seconds, slots. Then brings back what others held too long: the queue is the second key.
_LEASE = (
    _NOW
    + """
for i = 2, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[1], ARGV[i]) end
local taken = 0
for _, slot in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now)) do
  while redis.call('LMOVE', slot, KEYS[2], 'RIGHT', 'RIGHT') do taken = taken + 1 end
  redis.call('ZREM', KEYS[1], slot)
end
return taken"""
)
#: Gives slots up: leases, queue; slots.
_RETURN = """
for _, slot in ipairs(ARGV) do
  while redis.call('LMOVE', slot, KEYS[2], 'RIGHT', 'RIGHT') do end
  redis.call('ZREM', KEYS[1], slot)
end"""


class Shelf:
    """Entries for one worker. Everything raises one of `LOST` while Redis is away.

    Args:
        url: where Redis is.
        patience: seconds for any answer.
        worker: name of the worker.
        slots: how many entries it works on at once.
    """

    def __init__(self, url: str, patience: float, worker: str, slots: int) -> None:
        self.redis = client(url, patience + _WAIT)
        self.slots = [f"{QUEUE}:processing:{worker}:{number}" for number in range(slots)]

    async def take(self, slot: str) -> str | None:
        """The next entry for a slot: what it still holds, for instance from before a restart; else one of the queue.

        Returns:
            None if there was nothing for a while.
        """
        held = await self.redis.lindex(slot, -1)
        entry = held or await self.redis.blmove(QUEUE, slot, _WAIT, "RIGHT", "LEFT")
        return str(entry) if entry else None

    async def done(self, slot: str, entry: str) -> None:
        """Take an entry away for good."""
        await self.redis.lrem(slot, 1, entry)

    async def postpone(self, slot: str, entry: str, later: str, seconds: float) -> None:
        """Let an entry wait, to come back into the queue as it is `later`."""
        await self.redis.eval(_POSTPONE, 2, slot, RETRIES, entry, later, seconds)

    async def bring_back(self) -> None:
        """Put all that has waited long enough back into the queue."""
        await self.redis.eval(_DUE, 2, RETRIES, QUEUE)

    async def renew(self, lease: float) -> int:
        """Hold on to the own slots, and put what workers hold who let their leases end back into the queue.

        Args:
            lease: seconds from now.

        Returns:
            How many entries that were.
        """
        return int(await self.redis.eval(_LEASE, 2, LEASES, QUEUE, lease, *self.slots))

    async def give_up(self) -> None:
        """Put what the own slots still hold back into the queue."""
        await self.redis.eval(_RETURN, 2, LEASES, QUEUE, *self.slots)

    async def close(self) -> None:
        """Give the connections up."""
        await self.redis.aclose()


def parsed(entry: str) -> dict[str, Any] | None:
    """What an entry says, None if it is no message."""
    try:
        message = json.loads(entry)
    except ValueError:
        return None
    sound = isinstance(message, dict) and isinstance(message.get("message_id"), str)
    return message if sound and isinstance(message.get("attempt_count", 0), int) else None
