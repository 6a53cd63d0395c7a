"""People of ChatTrain under load: all that another process needs to make their clients anew."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from support.core.people import Account
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.kit.user_pool import Member, clients_of, part_of
from support.drivers.training.options import TrainingOptions


@dataclass(frozen=True)
class TrainingUsers:
    """See `support.drivers.kit.user_pool.VirtualUsers`."""

    driver: Callable[..., Any]
    """The class of the driver, which imports this module."""
    address: str
    options: TrainingOptions
    patience: float
    people: tuple[tuple[str, Account], ...]

    @property
    def addresses(self) -> list[str]:
        return [self.address]

    @property
    def size(self) -> int:
        return len(self.people)

    @asynccontextmanager
    async def aboard(self, number: int = 0, of: int = 1) -> AsyncIterator[list[Member]]:
        """Clients with fast connections, of which nothing is recorded."""
        unrecorded, sockets = Transcript(everywhere), Sockets()
        unrecorded.close()
        training = self.driver(self.address, self.options, response=self.patience, sockets=sockets)
        try:
            async with clients_of(training, part_of(list(self.people), number, of), unrecorded) as members:
                yield members
        finally:
            await sockets.close()
