"""The driver of the school dashboard: domain verbs, spoken as HTTP and WebSocket (contracts/dashboard.md).

What differs between the reference and a deployed server is an option here, set in the profile; never code in a step.
"""

import itertools
import re
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict

from support import clock
from support.errors import NotCapable
from support.inbox import Inbox
from support.stores.mail import MailFolder
from support.systems.capabilities import Refused, Unavailable
from support.systems.dashboard_client import DashboardClient
from support.systems.people import Account, People
from support.transcript import Transcript
from support.transports.http import Answer, Http

ACCOUNTS = "/api/accounts"


class DashboardOptions(BaseModel):
    """How this deployment of the dashboard wants to be spoken to."""

    model_config = ConfigDict(extra="forbid")

    credential: Literal["bearer", "query", "cookie"] = "bearer"
    """What opens a live connection: the token in a header, the token in the address, or the browser's session."""
    scheme: Literal["Bearer", "Token"] = "Bearer"
    """The word before the token in requests."""
    origin: str = "http://localhost:8081"
    """The page that the web client comes from."""
    refusal: Literal["http", "close"] = "http"
    """Whether a connection is refused by an HTTP status, or accepted and closed at once."""
    unavailable: list[int] = [503]
    """HTTP statuses, or close codes, that say that the system cannot serve now."""
    mail_folder: Path | None = None
    """Where the system writes its mail, among it the login codes; filled in for a system of our own."""
    invite_by: Literal["school", "existing"] = "school"
    """Which request invites: the one that DASH-003 names, or the one for people who have an account."""
    names: dict[Literal["activity", "figures", "invitation status"], str] = {
        "activity": "activity_new",
        "figures": "metrics_update",
        "invitation status": "invitation_status_update",
    }
    """What its messages are called; left out is what it does not tell."""
    test_support: bool = True
    """Whether the lifetime of somebody's tokens can be chosen."""
    vary_source: bool = False
    """Whether each request names another source, to stay below limits for each source (contract 1.3)."""
    educational_system: int = 1
    """The number that a new student's record refers to (contract 1.4)."""


@dataclass
class Member:
    """What the driver knows of somebody: number, the school whose dashboard is theirs, and that school's owner."""

    user: int
    school: int
    owner: str


class Dashboard:
    """One deployment of the dashboard.

    Args:
        addresses: base URLs of all processes of the server; clients are spread over them.
        options: the dialect.
        response: seconds the server may take to answer anything.
    """

    def __init__(self, addresses: list[str], options: DashboardOptions, *, response: float) -> None:
        self.address = addresses[0]
        self.options = options
        self.response = response
        self.members: dict[str, Member] = {}
        self.logins: dict[str, str] = {}
        """Name -> e-mail address: some messages know people by name only."""
        self.markers: dict[str, tuple[str, str]] = {}
        """Text of a barrier's marker -> who sent it, and to whom; see `DashboardClient.send`."""
        self.mail = MailFolder(options.mail_folder) if options.mail_folder else None
        self.processes = [Http(address, patience=response) for address in addresses]
        self._turns = itertools.cycle(range(len(addresses)))
        self._stewards: dict[str, str] = {}

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """Sign somebody up, with a school of their own (contract 2.2).

        Raises:
            NotCapable: the lifetime of sessions cannot be chosen.
            Refused: the system would not.
        """
        name = f"{re.sub(r'^the |[^a-z]+', ' ', role.lower()).strip().replace(' ', '-')}.{secrets.token_hex(4)}"
        login = f"{name}@example.com"
        body = {"name": name, "email": login, "phone_number": "+351 210 000 000", "school": {"name": f"School {name}"}}
        answer = await self.request(role, transcript, "POST", f"{ACCOUNTS}/users/signup/", body | {"user_type": "school"})
        user, school = answer.field("user"), answer.field("school")
        self.members[login] = Member(user["id"], school["id"], owner=login)
        self.logins[name] = login
        if lifetime is not None:
            await self._set_lifetime(role, transcript, login, lifetime)
        return Account(login, password="")

    async def _set_lifetime(self, role: str, transcript: Transcript, login: str, lifetime: float) -> None:
        if not self.options.test_support:
            raise NotCapable("this deployment does not let the lifetime of sessions be chosen")
        body = {"email": login, "seconds": lifetime}
        await self.request(role, transcript, "PUT", "/test_support/token_lifetime", body)

    def client(self, role: str, people: People, transcript: Transcript, inbox: Inbox) -> DashboardClient:
        """One person's client; each takes its turn at the server's processes."""
        return DashboardClient(self, role, people, transcript, inbox, turn=next(self._turns))

    async def sign_in(self, who: str, transcript: Transcript, login: str, code: str = "") -> tuple[str, str]:
        """Ask for a login code, and show it (contract 2.3, 2.4).

        Args:
            who: the name in the transcript.
            login: whose session it is to be.
            code: what to show in place of the code that comes by mail.

        Returns:
            The session's token and its cookie.

        Raises:
            Refused: the code is not taken, or none came.
        """
        known = self._codes(login)
        await self.request(who, transcript, "POST", f"{ACCOUNTS}/auth/request-code/", {"email": login})
        await clock.until(lambda: len(self._codes(login)) > len(known), within=self.response)
        mailed = self._codes(login)[len(known) :]
        if not mailed:
            raise Refused("no login code came by mail")
        body = {"email": login, "code": code or mailed[-1]}
        answer = await self.request(who, transcript, "POST", f"{ACCOUNTS}/auth/verify-code/", body)
        if not answer.field("token"):
            raise Refused(reason(answer))
        return str(answer.field("token")), answer.cookies.get("sessionid", "")

    def _codes(self, login: str) -> list[str]:
        """The login codes mailed to somebody, oldest first."""
        if self.mail is None:
            raise NotCapable("the profile does not say where this system's mail goes (mail_folder)")
        found = (re.search(r"verification code is: (\d{6})", text) for text in self.mail.to(login))
        return [code[1] for code in found if code]

    async def steward(self, login: str, transcript: Transcript) -> str:
        """A token of a school's owner for what goes on behind the scenes, apart from the scenario's own sessions."""
        if login not in self._stewards:
            self._stewards[login], _ = await self.sign_in("the stage", transcript, login)
        return self._stewards[login]

    async def request(
        self,
        who: str,
        transcript: Transcript,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        process: int = 0,
    ) -> Answer:
        """One request that has to succeed.

        Raises:
            Refused: the server says no.
            Unavailable: it says that it cannot serve now.
            AssertionError: it fails.
        """
        headers = {} if token is None else {"Authorization": f"{self.options.scheme} {token}"}
        if self.options.vary_source:
            headers["X-Forwarded-For"] = f"source-{secrets.token_hex(4)}"
        http = self.processes[process % len(self.processes)]
        answer = await http.request(who, transcript, method, path, body=body, headers=headers)
        if answer.status in self.options.unavailable:
            raise Unavailable(reason(answer))
        assert answer.status < 500, f"the server failed over {method} {path}: {answer.status} {answer.text[:200]}"
        if answer.status >= 400:
            raise Refused(reason(answer))
        return answer

    async def serves(self, transcript: Transcript) -> bool:
        """Whether every process, with its databases, answers (contract 2.1: by saying that nobody is signed in)."""
        answers = [await http.request("the stage", transcript, "GET", "/api/") for http in self.processes]
        return all(answer.status < 500 for answer in answers)

    async def close(self) -> None:
        """Close what the driver itself holds open."""
        for http in self.processes:
            await http.close()


def reason(answer: Answer) -> str:
    """The server's own words for its refusal, or the status where it has none."""
    said = answer.field("detail") or answer.field("error") or answer.field("message") or answer.body
    return str(said or f"status {answer.status}")
