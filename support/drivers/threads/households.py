"""Companies whose people have been in an earlier scenario, and can be in another.

A deployment that takes a hundred sign-ins a minute has a suite wait that makes new people for each scenario. So those
of a scenario stay, with the sessions that they have, for the next one that does not need people of its own.
"""

import math
import time
from dataclasses import dataclass, field
from typing import Any

import jwt

from support.core.people import Account
from support.drivers.threads.state import Company, ScenarioState, Session

#: Scenarios that the people of one company are in at most: all their rooms have to fit into one list of a hundred.
_MOST = 12
#: Seconds that a session has to last at least to be gone on with: longer than any scenario takes.
LONG_ENOUGH = 180.0


@dataclass
class Household:
    """A company, its owner and those who have become its members, by the scenarios' names for them."""

    company: Company
    people: dict[str, Account] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict, repr=False)
    """Login -> what the system says of the user."""
    sessions: dict[str, Session] = field(default_factory=dict)
    """Login -> the last session, if there is one."""
    scenarios: int = 0

    def take_in(self, role: str, account: Account, user: Any) -> None:
        """Keep somebody who has become a member, by what the system says of them."""
        self.people[role], self.users[account.login] = account, user

    def introduce(self, role: str, state: ScenarioState) -> Account:
        """Let a scenario know somebody of this company, and which session they have."""
        account = self.people[role]
        state.knows(account.login, self.users[account.login], self.company)
        if session := self.sessions.get(account.login):
            state.sessions[account.login] = session
        return account


class Households:
    """Those that are in no scenario now."""

    def __init__(self) -> None:
        self._free: list[Household] = []

    def take(self, *, alone: bool = False) -> Household | None:
        """One that can be in a scenario; None if there is none.

        Args:
            alone: whether its owner will do: then it is the one with the fewest people, else the one with the most.
        """
        self._free = [one for one in self._free if lasts(one.company.token)]
        if not self._free:
            return None
        household = (min if alone else max)(self._free, key=lambda one: len(one.people))
        self._free.remove(household)
        household.scenarios += 1
        return household

    def give_back(self, state: ScenarioState) -> None:
        """Keep a scenario's people, if they are as they were."""
        households, state.households = state.households, []
        for household in households:
            if not state.marked and household.scenarios < _MOST:
                household.sessions |= {login: one for login, one in state.sessions.items() if login in household.users}
                self._free.append(household)


def lasts(token: str, seconds: float = LONG_ENOUGH) -> bool:
    """Whether a token is good for so long: as long as any scenario takes, by default."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return False
    return float(claims.get("exp", math.inf)) - time.time() > seconds
