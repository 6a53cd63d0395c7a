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
from support.drivers.threads.state import Place, Session


@dataclass(frozen=True)
class ThreadsUsers:
    """See `support.drivers.kit.user_pool.VirtualUsers`.

    Args:
        address: base URL.
        options: the dialect.
        response: seconds the server may take to answer anything.
        delivery: seconds that news may take.
        people: the scenario's names for them, and their accounts.
        places: the rooms and threads that they are in.
        ids: login -> the system's id of the user.
        sessions: login -> a session to go on with.
    """

    driver: Callable[..., Any]
    """The class of the driver, which imports this module."""
    address: str
    options: ThreadsOptions
    response: float
    delivery: float
    people: tuple[tuple[str, Account], ...]
    places: tuple[Place, ...]
    ids: dict[str, str]
    sessions: dict[str, Session]

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
        state = threads.backend.state(unrecorded)
        state.places += self.places
        state.sessions |= self.sessions
        state.ids |= self.ids
        state.logins |= {user: login for login, user in self.ids.items()}
        async with clients_of(threads, part_of(list(self.people), number, of), unrecorded) as members:
            yield members
