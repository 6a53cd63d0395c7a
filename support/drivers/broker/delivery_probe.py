"""The delivery probe of the broker: one client submits, and the record tells what becomes of it."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection

from support.drivers.broker.client import BrokerClient
from support.drivers.capabilities.delivery import DeliveryRecord, Letter
from support.drivers.capabilities.delivery_probe import Found


class BrokerDeliveryProbe:
    """Letters of one client. See `support.drivers.capabilities.delivery_probe.DeliveryProbe`.

    A receipt acknowledges a message, with its id (contract 2.1). It has arrived as often as the audit log says that it
    was delivered.

    Args:
        records: reads from the broker's record what has become of messages.
        writer: who submits.
    """

    def __init__(
        self, records: Callable[[list[str]], Awaitable[dict[str, DeliveryRecord]]], writer: BrokerClient
    ) -> None:
        self._records = records
        self._writer = writer

    async def write(self, text: str) -> str:
        """Submit a message by the first proxy."""
        return (await self._writer.submit(Letter(text))).message

    async def found(self, messages: Collection[str]) -> Found:
        """What is on record of these messages."""
        records = await self._records(sorted(messages))
        arrived = Counter({id: record.delivered for id, record in records.items() if record.delivered})
        return Found(arrived, frozenset(id for id, record in records.items() if record.status == "failed"))
