"""The delivery probe of ThreadFileSharing, in a room: one writes, one listens live, one reads the history later."""

from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import suppress

from support.core.events import Posted
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.delivery_probe import Found
from support.drivers.clients.http import Unreachable
from support.drivers.kit.user_pool import Member

ROOM = 'the room "Correspondence"'


class ThreadsDeliveryProbe:
    """Messages into a room. See `support.drivers.capabilities.delivery_probe.DeliveryProbe`.

    The answer to the request acknowledges a message (contract 2.6). It has arrived when every reader has heard it live
    or finds it in the history (TFS-ERR-1), and came twice if one of them heard it, or finds it, twice.

    Args:
        writer: who sends by request.
        readers: the first of them is online, until a crash, the others read the history at the end.
    """

    def __init__(self, writer: Member, readers: Sequence[Member]) -> None:
        self._writer = writer
        self._readers = readers

    async def begin(self) -> None:
        """Open the room, with the first reader online."""
        listener = self._readers[0]
        for member in (self._writer, listener):
            await member.client.sign_in(member.account.password)
        await listener.client.connect()
        await self._writer.client.open_place(ROOM, [reader.role for reader in self._readers])

    async def write(self, text: str) -> str:
        """Send a message by request."""
        await self._writer.client.post(text, ROOM)
        return text

    async def found(self, messages: Collection[str]) -> Found:
        """What has come to all readers."""
        each = [await self._got(reader) for reader in self._readers]
        everywhere = set.intersection(*map(set, each))
        return Found(Counter({text: max(got[text] for got in each) for text in everywhere}))

    async def _got(self, reader: Member) -> Counter[str]:
        """How often a reader has heard each text live or finds it in the history, whichever is more."""
        heard = Counter(one.what.text for one in reader.inbox.received if isinstance(one.what, Posted))
        with suppress(Rejected, Unreachable):
            if not reader.client.token:
                await reader.client.sign_in(reader.account.password)
            heard |= Counter(text for _, text in await reader.client.history(ROOM))
        return heard
