"""Faults that show when the chat server is started again (STP 6)."""

from typing import ClassVar

from reference.chat.accounts import Accounts
from reference.chat.delivery import Delivery
from reference.chat.events import Events
from reference.chat.faults import seed
from reference.chat.http_api import HttpApi
from reference.chat.mailbox import HASH, Mailbox, Message
from reference.chat.sessions import Sessions
from reference.chat.tokens import HASH as TOKENS
from reference.chat.tokens import Tokens

_KEY = "fault_signing_key"


class RemembersOldUsers(Accounts):
    """Knows who existed when this process started."""

    old: frozenset[str] | None = None

    async def prepare(self) -> None:
        await super().prepare()
        if self.old is None:
            self.old = frozenset(await self.names())


@seed("tokens-survive-restart", "takes tokens from before a restart", "STP-6.1")
class TokensSurviveRestart(Tokens):
    async def prepare(self) -> None:
        kept = await self.redis.run("GET", _KEY)
        if kept:
            self.key = bytes.fromhex(kept)
        await self.redis.run("SET", _KEY, self.key.hex())


@seed("online-list-survives-restart", "lists users as online who were so before a restart", "STP-6.1")
class OnlineListSurvivesRestart(Sessions):
    async def prepare(self) -> None:
        before = await self.tokens.redis.run("HKEYS", TOKENS)
        await super().prepare()
        self.presence.online |= set(before)


@seed("restart-hides-users", "never lists users from before its start as online", "STP-6.2", along=(RemembersOldUsers,))
class RestartHidesUsers(HttpApi):
    async def online(self) -> list[str]:
        assert isinstance(self.accounts, RemembersOldUsers)
        return [user for user in await super().online() if user not in (self.accounts.old or ())]


@seed(
    "restart-loses-messages", "delivers nothing to users from before its start", "STP-6.3", along=(RemembersOldUsers,)
)
class RestartLosesMessages(Events):
    async def accept(self, socket: str, message: Message) -> None:
        assert isinstance(self.accounts, RemembersOldUsers)
        if message.recipient not in (self.accounts.old or ()):
            await super().accept(socket, message)


@seed("caches-in-memory", "keeps cached messages in its own memory", "STP-6.4 STP-3.5")
class CachesInMemory(Mailbox):
    cached: ClassVar[dict[str, list[Message]]] = {}

    async def append(self, message: Message) -> None:
        self.cached.setdefault(message.recipient, []).append(message)

    async def read(self, recipient: str) -> list[Message]:
        return self.cached.pop(recipient, [])


@seed("restart-clears-cache", "throws cached messages away when it starts", "STP-6.4")
class RestartClearsCache(Tokens):
    started = False

    async def prepare(self) -> None:
        await super().prepare()
        if not self.started:
            await self.redis.run("DEL", HASH)
        self.started = True


@seed("restart-loses-last-cached", "throws the last cached message of each user away when it starts", "STP-6.4")
class RestartLosesLastCached(Sessions):
    started = False

    async def prepare(self) -> None:
        await super().prepare()
        if not self.started:
            await self.drop_last(self.delivery)
        self.started = True

    async def drop_last(self, delivery: Delivery) -> None:
        for user in await delivery.mailbox.redis.run("HKEYS", HASH):
            kept = list(await delivery.mailbox.read(user))[:-1]
            await delivery.mailbox.remove(user)
            for message in kept:
                await delivery.mailbox.append(message)
