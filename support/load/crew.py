"""Who puts a system under load: people with clients of the same drivers as everywhere else."""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar, runtime_checkable

from support.inbox import Inbox
from support.systems.people import Account
from support.transcript import Transcript

M = TypeVar("M")


@dataclass(frozen=True)
class Member:
    """One of a crew who has come aboard: who it is, what acts for them, and what reaches them."""

    role: str
    account: Account
    client: Any
    inbox: Inbox


class Crew(Protocol):
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

    async def crew(self, people: dict[str, Account], transcript: Transcript) -> Crew:
        """People as a crew.

        Args:
            people: their accounts, by the scenario's names for them; one account may have several names.
            transcript: of the scenario that they belong to.
        """


def part_of(people: list[M], number: int, of: int) -> list[M]:
    """Who of some people belongs to one of several parts. Each part has somebody: some are in several if need be."""
    return people[number::of] or [people[number % len(people)]]
