"""A correspondence by way of the broker: one client submits, and the record tells what becomes of it."""

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from support.drivers.broker.client import BrokerClient
from support.drivers.capabilities.delivery import Letter
from support.drivers.capabilities.delivery_probe import Found

if TYPE_CHECKING:
    from support.drivers.broker.driver import Broker


class BrokerCorrespondence:
    """Letters of one client. See `support.drivers.capabilities.delivery_probe.Correspondence`.

    A receipt acknowledges a message, with its id (contract 2.1). It has arrived as often as the audit log says that it
    was delivered.

    Args:
        broker: whose record is read.
        writer: who submits.
    """

    def __init__(self, broker: "Broker", writer: BrokerClient) -> None:
        self._broker = broker
        self._writer = writer

    async def write(self, text: str) -> str:
        """Submit a message by the first proxy."""
        return (await self._writer.submit(Letter(text))).message

    async def found(self, messages: Collection[str]) -> Found:
        """What is on record of these messages."""
        fates = await self._broker.fates(sorted(messages))
        arrived = Counter({id: fate.delivered for id, fate in fates.items() if fate.delivered})
        return Found(arrived, frozenset(id for id, fate in fates.items() if fate.status == "failed"))
