"""Messages for users who are not there, cached in Redis until they come."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reference.chat.redis import Redis
from reference.kit.parts import part

#: The Redis hash of cached messages: recipient -> JSON list, oldest first.
HASH = "pending_conversations"
# In one piece on the server, and without decoding: what is cached comes out as it went in.
_APPEND = """
local cached = redis.call('HGET', KEYS[1], ARGV[1])
local list = cached and cached:sub(1, -2) .. ',' .. ARGV[2] .. ']' or '[' .. ARGV[2] .. ']'
return redis.call('HSET', KEYS[1], ARGV[1], list)
"""


@dataclass(frozen=True)
class Message:
    """What one user says to another. The content may be any JSON."""

    sender: str
    recipient: str
    room: str
    content: Any


@part
class Mailbox:
    """Cached messages, by recipient."""

    redis: Redis  # where they are cached

    async def append(self, message: Message) -> None:
        """Cache a message after those already there. Raises `Unavailable`."""
        item = {"sender": message.sender, "content": message.content, "conversation_room": message.room}
        await self.redis.run("EVAL", _APPEND, 1, HASH, message.recipient, json.dumps(item))

    async def read(self, recipient: str) -> Sequence[Message]:
        """What is cached for a user, oldest first. Raises `Unavailable`."""
        cached = json.loads(await self.redis.run("HGET", HASH, recipient) or "[]")
        return [Message(item["sender"], recipient, item["conversation_room"], item["content"]) for item in cached]

    async def remove(self, recipient: str) -> None:
        """Forget what is cached for a user. Raises `Unavailable`."""
        await self.redis.run("HDEL", HASH, recipient)
