"""People of the dashboard under load: all that another process needs to make their clients anew."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.dashboard import backend
from support.drivers.kit.user_pool import Member, part_of

#: A user's role, the account, what the driver knows of its owner, and the session's token and cookie.
Person = tuple[str, Account, backend.SchoolMember, str, str | None]


@dataclass(frozen=True)
class DashboardUsers:
    """See `support.drivers.kit.user_pool.VirtualUsers`.

    Login codes come by mail to this machine alone: so everybody has a session.
    """

    driver: Callable[..., Any]
    """The class of the driver, which imports this module."""
    processes: tuple[str, ...]
    options: backend.DashboardOptions
    response: float
    people: tuple[Person, ...] = field(repr=False)

    @property
    def addresses(self) -> list[str]:
        return list(self.processes)

    @property
    def size(self) -> int:
        return len(self.people)

    @asynccontextmanager
    async def aboard(self, number: int = 0, of: int = 1) -> AsyncIterator[list[Member]]:
        """Clients with fast connections, of which nothing is recorded."""
        unrecorded, sockets = Transcript(everywhere), Sockets()
        unrecorded.close()
        dashboard = self.driver(list(self.processes), self.options, response=self.response, sockets=sockets)
        members = []
        for role, account, known, session, cookie in part_of(list(self.people), number, of):
            people, inbox = People(), Inbox(role)
            people.add(role, account)
            dashboard.backend.members[account.login] = known
            client = dashboard.client(role, people, unrecorded, inbox)
            client.resume(session, cookie)
            members.append(Member(role, account, client, inbox))
        try:
            yield members
        finally:
            for member in members:
                await member.client.close()
            await dashboard.close()
            await sockets.close()
