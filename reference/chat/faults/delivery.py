"""Faults in the delivery of messages between users (STP 3)."""

import asyncio
from collections import Counter
from dataclasses import replace
from typing import Any, ClassVar

from reference.chat.delivery import Delivery
from reference.chat.events import ADMIN, Events
from reference.chat.faults import seed
from reference.chat.mailbox import Message


def event(message: Message) -> dict[str, Any]:
    """What a client hears of a message."""
    return {"sender": message.sender, "content": message.content}


@seed("delivers-to-everyone", "delivers every message to all who are connected", "STP-3.3")
class DeliversToEveryone(Delivery):
    async def emit(self, message: Message) -> None:
        await super().emit(message)
        for user in self.sockets.users() - {message.sender, message.recipient}:
            await self.sockets.tell_user(user, "received_message", event(message))


@seed("delivers-to-contacts", "delivers a message also to the last other user whom its sender wrote to", "STP-3.4")
class DeliversToContacts(Delivery):
    contacts: ClassVar[dict[str, set[str]]] = {}

    async def emit(self, message: Message) -> None:
        contacts = self.contacts.setdefault(message.sender, set())
        await super().emit(message)
        for user in contacts - {message.recipient}:
            await self.sockets.tell_user(user, "received_message", event(message))
        contacts.add(message.recipient)


@seed("leaks-late", "delivers a copy to an uninvolved user who is online, some time later", "STP-3.3")
class LeaksLate(Delivery):
    after = 0.15

    async def emit(self, message: Message) -> None:
        await super().emit(message)
        uninvolved = sorted(self.presence.online - {message.sender, message.recipient})
        asyncio.get_running_loop().call_later(self.after, lambda: asyncio.ensure_future(self.leak(uninvolved, message)))

    async def leak(self, users: list[str], message: Message) -> None:
        for user in users:
            await self.sockets.tell_user(user, "received_message", event(message))


@seed("delivers-late", "delivers messages only after some seconds, beyond any bar", "STP-3.1 STP-3.2 STP-3.3")
class DeliversLate(Delivery):
    after = 4.0

    async def emit(self, message: Message) -> None:
        late = super().emit
        asyncio.get_running_loop().call_later(self.after, lambda: asyncio.ensure_future(late(message)))


@seed("loses-all-messages", "takes messages and delivers none", "STP-3.1 STP-3.3")
class LosesAllMessages(Delivery):
    async def deliver(self, message: Message) -> None:
        pass


@seed("drops-every-third", "loses every third message of a sender", "STP-3.2")
class DropsEveryThird(Delivery):
    count: ClassVar[Counter[str]] = Counter()

    async def emit(self, message: Message) -> None:
        self.count[message.sender] += 1
        if self.count[message.sender] % 3:
            await super().emit(message)


@seed("duplicates", "delivers every message twice", "STP-3.1 STP-3.2")
class Duplicates(Delivery):
    async def deliver(self, message: Message) -> None:
        await super().deliver(message)
        if self.presence.reachable(message.recipient):
            await self.emit(message)


@seed("reorders", "lets every second of a sender's messages overtake the one before it", "STP-3.2")
class Reorders(Delivery):
    held: ClassVar[dict[str, Message]] = {}

    async def emit(self, message: Message) -> None:
        if (held := self.held.pop(message.sender, None)) is not None:
            await super().emit(message)
            await super().emit(held)
            return
        self.held[message.sender] = message
        asyncio.get_running_loop().call_later(0.05, lambda: asyncio.ensure_future(self.let_go(message)))

    async def let_go(self, message: Message) -> None:
        if self.held.get(message.sender) is message:
            del self.held[message.sender]
            await super().emit(message)


@seed("swaps-senders", "names the sender before as the sender, when a second one writes to the same user", "STP-3.2")
class SwapsSenders(Delivery):
    last: ClassVar[dict[str, str]] = {}

    async def emit(self, message: Message) -> None:
        before = self.last.setdefault(message.recipient, message.sender)
        await super().emit(replace(message, sender=before))


@seed("mixes-up-recipients", "delivers to the user whom the sender wrote to before", "STP-3.4")
class MixesUpRecipients(Events):
    before: ClassVar[dict[str, Message]] = {}

    async def accept(self, socket: str, message: Message) -> None:
        first = self.before.setdefault(message.sender, message)
        await super().accept(socket, replace(message, recipient=first.recipient, room=first.room))


@seed("echoes-in-another-name", "shows the sender the own message as one from its recipient", "STP-3.3")
class EchoesInAnotherName(Delivery):
    async def emit(self, message: Message) -> None:
        await super().emit(message)
        echo = {"sender": message.recipient, "content": message.content}
        await self.sockets.tell_user(message.sender, "received_message", echo)


@seed("lets-anyone-listen", "lets a user join the room of two others and hear them", "STP-3.3")
class LetsAnyoneListen(Events):
    async def join(self, socket: str, payload: Any) -> dict[str, str] | None:
        await self.sockets.enter(self.sockets.owner(socket) or "", str(payload["room"]))
        return await super().join(socket, payload)


@seed("forgets-returning-sender", "loses what a user sends in a second session", "STP-3.6")
class ForgetsReturningSender(Events):
    connects: ClassVar[Counter[str | None]] = Counter()

    async def connect(self, socket: str, environ: dict[str, Any], auth: Any) -> None:
        await super().connect(socket, environ, auth)
        self.connects[self.sockets.owner(socket)] += 1

    async def accept(self, socket: str, message: Message) -> None:
        if self.connects[message.sender] == 1:
            await super().accept(socket, message)


@seed("forgets-returning-receiver", "loses what is sent to a user in a second session", "STP-3.6")
class ForgetsReturningReceiver(Delivery):
    visits: ClassVar[Counter[str]] = Counter()

    async def welcome(self, user: str) -> bool:
        came = await super().welcome(user)
        self.visits[user] += came
        return came

    async def emit(self, message: Message) -> None:
        if self.visits[message.recipient] == 1:
            await super().emit(message)


@seed("jams-on-unknown-recipient", "takes nothing more from a user who wrote to a user who does not exist", "STP-3.7")
class JamsOnUnknownRecipient(Events):
    jammed: ClassVar[set[str]] = set()

    async def accept(self, socket: str, message: Message) -> None:
        if not await self.accounts.exists(message.recipient):
            self.jammed.add(message.sender)
        if message.sender not in self.jammed:
            await super().accept(socket, message)


@seed("gives-strays-to-somebody", "delivers a message for a user who does not exist to one who is online", "STP-3.7")
class GivesStraysToSomebody(Events):
    async def accept(self, socket: str, message: Message) -> None:
        if not await self.accounts.exists(message.recipient):
            for user in self.sockets.users() - {message.sender}:
                await self.sockets.tell_user(user, "received_message", event(message))
        await super().accept(socket, message)


@seed("accepts-any-sender", "delivers a message in the name that it claims, no matter who sends it", "STP-1.5")
class AcceptsAnySender(Events):
    async def authorize(self, user: str, token: Any) -> None:
        await super().authorize(self.tokens.claims(token)["user"], token)

    def check_owner(self, socket: str, user: str) -> None:
        pass


@seed("silent-about-strays", "does not tell a user that there is no user to whom they write", "STP-X13")
class SilentAboutStrays(Events):
    async def complain(self, socket: str, text: str) -> None:
        if "There is no user" not in text:
            await super().complain(socket, text)


@seed("tells-all-of-strays", "tells all users when one of them writes to a user who does not exist", "STP-X13")
class TellsAllOfStrays(Events):
    async def complain(self, socket: str, text: str) -> None:
        if "There is no user" not in text:
            return await super().complain(socket, text)
        await self.sockets.tell_all("received_message", {"sender": ADMIN, "content": text})


@seed("very-long-lost", "loses a message of more than 64 KiB", "STP-X17")
class VeryLongLost(Delivery):
    async def emit(self, message: Message) -> None:
        if len(str(message.content)) <= 65_536:
            await super().emit(message)
