"""Companies whose people have been in an earlier scenario, and can be in another.

A deployment that takes a hundred sign-ins a minute has a suite wait that makes new people for each scenario. So those
of a scenario stay, with the sessions that they have, for the next one that does not need people of its own.
"""

import math
import time

import jwt

from support.drivers.threads.state import Household, ScenarioState

#: Rooms that a company may have for its people to be in another scenario: all have to fit into one list of a hundred.
MOST_ROOMS = 60
#: Seconds that a session has to last at least to be gone on with: longer than any scenario takes.
LONG_ENOUGH = 180.0


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
        return household

    def give_back(self, state: ScenarioState) -> None:
        """Keep a scenario's people, if they are as they were."""
        households, state.households = state.households, []
        for household in households:
            household.rooms += sum(not place.is_thread for place in state.places)
            if not state.marked and household.rooms <= MOST_ROOMS:
                household.sessions |= {login: one for login, one in state.sessions.items() if login in household.users}
                self._free.append(household)


def lasts(token: str, seconds: float = LONG_ENOUGH) -> bool:
    """Whether a token is good for so long: as long as any scenario takes, by default."""
    end = ends(token)
    return end is not None and end - time.time() > seconds


def ends(token: str) -> float | None:
    """When a token ends, in seconds since 1970: never is infinite; None if the token does not show it."""
    try:
        claims = jwt.decode(token, options={"verify_signature": False})
    except jwt.InvalidTokenError:
        return None
    return float(claims.get("exp", math.inf))
