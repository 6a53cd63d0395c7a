"""Further live connections of one person, each with an inbox of its own, where each is a client like the first."""

from functools import cached_property
from typing import Self

from support.core.inbox import Inbox
from support.drivers.kit.person import Person
from support.drivers.kit.scenario_user import ScenarioUser


class HasSeveralConnections(Person):
    """A person who can be connected several times (`ConnectsOften`); a driver says how one more is made."""

    @cached_property
    def _further(self) -> list[Self]:
        return []

    @property
    def _clients(self) -> list[Self]:
        return [self, *self._further]

    @property
    def inboxes(self) -> list[Inbox]:
        """What reaches each connection, in the order in which they were opened."""
        return [client._inbox for client in self._clients]

    async def connect_once_more(self) -> None:
        """Open another connection, with an inbox of its own, and come online on it."""
        await (await self._another()).come_online()

    async def close_one(self) -> None:
        """Go away without a word on the connection that was opened last, and stay on the others."""
        await self._further.pop().close()

    async def send_on(self, number: int, text: str, to: str) -> None:
        """Send a message on the connection of this number, the first of which is 0."""
        await self._clients[number].send(text, to)

    async def _another(self) -> Self:
        user = self._user.on_connection(len(self._clients) + 1)
        self._further.append(await self._connected_anew(user))
        return self._further[-1]

    async def _connected_anew(self, user: ScenarioUser) -> Self:
        """Another client of this person, connected in the present session, whose arrivals go into this inbox."""
        raise NotImplementedError

    async def come_online(self) -> None:
        raise NotImplementedError

    async def send(self, text: str, to: str) -> None:
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError
