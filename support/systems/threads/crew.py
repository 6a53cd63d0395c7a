"""People of ThreadFileSharing under load: all that another process needs to make their clients anew."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from support.inbox import Inbox
from support.load.crew import Member, part_of
from support.report.redact import Redactor
from support.systems.people import Account, People
from support.systems.threads.options import ThreadsOptions
from support.systems.threads.world import Place
from support.transcript import Transcript


@dataclass(frozen=True)
class ThreadsCrew:
    """See `support.load.crew.Crew`. `places` are the rooms and threads that these people are in."""

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
        from support.systems.threads.driver import Threads  # which imports this, to offer crews

        unrecorded, known = Transcript(Redactor()), People()
        unrecorded.close()
        threads = Threads(self.address, self.options, response=self.response, delivery=self.delivery)
        threads.backend.world(unrecorded).places += self.places
        members = []
        for role, account in part_of(list(self.people), number, of):
            inbox = Inbox(role)
            known.add(role, account)
            members.append(Member(role, account, threads.client(role, known, unrecorded, inbox), inbox))
        try:
            yield members
        finally:
            for member in members:
                await member.client.close()
            await threads.close()
