"""Where a scenario's people get their accounts: registered fresh, or leased from those the profile names."""

import asyncio
import os
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence

from support.config.profile import LeasedAccount, Profile, SystemProfile
from support.core.errors import NotSupported, SuiteError
from support.core.people import Account


class Lease:
    """The accounts that exist already in a deployed system, each given to one person at a time.

    Raises:
        SuiteError: a password's environment variable is not set.
    """

    def __init__(self, accounts: Sequence[LeasedAccount]) -> None:
        self._size = len(accounts)
        self._free = [existing(account) for account in accounts]
        self._meant_for = {account.login: account.role for account in accounts}
        self._turn = asyncio.Lock()
        self.recall: Callable[[], Awaitable[bool]] | None = None
        """Closes the connections of an earlier scenario that are still listened to; whether there were any."""

    async def take(self, role: str, fit: Callable[[Account], int] = bool, *, insist: bool = False) -> Account:
        """An account for `role`: one that is meant for it, else one that is meant for no role.

        Args:
            role: the scenario's name for the person.
            fit: which accounts are taken first, those with the highest number; not at all fit are those with 0.
            insist: whether connections of earlier scenarios are closed for such an account, even if there is another.

        Raises:
            NotSupported: all are in use.
        """
        async with self._turn:  # else one could be told that there is none while another is being freed
            while (account := self._fitting(role, fit)) is None or (insist and not fit(account)):
                if self.recall is None or not await self.recall():
                    break
            if account is None:
                raise NotSupported(f"{role} needs an account, and all {self._size} that the profile names are in use")
            self._free.remove(account)
            return account

    def _fitting(self, role: str, fit: Callable[[Account], int]) -> Account | None:
        possible = [one for one in self._free if self._meant_for[one.login] in (role, None)]
        return min(possible, key=lambda one: (self._meant_for[one.login] is None, -fit(one)), default=None)

    @property
    def free(self) -> list[Account]:
        """The accounts that no scenario has."""
        return [*self._free]

    def give_back(self, account: Account) -> None:
        self._free.append(account)


def dealt(accounts: Sequence[LeasedAccount], count: int) -> list[list[LeasedAccount]]:
    """Deals accounts out to several runs that are to take none of each other's.

    Args:
        accounts: those of a profile.
        count: how many runs.

    Returns:
        One share for each; one that has none of a role that accounts are meant for is of no use, so all are empty then.
    """
    by_role: dict[str | None, list[LeasedAccount]] = defaultdict(list)
    for account in accounts:
        by_role[account.role].append(account)
    if any(role and len(found) < count for role, found in by_role.items()):
        return [[] for _ in range(count)]
    return [[one for found in by_role.values() for one in found[index::count]] for index in range(count)]


def of_share(profile: Profile, share: str | None) -> Profile:
    """A profile with only those accounts, and clients, of one share of a run, "2/3"; the whole of it if there is none.

    Raises:
        SuiteError: it is no share.
    """
    if not share:
        return profile
    number, _, count = share.partition("/")
    if not (number.isdigit() and count.isdigit() and 1 <= int(number) <= int(count)):
        raise SuiteError(f"-D lease={share}: write which share of how many, such as 2/3")
    systems = {name: _of_share(one, int(number), int(count)) for name, one in profile.systems.items()}
    return profile.model_copy(update={"systems": systems})


def _of_share(described: SystemProfile, number: int, count: int) -> SystemProfile:
    changed: dict[str, object] = {"accounts": dealt(described.accounts, count)[number - 1]}
    if clients := clients_of(described):
        changed["driver"] = described.driver | {"clients": clients[number - 1 :: count]}
    return described.model_copy(update=changed)


def clients_of(described: SystemProfile) -> list[object]:
    """The clients that a profile names for a system whose people are clients with certificates: none in most."""
    clients = described.driver.get("clients")
    return clients if isinstance(clients, list) else []


def existing(account: LeasedAccount) -> Account:
    """An account of the profile, with its password from the environment.

    Raises:
        SuiteError: the environment variable is not set.
    """
    if account.password_env is None:
        return Account(account.login, password="", own=account.own)
    password = os.environ.get(account.password_env)
    if password is None:
        raise SuiteError(
            f"account {account.login!r}: set the environment variable {account.password_env} to its password"
        )
    return Account(account.login, password, account.own)
