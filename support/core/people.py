"""Who a scenario's people are in the system: their accounts, both ways."""

import re
from dataclasses import dataclass, field

from support.core.transcript import EARSHOT


@dataclass(frozen=True)
class Account:
    """A login of the system under test. The password never appears in a representation."""

    login: str
    password: str = field(repr=False)
    own: bool = False
    """Whether it is the suite's alone, so that its sessions are no other program's."""


#: Who carries the barrier's marker: in the cast of every scenario that claims silence, spoken of in none.
STAGEHAND = "the stagehand"

#: What those are called, with a number, whom a scenario needs and does not name.
UNNAMED = "member"

#: What a failure calls people whom the scenario does not know.
ANOTHER = "a user of another scenario"

#: A login as drivers make it up, alone or with the place where it is at home: name.0123abcd, @name.0123abcd:here.
_MADE_UP = re.compile(r"@[\w-]+\.[0-9a-f]{8}:[\w.]+(:\d+)?|\b[a-zA-Z][\w-]*\.[0-9a-f]{8}(?![\w-])(@[\w.-]+\w)?")


class People:
    """The accounts of one scenario's cast."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._roles: dict[str, str] = {}

    def add(self, role: str, account: Account) -> None:
        self._accounts[role] = account
        self._roles[account.login] = role

    def account(self, role: str) -> Account | None:
        """The account of a user in the cast; None for a name outside the cast."""
        return self._accounts.get(role)

    def login(self, role: str) -> str:
        """The login of a user in the cast; a name outside the cast (a bot, a stranger) is its own login."""
        account = self._accounts.get(role)
        return account.login if account else role

    def role(self, login: str) -> str:
        """How the scenario calls the owner of a login; a stranger's login stays as it is."""
        return self._roles.get(login, login)

    def in_words(self, text: str) -> str:
        """A text as people read it: logins that were made up for a scenario are called by whom they are for."""
        roles = {_stem(login): role for login, role in self._roles.items()}
        named = _MADE_UP.sub(lambda found: roles.get(_stem(found[0]), ANOTHER), text)
        return named.replace(STAGEHAND, EARSHOT)

    def knows(self, login: str) -> bool:
        """Whether a login belongs to a user the scenario speaks of."""
        return self._roles.get(login, STAGEHAND) != STAGEHAND

    @property
    def logins(self) -> list[str]:
        return list(self._roles)


def _stem(login: str) -> str:
    """A login without the place where it is at home."""
    return re.split(r"[@:]", login.removeprefix("@"))[0]
