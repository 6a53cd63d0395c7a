"""Who puts a system under load: people with clients of the same drivers as everywhere else."""

from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from typing_extensions import Protocol, runtime_checkable

from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import everywhere
from support.core.transcript import Transcript
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.clients.sources import come_from, is_ours, source_for
from support.drivers.kit.scenario_user import ScenarioUser

M = TypeVar("M")


@dataclass(frozen=True)
class Member:
    """A virtual user who has come aboard: who it is, what acts for them, and what reaches them."""

    role: str
    account: Account
    client: Any
    inbox: Inbox


class Makes(Protocol):
    """Makes clients, and closes what they share: a driver, or something that stands for one under load."""

    def client(self, user: ScenarioUser) -> Any: ...
    async def close(self) -> None: ...


@dataclass(frozen=True)
class UserPool:
    """Virtual users, and how their system is reached. It can be pickled: another process makes their clients anew.

    Nothing of what they do is recorded, and their connections are the fastest there are.

    Args:
        addresses: base URLs of all that will be under load.
        people: the scenario's names for them, and their accounts.
        driver: makes the driver anew, from fast connections and a transcript that keeps nothing. It has to be such
            that it can be pickled: a function of a module, or `functools.partial` of one.
    """

    addresses: list[str]
    people: tuple[tuple[str, Account], ...]
    driver: Callable[[Sockets, Transcript], Makes] = field(repr=False)
    source: str | None = field(init=False, default=None)
    """The address that they come from, as all of this run do, in other processes too."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", source_for(self.addresses[0]) if self.addresses else None)

    @property
    def size(self) -> int:
        """How many people they are."""
        return len(self.people)

    @asynccontextmanager
    async def aboard(self, number: int = 0, of: int = 1) -> AsyncIterator[list[Member]]:
        """One part of them (see `part_of`) with their clients, who know only each other; closed at the end."""
        here = self.source and is_ours(self.source)  # a cluster's workers are on other machines
        for address in self.addresses if here else ():
            come_from(address, self.source)
        transcript, sockets = unrecorded(), Sockets(self.source if here else None)
        try:
            driver = self.driver(sockets, transcript)
            async with clients_of(driver, part_of(list(self.people), number, of), transcript) as members:
                yield members
        finally:
            await sockets.close()


@runtime_checkable
class BearsLoad(Protocol):
    """can be put under load"""

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> UserPool:
        """People as virtual users.

        Args:
            people: their accounts, by the scenario's names for them; one account may have several names.
            transcript: of the scenario that they belong to.
        """


def pool_for(driver: Callable[[Any], Makes], deployed: Any, people: dict[str, Account]) -> UserPool:
    """Virtual users of a driver that can be made anew from the description of its deployment alone.

    Args:
        driver: makes it: its class, or a `functools.partial` of that.
        deployed: what of; a `support.drivers.kit.program.Deployed`.
        people: their accounts, by the scenario's names for them.
    """
    return UserPool([deployed.address], tuple(people.items()), partial(_made_anew, driver, deployed))


def _made_anew(driver: Callable[[Any], Makes], deployed: Any, sockets: Sockets, transcript: Transcript) -> Makes:
    return driver(deployed)


def unrecorded() -> Transcript:
    """A transcript that keeps nothing."""
    transcript = Transcript(everywhere)
    transcript.close()
    return transcript


@asynccontextmanager
async def clients_of(
    system: Makes, people: Iterable[tuple[str, Account]], transcript: Transcript
) -> AsyncIterator[list[Member]]:
    """Clients of people who know only each other; at the end they are closed, and the system with them."""
    known, members = People(), []
    for role, account in people:
        inbox = Inbox(role)
        known.add(role, account)
        client = system.client(ScenarioUser(role, known, transcript, inbox))
        members.append(Member(role, account, client, inbox))
    try:
        yield members
    finally:
        for member in members:
            if close := getattr(member.client, "close", None):  # who has no connection has nothing to close
                await close()
        await system.close()


def part_of(people: list[M], number: int, of: int) -> list[M]:
    """Who of some people belongs to one of several parts. No part is empty: some are in several if need be."""
    return people[number::of] or [people[number % len(people)]]
