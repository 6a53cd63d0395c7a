"""The requests that everybody who uses a dashboard shares."""

import itertools
import re
import secrets
from collections.abc import Awaitable, Callable
from typing import Any

from support.core import clock
from support.core.errors import NotSupported
from support.core.transcript import EARSHOT, Lifeline, Transcript
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.clients.http import Answer, Http
from support.drivers.clients.websocket import Dial, WebSocket
from support.drivers.dashboard.options import DashboardOptions
from support.drivers.dashboard.school_member import SchoolMember
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.read_only import announced
from support.drivers.kit.statuses import Statuses
from support.drivers.stores.mail import MailFolder

ACCOUNTS = "/api/accounts"


#: Has a session end, so many seconds from now.
Shorten = Callable[[str, float], Awaitable[None]]


class DashboardBackend:
    """One deployment of the dashboard.

    Args:
        addresses: base URLs of all processes of the server; clients are spread over them.
        options: the dialect.
        response: seconds the server may take to answer anything.
        sockets: what connections are made of under load; they, and those for requests, are fast and not recorded.
        shorten: has a session end soon, where the deployment has a way to do so from outside.
    """

    def __init__(
        self,
        addresses: list[str],
        options: DashboardOptions,
        *,
        response: float,
        sockets: Sockets | None = None,
        shorten: Shorten | None = None,
    ) -> None:
        self.options = options
        self.statuses = Statuses(unavailable=options.unavailable)
        self._shorten = shorten
        self._lifetimes: dict[str, float] = {}
        """Login -> seconds that each session of theirs is to last."""
        self.response = response
        self.members: dict[str, SchoolMember] = {}
        self.logins: dict[str, str] = {}
        """Name -> e-mail address: some messages know people by name only."""
        self.markers: dict[str, tuple[str, str]] = {}
        """Text of a barrier's marker -> who sent it, and to whom; see `DashboardClient.send`."""
        self.mail = MailFolder(options.mail_folder) if options.mail_folder else None
        self.processes = [Http(address, patience=response, keeps=sockets is not None) for address in addresses]
        self.dial: Dial = sockets.dial if sockets else WebSocket
        self.sessions: dict[str, tuple[str, str | None]] = {}
        """Login -> token and cookie of the last session, unless its user has ended it."""
        self.open_cookies: set[str] = set()
        """Those that scripts on a page may read."""
        self._stewards: dict[str, str] = {}
        self._used_codes: dict[str, str] = {}
        """Login -> the code that has given the last session."""
        self._asked: set[str] = set()
        """Logins that a code was sent to which has not been used."""
        self._numbers: dict[str, int] = {}
        """Login -> the number of the account, once a user has signed in to it."""

    def see_that_lifetimes_can_be_chosen(self) -> None:
        """Say so before anything is asked of the system.

        Raises:
            NotSupported: they cannot.
        """
        if not self.options.test_support and self._shorten is None:
            raise NotSupported(
                "this deployment does not let the lifetime of sessions be chosen (driver.shorten_session)"
            )

    async def choose_lifetime(self, by: Lifeline, login: str, lifetime: float) -> None:
        """Have the sessions of a user last so many seconds: by the system, or by a command for each."""
        if not self.options.test_support:
            self._lifetimes[login] = lifetime
            return
        aim, body = "choose the lifetime of sessions", {"email": login, "seconds": lifetime}
        await self.request(by, aim, "PUT", "/test_support/token_lifetime", body)

    async def expire(self, by: Lifeline, what: str, login: str) -> None:
        """Have the time of a user's "login code" or "invitation" be up.

        Raises:
            NotSupported: only a server of our own can be told to.
        """
        if not self.options.test_support:
            raise NotSupported(f"this deployment does not let the time of one's {what} be up at will")
        body = {"email": login, "what": what}
        await self.request(by, f"let the {what} expire", "PUT", "/test_support/expiry", body)

    async def sign_up(self, by: Lifeline, login: str, school: str = "") -> None:
        """Make an account, with a school to own (contract 2.2). Raises `Rejected`."""
        name = login.partition("@")[0]
        body = {
            "name": name,
            "email": login,
            "phone_number": "+351 210 000 000",
            "user_type": "school",  # some versions want to know
            "school": {"name": school or f"School {name}"},
        }
        answer = await self.request(by, "sign up", "POST", f"{ACCOUNTS}/users/signup/", body)
        self.members[login] = SchoolMember(answer.field("user")["id"], answer.field("school")["id"], owner=login)
        self.logins[name] = login

    async def sign_in(self, by: Lifeline, login: str, code: str = "") -> tuple[str, str | None]:
        """Ask for a login code, and show it (contract 2.3, 2.4).

        Args:
            by: who asks.
            login: whose session it is to be.
            code: what to show in place of the code that comes by mail.

        Returns:
            The session's token, and its cookie if it has one.

        Raises:
            Rejected: the code is not taken, or none came.
        """
        if code and login in self._asked:  # one who guesses does not ask for a code to replace the one guessed at
            return await self.show_code(by, login, code)
        mailed = await self.ask_for_code(by, login)
        try:
            return await self.show_code(by, login, code or mailed)
        except Rejected as refusal:
            if code or not self.options.codes_may_lapse or isinstance(refusal, Unavailable):
                raise
            return await self.show_code(by, login, await self.ask_for_code(by, login))

    async def sign_in_again(self, by: Lifeline, login: str) -> tuple[str, str | None]:
        """Show the code once more that has given the last session.

        No other is asked for before: that alone may end the former one (contract 2.3), and would hide whether its use
        does.

        Raises:
            Rejected: the code is not taken.
        """
        return await self.show_code(by, login, self._used_codes[login])

    async def sign_in_by_mail(self, by: Lifeline, login: str, which: str) -> tuple[str, str | None]:
        """Show the code of the first or of the last mail, and ask for no other before.

        Raises:
            Rejected: the code is not taken.
        """
        codes = self._codes(login)
        return await self.show_code(by, login, codes[0] if which == "first" else codes[-1])

    async def ask_for_code(self, by: Lifeline, login: str) -> str:
        """Have a login code sent by mail, and find it there.

        Raises:
            Rejected: none came.
        """
        known = self._codes(login)
        body = {"email": login}
        with announced():
            await self.request(by, "get a login code", "POST", f"{ACCOUNTS}/auth/request-code/", body)
        await clock.until(lambda: len(self._codes(login)) > len(known), within=self.response)
        mailed = self._codes(login)[len(known) :]
        if not mailed:
            raise Rejected("no login code came by mail")
        by.transcript.redactor.learn(mailed[-1])
        self._asked.add(login)
        return mailed[-1]

    async def show_code(self, by: Lifeline, login: str, code: str) -> tuple[str, str | None]:
        """Show a login code, be it of an address that no user has (contract 2.4).

        Raises:
            Rejected: the code is not taken.
        """
        body = {"email": login, "code": code}
        with announced():
            answer = await self.request(by, "sign in", "POST", f"{ACCOUNTS}/auth/verify-code/", body)
        if not answer.field("token"):
            raise Rejected(self.statuses.words(answer), answer.status)
        token, cookie = str(answer.field("token")), answer.cookies.get("sessionid")
        self._numbers[login], self._used_codes[login] = answer.field("user")["id"], code
        for secret in (token, cookie):
            by.transcript.redactor.learn(secret)
        self._asked.discard(login)
        self.sessions.pop(login, None)
        self.sessions[login] = token, cookie
        if cookie and "sessionid" in answer.open_cookies:
            self.open_cookies.add(cookie)
        if self._shorten is not None and login in self._lifetimes:
            shown = cookie if self.options.credential == "cookie" else token
            await self._shorten(shown or token, self._lifetimes[login])
        return token, cookie

    def _codes(self, login: str) -> list[str]:
        """The login codes mailed to a user, oldest first."""
        if self.mail is None:
            raise NotSupported("the profile does not say where this system's mail goes (mail_folder)")
        found = (re.search(r"verification code is: (\d{6})", text) for text in self.mail.to(login))
        return [code[1] for code in found if code]

    async def steward(self, login: str, transcript: Transcript) -> str:
        """A token of a school's owner for what goes on behind the scenarios, apart from the scenario's own sessions."""
        if login not in self._stewards:
            self._stewards[login], _ = await self.sign_in(transcript.of(EARSHOT), login)
        return self._stewards[login]

    async def membership(self, login: str, transcript: Transcript) -> SchoolMember:
        """What a user is who has an account already, as the system shows it to them (contract 2.4, 2.8).

        Raises:
            Rejected: they cannot sign in.
            NotSupported: they belong to no school.
        """
        token = await self.steward(login, transcript)
        schools = await self.schools(transcript.of(EARSHOT), token)
        if not schools:
            raise NotSupported(f"the account {login} belongs to no school")
        return SchoolMember(self._numbers[login], schools[0]["id"], owner=login)

    async def schools(self, by: Lifeline, token: str | None) -> list[dict[str, Any]]:
        """The schools that the owner of a token belongs to, from all pages of the list (contract 2.8).

        Args:
            by: who asks.
            token: what opens the requests.
        """
        listed: list[dict[str, Any]] = []
        for page in itertools.count(1):
            path = f"{ACCOUNTS}/schools/?page={page}"
            answer = await self.request(by, "see one's schools", "GET", path, token=token)
            listed += answer.body["results"]
            if not answer.body["next"]:
                break
        return listed

    async def request(
        self,
        by: Lifeline,
        aim: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        process: int = 0,
    ) -> Answer:
        """One request that has to succeed; `aim` says in plain words what is wanted with it.

        Raises:
            Rejected: the server says no.
            Unavailable: it says that it cannot serve now; `Failed` if it has failed.
        """
        headers = {"X-Forwarded-For": f"source-{secrets.token_hex(4)}"} if self.options.vary_source else {}
        http, presents = self.processes[process % len(self.processes)], self._presents
        session = HttpSession(http, by, self.statuses, presents=presents, token=token)
        return await session.request(aim, method, path, body, headers=headers)

    def _presents(self, token: str) -> dict[str, str]:
        return {"Authorization": f"{self.options.scheme} {token}"}
