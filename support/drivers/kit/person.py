"""One person of a scenario, as a driver's client acts for them."""

from support.core.inbox import Inbox
from support.core.people import People
from support.core.transcript import Transcript
from support.drivers.kit.http_session import HttpSession


class Person:
    """Who a user is in a system, whatever it speaks: the name in the scenario, the account, and what reaches them.

    Args:
        role: the name in the scenario, "user A".
        people: the accounts of the scenario's people.
        inbox: where arrivals go.
        transcript: the scenario's record.
    """

    def __init__(self, role: str, people: People, inbox: Inbox, transcript: Transcript) -> None:
        self._role = role
        self._people = people
        self._inbox = inbox
        self._transcript = transcript

    @property
    def _login(self) -> str:
        return self._people.login(self._role)


class HttpPerson(Person):
    """The same in a system that is asked over HTTP, with a token.

    Args:
        role: the name in the scenario, "user A".
        people: the accounts of the scenario's people.
        inbox: where arrivals go.
        http: this person's requests.
    """

    def __init__(self, role: str, people: People, inbox: Inbox, http: HttpSession) -> None:
        super().__init__(role, people, inbox, http.transcript)
        self._http = http

    @property
    def token(self) -> str | None:
        """What opens the system's doors; scenarios put an altered one in its place."""
        return self._http.token

    @token.setter
    def token(self, token: str | None) -> None:
        self._http.token = token
