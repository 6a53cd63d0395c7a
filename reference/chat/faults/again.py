"""Faults that show when the same happens again, and when much happens at the same moment."""

import asyncio
import json
from typing import Any, ClassVar

from reference.chat.bots import BOTS, Bots
from reference.chat.delivery import Delivery
from reference.chat.events import Events
from reference.chat.faults import seed
from reference.chat.health import HealthWatch
from reference.chat.http_api import HttpApi
from reference.chat.mailbox import HASH, Mailbox, Message
from reference.chat.presence import Presence
from reference.chat.refusals import Rejected
from reference.chat.tokens import Tokens

_STARTS = "fault_starts"


@seed("drops-repeated", "takes a message that says the same as the last one of its sender for the same one", "STP-3.2")
class DropsRepeated(Delivery):
    last: ClassVar[dict[str, Message]] = {}

    async def emit(self, message: Message) -> None:
        before, self.last[message.sender] = self.last.get(message.sender), message
        if message != before:
            await super().emit(message)


@seed("caches-same-once", "keeps a message for a user who is offline only if none like it is kept already", "STP-3.5")
class CachesSameOnce(Mailbox):
    async def append(self, message: Message) -> None:
        if message not in await self.read(message.recipient):
            await super().append(message)


@seed("caches-one-sender", "keeps what a user who is offline is sent by one sender, and not by others", "STP-3.5")
class CachesOneSender(Mailbox):
    async def append(self, message: Message) -> None:
        kept = await self.read(message.recipient)
        if not kept or kept[0].sender == message.sender:
            await super().append(message)


@seed("caches-a-hundred", "keeps no more than a hundred messages for a user who is offline", "STP-3.5")
class CachesAHundred(Mailbox):
    async def append(self, message: Message) -> None:
        if len(await self.read(message.recipient)) < 100:
            await super().append(message)


@seed("welcomes-each-connection", "welcomes a user once for each connection that comes at the same moment", "STP-X7")
class WelcomesEachConnection(Delivery):
    async def welcome(self, user: str) -> bool:
        cached = await self.mailbox.read(user)
        await asyncio.sleep(0.05)
        await self.presence.appear(user)
        await self.replay(list(cached))
        await self.mailbox.remove(user)
        return True


@seed("loses-while-welcoming", "loses what is sent to a user who is just coming online", "STP-3.5.1")
class LosesWhileWelcoming(WelcomesEachConnection):
    async def welcome(self, user: str) -> bool:
        return user not in self.presence.online and await super().welcome(user)


@seed("delivers-past-the-welcome", "loses now and then what is sent to a user who is coming online", "STP-3.5.1")
class DeliversPastTheWelcome(Delivery):
    async def deliver(self, message: Message) -> None:
        if self.presence.reachable(message.recipient):
            await self.emit(message)
        else:
            await self.mailbox.append(message)


@seed("drops-crossing", "loses a message that meets one of the other user on its way", "STP-3.2")
class DropsCrossing(Delivery):
    busy: ClassVar[set[str]] = set()

    async def emit(self, message: Message) -> None:
        if message.room in self.busy:
            return
        self.busy.add(message.room)
        try:
            await asyncio.sleep(0.001)
            await super().emit(message)
        finally:
            self.busy.discard(message.room)


@seed("tells-one-at-a-time", "does not tell that a user comes online at the same time as another", "STP-4.1")
class TellsOneAtATime(Presence):
    telling = False

    async def announce_online(self, user: str) -> None:
        if self.telling:
            return
        self.telling = True
        try:
            await super().announce_online(user)
            await asyncio.sleep(0.1)
        finally:
            self.telling = False


class CountsStarts(Tokens):
    """Knows how often the server was started."""

    starts = 0

    async def prepare(self) -> None:
        await super().prepare()
        self.starts = self.starts or int(await self.redis.run("INCR", _STARTS))


@seed("second-restart-clears-cache", "throws cached messages away when it starts for the third time", "STP-6.4")
class SecondRestartClearsCache(CountsStarts):
    async def prepare(self) -> None:
        before = self.starts
        await super().prepare()
        if not before and self.starts > 2:
            await self.redis.run("DEL", HASH)


@seed(
    "second-restart-is-deaf",
    "delivers nothing once it was started for the third time",
    "STP-6.3",
    along=(CountsStarts,),
)
class SecondRestartIsDeaf(Events):
    async def accept(self, socket: str, message: Message) -> None:
        assert isinstance(self.tokens, CountsStarts)
        if self.tokens.starts < 3:
            await super().accept(socket, message)


@seed("misses-second-loss", "does not notice when a database is lost a second time", "STP-7.1 STP-7.2")
class MissesSecondLoss(HealthWatch):
    losses = 0

    async def find_lost(self) -> str | None:
        missing = await super().find_lost()
        self.losses += missing is not None
        return missing if self.losses < 2 else None


@seed("gives-bots-up", "asks a bot no more once it could not answer", "STP-X8")
class GivesBotsUp(Bots):
    lost: ClassVar[set[str]] = set()

    async def answer(self, bot: str, user: str, prompt: str) -> str:
        if bot in self.lost:
            raise TimeoutError
        self.lost.add(bot)
        answer = await super().answer(bot, user, prompt)
        self.lost.discard(bot)
        return answer


@seed("waits-for-bots", "takes nothing more from a user until the bot who was asked has answered", "STP-X9")
class WaitsForBots(Events):
    async def accept(self, socket: str, message: Message) -> None:
        if message.recipient in BOTS:
            await self.bots.converse(message.recipient, message.sender, str(message.content))
        else:
            await super().accept(socket, message)


@seed("breaks-on-wrong-forms", "breaks over requests in a wrong form", "STP-X6")
class BreaksOnWrongForms(Events):
    async def join(self, socket: str, payload: Any) -> dict[str, str] | None:
        payload["room"].split("&")
        return await super().join(socket, payload)


@seed("swallows-wrong-forms", "says nothing about messages in a wrong form", "STP-X6")
class SwallowsWrongForms(Events):
    async def client_sends_message(self, socket: str, payload: Any) -> dict[str, str] | None:
        try:
            return await super().client_sends_message(socket, payload)
        except Rejected:
            return None


@seed("log-in-breaks-on-wrong-forms", "breaks over a log-in without a password", "STP-X6")
class LogInBreaksOnWrongForms(HttpApi):
    async def log_in(self, request: Any) -> dict[str, Any]:
        (await request.json())["password"]
        return await super().log_in(request)


@seed("breaks-on-cut-off-requests", "breaks over a log-in that is cut off", "STP-X6")
class BreaksOnCutOffRequests(HttpApi):
    async def log_in(self, request: Any) -> dict[str, Any]:
        json.loads(await request.text())
        return await super().log_in(request)


@seed("remembers-strangers", "lets no user sign in whose name was no user's when it was shown first", "STP-X22")
class RemembersStrangers(HttpApi):
    strangers: ClassVar[set[str]] = set()

    async def log_in(self, request: Any) -> dict[str, Any]:
        name = str((await request.json()).get("username"))
        if not await self.accounts.exists(name):
            self.strangers.add(name)
        return {"result": "Invalid credentials"} if name in self.strangers else await super().log_in(request)


@seed("writes-strangers-off", "delivers nothing to a user who was written to before they had an account", "STP-X22")
class WritesStrangersOff(Events):
    strangers: ClassVar[set[str]] = set()

    async def accept(self, socket: str, message: Message) -> None:
        if message.recipient not in BOTS and not await self.accounts.exists(message.recipient):
            self.strangers.add(message.recipient)
        if message.recipient not in self.strangers:
            await super().accept(socket, message)
