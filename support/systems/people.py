"""Who a scenario's people are in the system: their accounts, both ways."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Account:
    """A login of the system under test. The password never appears in a representation."""

    login: str
    password: str = field(repr=False)


#: Who carries the barrier's marker: in the cast of every scenario that claims silence, spoken of in none.
STAGEHAND = "the stagehand"


class People:
    """The accounts of one scenario's cast."""

    def __init__(self) -> None:
        self._accounts: dict[str, Account] = {}
        self._roles: dict[str, str] = {}

    def add(self, role: str, account: Account) -> None:
        self._accounts[role] = account
        self._roles[account.login] = role

    def login(self, role: str) -> str:
        """The login of somebody in the cast; a name outside the cast (a bot, a stranger) is its own login."""
        account = self._accounts.get(role)
        return account.login if account else role

    def role(self, login: str) -> str:
        """How the scenario calls the owner of a login; a stranger's login stays as it is."""
        return self._roles.get(login, login)

    def knows(self, login: str) -> bool:
        """Whether a login belongs to somebody the scenario speaks of."""
        return self._roles.get(login, STAGEHAND) != STAGEHAND

    @property
    def logins(self) -> list[str]:
        return list(self._roles)
