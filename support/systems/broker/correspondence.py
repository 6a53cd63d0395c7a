"""A correspondence by way of the broker: one client submits, and the record tells what becomes of it."""

from collections import Counter
from collections.abc import Collection
from typing import TYPE_CHECKING

from support.systems.broker.client import BrokerClient
from support.systems.capabilities.correspondence import Found
from support.systems.capabilities.delivery import Letter

if TYPE_CHECKING:
    from support.systems.broker.driver import Broker


class BrokerCorrespondence:
    """Letters of one client. See `support.systems.capabilities.correspondence.Correspondence`.

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
