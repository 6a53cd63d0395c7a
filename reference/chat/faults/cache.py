"""Faults in what is cached for users who are offline (STP 3.5)."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from reference.chat.delivery import Delivery
from reference.chat.faults import seed
from reference.chat.mailbox import HASH, Mailbox, Message


@seed("forgets-cached", "does not keep a message for a user who is offline", "STP-3.5 STP-3.5.1")
class ForgetsCached(Mailbox):
    async def append(self, message: Message) -> None:
        pass


@seed("keeps-last-cached-only", "keeps only the last message for a user who is offline", "STP-3.5")
class KeepsLastCachedOnly(Mailbox):
    async def append(self, message: Message) -> None:
        await self.remove(message.recipient)
        await super().append(message)


@seed("caches-ten-at-most", "keeps no more than ten messages for a user who is offline", "STP-3.5")
class CachesTenAtMost(Mailbox):
    async def append(self, message: Message) -> None:
        if len(await self.read(message.recipient)) < 10:
            await super().append(message)


@seed("replays-each-twice", "delivers each cached message twice", "STP-3.5 STP-3.5.1")
class ReplaysEachTwice(Delivery):
    async def replay(self, cached: list[Message]) -> None:
        await super().replay([message for message in cached for _ in range(2)])


@seed("never-clears-cache", "delivers cached messages again whenever their recipient comes online", "STP-3.5")
class NeverClearsCache(Mailbox):
    async def remove(self, recipient: str) -> None:
        pass


@seed("replays-backwards", "delivers cached messages with the newest first", "STP-3.5 STP-6.4")
class ReplaysBackwards(Delivery):
    async def replay(self, cached: list[Message]) -> None:
        await super().replay(cached[::-1])


@seed("replays-to-wrong-user", "delivers what is cached for one user to the next who comes online", "STP-3.5")
class ReplaysToWrongUser(Mailbox):
    async def read(self, recipient: str) -> Sequence[Message]:
        own = await super().read(recipient)
        others = [name for name in await self.redis.run("HKEYS", HASH) if name != recipient]
        strays = [stray for name in others for stray in await super(ReplaysToWrongUser, self).read(name)]
        return [*own, *(replace(stray, recipient=recipient) for stray in strays)]


@seed("replays-in-wrong-name", "delivers cached messages in the name of their recipient", "STP-3.5 STP-3.5.1")
class ReplaysInWrongName(Delivery):
    async def replay(self, cached: list[Message]) -> None:
        await super().replay([replace(message, sender=message.recipient) for message in cached])


@seed("replays-after-newer", "delivers cached messages after newer ones", "STP-3.5.1")
class ReplaysAfterNewer(Delivery):
    async def replay(self, cached: list[Message]) -> None:
        late = super().replay
        asyncio.get_running_loop().call_later(0.4, lambda: asyncio.ensure_future(late(cached)))


@seed("loses-first-after-replay", "loses the first message that follows on cached ones", "STP-3.5.1")
class LosesFirstAfterReplay(Delivery):
    after_replay: ClassVar[set[str]] = set()

    async def replay(self, cached: list[Message]) -> None:
        await super().replay(cached)
        self.after_replay.add(cached[0].recipient)

    async def deliver(self, message: Message) -> None:
        if message.recipient not in self.after_replay:
            await super().deliver(message)
        else:
            self.after_replay.discard(message.recipient)


@seed("caches-texts-alone", "makes a text of all that it keeps for a user who is offline", "STP-X11")
class CachesTextsAlone(Mailbox):
    async def append(self, message: Message) -> None:
        await super().append(replace(message, content=str(message.content)))


@seed("caches-without-sender", "keeps no sender with a cached message", "STP-3.5")
class CachesWithoutSender(Mailbox):
    async def append(self, message: Message) -> None:
        await super().append(replace(message, sender=""))


@seed("empties-the-cache", "forgets what is cached for all users when one of them has got theirs", "STP-3.5")
class EmptiesTheCache(Mailbox):
    async def remove(self, recipient: str) -> None:
        await self.redis.run("DEL", HASH)


@seed("replays-sender-by-sender", "delivers cached messages of one sender after those of another", "STP-X14")
class ReplaysSenderBySender(Delivery):
    async def replay(self, cached: list[Message]) -> None:
        await super().replay(sorted(cached, key=lambda message: message.sender))
