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
        self._meant_for = {account.login: account.role for account in accounts}

    def take(self, role: str) -> Account:
        """An account for `role`: one that is meant for it, else one that is meant for nobody in particular.

        Raises:
            NotCapable: all are in use.
        """
        for meant_for in (role, None):
            for account in self._free:
                if self._meant_for[account.login] == meant_for:
                    self._free.remove(account)
                    return account
        raise NotCapable(f"{role} needs an account, and all {self._size} that the profile names are in use")

    def give_back(self, account: Account) -> None:
        self._free.append(account)


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
