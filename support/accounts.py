"""Where a scenario's people get their accounts: registered fresh, or leased from those the profile names."""

import os
from collections.abc import Sequence

from support.errors import NotCapable, SuiteError
from support.profile import LeasedAccount
from support.systems.people import Account


class Lease:
    """The accounts that exist already in a deployed system, each given to one person at a time.

    Raises:
        SuiteError: a password's environment variable is not set.
    """

    def __init__(self, accounts: Sequence[LeasedAccount]) -> None:
        self._size = len(accounts)
        self._free = [existing(account) for account in accounts]

    def take(self, role: str) -> Account:
        """An account for `role`.

        Raises:
            NotCapable: all are in use.
        """
        if not self._free:
            raise NotCapable(f"{role} needs an account, and all {self._size} that the profile names are in use")
        return self._free.pop(0)

    def give_back(self, account: Account) -> None:
        self._free.append(account)


def existing(account: LeasedAccount) -> Account:
    """An account of the profile, with its password from the environment.

    Raises:
        SuiteError: the environment variable is not set.
    """
    password = os.environ.get(account.password_env)
    if password is None:
        raise SuiteError(
            f"account {account.login!r}: set the environment variable {account.password_env} to its password"
        )
    return Account(account.login, password)
