"""Delivery: now to whom is there, later to whom is not, always in the order sent."""

import asyncio
from collections import defaultdict

from reference.chat.mailbox import Mailbox, Message
from reference.chat.presence import Presence
from reference.chat.sockets import Sockets
from reference.kit.parts import part


@part
class Delivery:
    """Brings messages to their recipients."""

    sockets: Sockets  # the way to users who are online
    presence: Presence  # who is
    mailbox: Mailbox  # for those who are not

    def __post_init__(self) -> None:
        # One at a time for each recipient, so that cached messages go before newer ones and are replayed once.
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def deliver(self, message: Message) -> None:
        """Send a message to its recipient, or cache it. Raises `Unavailable`."""
        async with self._turns[message.recipient]:
            if self.presence.reachable(message.recipient):
                await self.emit(message)
            else:
                await self.mailbox.append(message)

    async def welcome(self, user: str) -> bool:
        """Make a user online who is not yet, and replay what is cached for them.

        Returns:
            Whether the user was offline before.

        Raises:
            Unavailable: Redis is.
        """
        async with self._turns[user]:
            if user in self.presence.online or not self.sockets.of(user):
                return False
            cached = await self.mailbox.read(user)
            await self.presence.appear(user)
            if cached:
                await self.replay(list(cached))
                await self.mailbox.remove(user)
        return True

    async def replay(self, cached: list[Message]) -> None:
        """Send cached messages, oldest first."""
        for message in cached:
            await self.emit(message)

    async def emit(self, message: Message) -> None:
        """Send a message to all connections of its recipient and, as an echo, of its sender."""
        await self.sockets.enter(message.recipient, message.room)
        await self.sockets.enter(message.sender, message.room)
        payload = {"sender": message.sender, "content": message.content}
        await self.sockets.tell_room(message.room, "received_message", payload)
