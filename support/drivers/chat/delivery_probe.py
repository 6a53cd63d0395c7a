"""The delivery probe of the chat server: with a user who is online, and with one who is not."""

import asyncio
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress
from itertools import cycle

from support.core.events import Message
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.delivery_probe import Found
from support.drivers.clients.http import Unreachable
from support.drivers.kit.user_pool import Member


class ChatDeliveryProbe:
    """Messages of one person to several by turns. See `support.drivers.capabilities.delivery_probe.DeliveryProbe`.

    The acknowledgement of the event counts, unless it holds an error or the administrator's word came before it
    (contract 3.2). What is cached has to survive (STP 6.4); what was for a user who is online has to arrive
    (STP 3.1), at once or, as everybody is logged out in a crash (STP 6.1, 7.1, 7.2), when they are back.

    A user who is cut off stays away until the end, save the writer. For no client says what it has got: a server that
    crashes while it hands over what is cached can only lose it or hand it over again, and the STP does not choose.

    Args:
        writer: who writes to each of the readers by turns.
        readers: the first of them is online, the others come at the end.
    """

    def __init__(self, writer: Member, readers: Sequence[Member]) -> None:
        self._writer = writer
        self._readers = readers
        self._turns = cycle(reader.role for reader in readers)
        self._addressees: dict[str, str] = {}
        self._writing = asyncio.Lock()

    async def begin(self) -> None:
        """Bring the writer and the first reader online."""
        await asyncio.gather(come(self._writer), come(self._readers[0]))

    async def write(self, text: str) -> str:
        """Write to the next reader, when the message before is answered: a refusal names no message."""
        async with self._writing:
            await self._writer_is_there()
            self._addressees[text] = next(self._turns)
            await self._writer.client.hand_over(text, self._addressees[text])
        return text

    async def _writer_is_there(self) -> None:
        """Bring the writer back if need be. Raises `Rejected` if that fails: then nothing has been sent."""
        try:
            if not self._writer.client.connected:
                await come(self._writer)
        except (Rejected, Unreachable) as trouble:
            raise Rejected(f"the writer is not let in: {trouble}") from trouble

    async def found(self, messages: Collection[str]) -> Found:
        """What has come to the readers, all of whom are online by then."""
        for reader in self._readers:
            with suppress(Rejected, Unreachable):
                if not reader.client.connected:
                    await come(reader)
                await reader.client.settle()
        return Found(Counter(text for reader in self._readers for text in self._got(reader)))

    def _got(self, reader: Member) -> list[str]:
        """The texts that were for a reader, as often as they came."""
        came = [one.what for one in reader.inbox.received if isinstance(one.what, Message)]
        return [what.text for what in came if self._addressees.get(what.text) == reader.role]


async def come(member: Member) -> None:
    """Sign in and come online, as a user does who opens the application."""
    await member.client.sign_in(member.account.password)
    await member.client.connect()
    await member.client.come_online()
