"""People of ThreadFileSharing under load: all that another process needs to make their clients anew."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from support.core.people import Account
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.kit.user_pool import Member, clients_of, part_of
from support.drivers.threads.options import ThreadsOptions
from support.drivers.threads.state import Place


@dataclass(frozen=True)
class ThreadsUsers:
    """See `support.drivers.kit.user_pool.VirtualUsers`. `places` are the rooms and threads that these people are in."""

    driver: Callable[..., Any]
    """The class of the driver, which imports this module."""
    address: str
    options: ThreadsOptions
    response: float
    delivery: float
    people: tuple[tuple[str, Account], ...]
    places: tuple[Place, ...]

    @property
    def addresses(self) -> list[str]:
        return [self.address]

    @property
    def size(self) -> int:
        return len(self.people)

    @asynccontextmanager
    async def aboard(self, number: int = 0, of: int = 1) -> AsyncIterator[list[Member]]:
        """Clients of which nothing is recorded; they have not signed in yet."""
        unrecorded = Transcript(everywhere)
        unrecorded.close()
        threads = self.driver(self.address, self.options, response=self.response, delivery=self.delivery)
        threads.backend.state(unrecorded).places += self.places
        async with clients_of(threads, part_of(list(self.people), number, of), unrecorded) as members:
            yield members
