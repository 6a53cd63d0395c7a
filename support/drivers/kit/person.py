"""One person of a scenario, as a driver's client acts for them."""

from support.core.events import Disconnected, LoggedOut
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.scenario_user import ScenarioUser


class Person:
    """Who a user is in a system, whatever it speaks: the name in the scenario, the account, and what reaches them."""

    def __init__(self, user: ScenarioUser) -> None:
        self._user = user
        self._role = user.role
        self._people = user.people
        self._inbox = user.inbox
        self._transcript = user.transcript
        self._lifeline = user.lifeline

    @property
    def _login(self) -> str:
        return self._user.login

    def _cut_off(self, why: str = "") -> None:
        """Tell the user that the system has ended the connection; and the session with it, if it says why."""
        if why:
            self._inbox.put(LoggedOut(why))
        self._inbox.put(Disconnected())


class HttpPerson(Person):
    """The same in a system that is asked over HTTP, with a token.

    Args:
        user: whom this acts for.
        http: their requests.
    """

    def __init__(self, user: ScenarioUser, http: HttpSession) -> None:
        super().__init__(user)
        self._http = http

    @property
    def token(self) -> str | None:
        """What the session is presented by; scenarios put an altered one in its place."""
        return self._http.token

    @token.setter
    def token(self, token: str | None) -> None:
        self._http.token = token
