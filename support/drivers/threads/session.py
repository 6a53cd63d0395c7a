"""One person's session and live connection."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import jwt

from support.core import clock
from support.core.inbox import Inbox
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.messaging import Contacts
from support.drivers.clients.http import Answer, Unreachable
from support.drivers.kit.password_leaks import PasswordLeaks
from support.drivers.kit.person import HttpPerson
from support.drivers.kit.read_only import announced
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.threads.backend import ThreadsBackend, unwrapped
from support.drivers.threads.event_parser import EventParser
from support.drivers.threads.households import lasts
from support.drivers.threads.live_connection import ThreadsConnection
from support.drivers.threads.state import Company, Place, Session, company_of, session_of

#: Seconds before the first and the last of a client's attempts to get a lost connection back.
_SOON, _LATER = 0.05, 1.0
#: Seconds before the end of a session in which it is renewed.
_SOON_OVER = 2.0


class ThreadsSession(HttpPerson):
    """Signs in, connects and comes back, and asks in one's own name."""

    def __init__(self, backend: ThreadsBackend, user: ScenarioUser) -> None:
        super().__init__(user, backend.session(user.lifeline))
        self.role = user.role
        self.people = user.people
        self.backend = backend
        self.state = backend.state(user.transcript)
        self.leaks = PasswordLeaks()
        self._reader = EventParser(user.role, user.people, self.state)
        self._line: ThreadsConnection | None = None
        self._more_lines: list[tuple[ThreadsConnection, Inbox]] = []
        self.refresh_token = ""
        self.used_refresh_tokens: list[str] = []

    @property
    def login(self) -> str:
        return self._login

    @property
    def id(self) -> str:
        """How the system calls this person."""
        return self.state.ids[self.login]

    @property
    def own_company(self) -> Company:
        """The company that one belongs to."""
        return self.state.companies[self.login]

    @property
    def company(self) -> str | None:
        """How the system calls it; None for a user who is in none yet."""
        company = self.state.companies.get(self.login)
        return company.id if company else None

    @property
    def password_leaks(self) -> list[str]:
        """Where a password was shown, hashed or not: in answers, and on the live connection."""
        return self.leaks.found

    @property
    def connected(self) -> bool:
        return self._line is not None and self._line.connected

    # -- sessions -------------------------------------------------------------------------------------------------

    async def sign_in(self, password: str) -> None:
        """Ask for a session (contract 2.2)."""
        await self.sign_in_as(self.login, password)

    async def sign_in_as(self, name: str, password: str) -> None:
        """The same, by an address that is written in another way."""
        self.leaks.learn(password)
        with announced():
            told = await self.request("sign in", {"email": name, "password": password}, anonymous=True)
        company = self.state.companies.get(self.login) or company_of(told, self.login)
        self.state.knows(self.login, told["user"], company)
        self.keep(told)

    async def refresh(self, token: str | None) -> None:
        """Ask for a new session in place of the present one, with the token that is there for it, or another."""
        self.used_refresh_tokens += [self.refresh_token] if self.refresh_token else []
        body = {} if token is None else {"refreshToken": token}
        self.keep(await self.request("renew the session", body, anonymous=True))
        if self.connected and self.backend.options.renews_connections:
            present = {"token": self.token}
            await self.exchange("be recognised anew", "authenticate", present, "authentication_success", lambda _: True)

    def learn(self, password: str) -> None:
        """Mask a password, and look for it in all that one is shown."""
        self._http.learn(password)
        self.leaks.learn(password)

    def mask(self, secret: str) -> None:
        """Mask what nobody is to see, wherever it turns up from now on."""
        self._http.learn(secret)

    def go_on(self) -> bool:
        """Take up the session that one has from registering or from an earlier scenario, if it lasts long enough."""
        session = self.state.sessions.get(self.login)
        if session is None or not lasts(session.token):
            return False
        self._hold(session)
        return True

    def keep(self, told: dict[str, Any]) -> None:
        """Go on with the session that an answer gives."""
        self.state.sessions[self.login] = session_of(told)
        self._hold(session_of(told))

    async def _keep_alive(self) -> None:
        """Renew a session of one's own that is about to run out, as a client does: unless a step watches it run out."""
        own, watched = self.state.sessions.get(self.login), self.login in self.state.ending
        if own and own.token == self.token and not watched and not lasts(own.token, _SOON_OVER):
            await self.refresh(own.refresh_token)

    def _hold(self, session: Session) -> None:
        self.refresh_token = session.refresh_token
        self._http.hold(session.token, session.refresh_token)

    def session_owner(self) -> str:
        """Whose name the token bears, in the scenario's words."""
        claims = jwt.decode(self.token or "", options={"verify_signature": False})
        return self.people.role(self.state.login(str(claims.get("sub"))))

    async def sign_out(self) -> None:
        """End the session; a user who comes online again signs in anew."""
        with announced():
            await self.request("sign out", {"refreshToken": self.refresh_token or None})
        self.state.sessions.pop(self.login, None)

    async def contacts(self, of: str | None = None) -> Contacts:
        """Everybody in the company, and who of them is available."""
        members = await self.request("see the members")
        tells = self.backend.has("see who is available")
        seen = (await self.request("see who is available"))["items"] if tells else []
        online = frozenset(self.called(one["userId"]) for one in seen if one["status"] != "offline")
        return Contacts(
            everyone=frozenset(self.called(member["id"]) for member in members["items"]),
            rooms={},
            online=online if tells else None,
        )

    # -- connection -----------------------------------------------------------------------------------------------

    async def connect(self) -> None:
        """Open the live connection with the present token (contract 3.1)."""
        await self.close()
        await self._keep_alive()
        self._line = await self._open_line()
        if not self.backend.options.restores_rooms:
            with suppress(Rejected):  # from a room that this person has been removed from meanwhile
                await self.come_online()

    async def connect_once_more(self) -> None:
        """Open another live connection beside those there are, with an inbox of its own, and come online on it."""
        inbox = self._user.on_connection(len(self._more_lines) + 2).inbox
        line = await self._open_line(inbox)
        self._more_lines.append((line, inbox))
        for place in self._own_places():
            await self._enter(line, place)

    async def close_one(self) -> None:
        """Go away without a word on the connection that was opened last, and stay on the others."""
        line, _ = self._more_lines.pop()
        await line.close()

    @property
    def inboxes(self) -> list[Inbox]:
        """What reaches each of one's connections, in the order in which they were opened."""
        return [self._inbox, *(inbox for _, inbox in self._more_lines)]

    @property
    def lines(self) -> list[ThreadsConnection]:
        return [*([self._line] if self._line else []), *(line for line, _ in self._more_lines)]

    async def _open_line(self, inbox: Inbox | None = None) -> ThreadsConnection:
        line = ThreadsConnection(self._lifeline, self.backend, inbox or self._inbox, self._reader, self.leaks)
        await line.open(self.token)
        return line

    async def come_online(self) -> None:
        """Enter all the rooms and threads that one is in, and has not been put out of (contract 3.5)."""
        for place in self._own_places():
            await self.enter(place)

    def _own_places(self) -> list[Place]:
        return [place for place in self.state.places if self.role in place.members - place.gone]

    async def enter(self, place: Place) -> None:
        """Join a room or a thread on each live connection there is."""
        for line in self.lines:
            if line.connected:
                await self._enter(line, place)

    async def _enter(self, line: ThreadsConnection, place: Place) -> None:
        aim = "enter a thread" if place.is_thread else "enter a room"
        kind, name = ("thread", "threadId") if place.is_thread else ("chatroom", "chatroomId")

        def is_mine(told: dict[str, Any]) -> bool:  # another user who enters is announced alike
            return told.get(name) == place.id and told.get("user", {}).get("userId") == self.id

        await self.exchange(aim, f"join_{kind}", {name: place.id}, f"user_joined_{kind}", is_mine, line=line)

    async def settle(self) -> None:
        """Wait until all that the server had for this person so far is here: one round trip on the connection."""
        probe = f"probe-{secrets.token_hex(4)}"
        with suppress(Rejected):
            aim, body = "get all that is on its way", {"sessionId": probe}
            await self.exchange(aim, "join_upload_session", body, "room_joined", lambda _: True)

    async def recover(self, within: float) -> None:
        """Get a lost connection back, trying again after longer and longer pauses.

        Raises:
            Refused, Unreachable: not within so many seconds; how the last attempt ended.
        """
        deadline, delay = clock.now() + within, _SOON
        while True:
            try:
                return await self.connect()
            except (Rejected, Unreachable):
                if clock.now() + delay > deadline:
                    raise
            await clock.pause(delay)
            delay = min(2 * delay, _LATER)

    async def take_leave(self) -> None:
        """Go away in good order, as a client does that is closed."""
        lines, self._line, self._more_lines = self.lines, None, []
        await asyncio.gather(*(line.take_leave() for line in lines))

    async def close(self) -> None:
        """Go away without a word, as a client does that loses its network."""
        lines = self.lines
        self._line, self._more_lines = None, []
        await asyncio.gather(*(line.drop() for line in lines))

    # -- the wire -------------------------------------------------------------------------------------------------

    def called(self, user: str) -> str:
        """How the scenario calls a user of the system."""
        return self.people.role(self.state.login(user))

    def connection(self) -> ThreadsConnection:
        """The live connection.

        Raises:
            Rejected: there is none any more.
        """
        if self._line is None:
            raise Rejected("there is no connection any more")
        return self._line

    async def exchange(
        self,
        aim: str,
        event: str,
        payload: dict[str, Any],
        answer: str,
        fits: Callable[[dict[str, Any]], bool],
        line: ThreadsConnection | None = None,
    ) -> dict[str, Any] | None:
        """Send an event, and wait for the one of this name that answers it, on the live connection or another one."""

        def is_answer(name: str, told: dict[str, Any]) -> bool:
            return name == answer and fits(told)

        return await (line or self.connection()).ask(aim, event, payload, is_answer, within=self.backend.delivery)

    async def request(self, what: str, body: Any = None, **how: Any) -> Any:
        """What the answer to a request holds; see `ThreadsBackend.answer`."""
        return unwrapped(await self.answer(what, body, **how))

    async def answer(self, what: str, body: Any = None, *, anonymous: bool = False, **how: Any) -> Answer:
        """The answer to a request, in a session that is renewed in time."""
        if not anonymous:
            await self._keep_alive()
        answer = await self.backend.answer(self._http, what, body, anonymous=anonymous, **how)
        self.leaks.look_at_answer(what, answer.text)
        return answer

    async def request_as(self, token: str, what: str, body: Any = None, **ids: str) -> Any:
        """What the answer to a request holds that shows another token, or one that is not renewed."""
        return await self.backend.request(self._http, what, body, token=token, **ids)
