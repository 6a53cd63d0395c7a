"""Who puts a system under load: people with clients of the same drivers as everywhere else."""

from collections.abc import AsyncIterator, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from typing_extensions import Protocol, runtime_checkable

from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.transcript import Transcript
from support.drivers.kit.driver import System

M = TypeVar("M")


@dataclass(frozen=True)
class Member:
    """A virtual user who has come aboard: who it is, what acts for them, and what reaches them."""

    role: str
    account: Account
    client: Any
    inbox: Inbox


class VirtualUsers(Protocol):
    """Some people, and how their system is reached. It can be pickled: another process makes their clients anew.

    Nothing of what they do is recorded, and their connections are the fastest there are.
    """

    @property
    def addresses(self) -> list[str]:
        """Base URLs of all that will be under load."""

    @property
    def size(self) -> int:
        """How many people they are."""

    def aboard(self, number: int = 0, of: int = 1) -> AbstractAsyncContextManager[list[Member]]:
        """One part of them with their clients, for as long as the load lasts; see `part_of`."""


@runtime_checkable
class BearsLoad(Protocol):
    """can be put under load"""

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> VirtualUsers:
        """People as virtual users.

        Args:
            people: their accounts, by the scenario's names for them; one account may have several names.
            transcript: of the scenario that they belong to.
        """


@asynccontextmanager
async def clients_of(
    system: System, people: Iterable[tuple[str, Account]], transcript: Transcript
) -> AsyncIterator[list[Member]]:
    """Clients of people who know nobody but each other; at the end they are closed, and the system with them."""
    known, members = People(), []
    for role, account in people:
        inbox = Inbox(role)
        known.add(role, account)
        members.append(Member(role, account, system.client(role, known, transcript, inbox), inbox))
    try:
        yield members
    finally:
        for member in members:
            await member.client.close()
        await system.close()


def part_of(people: list[M], number: int, of: int) -> list[M]:
    """Who of some people belongs to one of several parts. Each part has somebody: some are in several if need be."""
    return people[number::of] or [people[number % len(people)]]
