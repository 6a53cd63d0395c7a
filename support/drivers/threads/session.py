"""One person's session and live connection."""

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import jwt

from support.core import clock
from support.core.inbox import Inbox
from support.core.people import People
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.messaging import Contacts
from support.drivers.clients.http import Unreachable
from support.drivers.kit.read_only import announced
from support.drivers.threads.backend import ThreadsBackend, unwrapped
from support.drivers.threads.discretion import Discretion
from support.drivers.threads.event_parser import EventParser
from support.drivers.threads.households import lasts
from support.drivers.threads.live_connection import ThreadsConnection
from support.drivers.threads.state import Company, Place, Session, company_of, session_of

#: Seconds before the first and the last of a client's attempts to get a lost connection back.
_SOON, _LATER = 0.05, 1.0
#: Seconds before the end of a session in which it is renewed.
_SOON_OVER = 2.0


class Person:
    """Signs in, connects, and comes back. Verbs raise `Rejected` when the server says no, `Unreachable` when silent."""

    def __init__(
        self, backend: ThreadsBackend, role: str, people: People, transcript: Transcript, inbox: Inbox
    ) -> None:
        self._backend = backend
        self._role = role
        self._people = people
        self._transcript = transcript
        self._inbox = inbox
        self._state = backend.state(transcript)
        self._reader = EventParser(role, people, self._state)
        self._line: ThreadsConnection | None = None
        self._more_lines: list[tuple[ThreadsConnection, Inbox]] = []
        self.token: str | None = None
        self.refresh_token = ""
        self.used_refresh_tokens: list[str] = []
        self._discretion = Discretion()

    @property
    def _login(self) -> str:
        return self._people.login(self._role)

    @property
    def _id(self) -> str:
        return self._state.ids[self._login]

    @property
    def _company(self) -> Company:
        return self._state.companies[self._login]

    @property
    def company(self) -> str | None:
        """How the system calls the company one belongs to."""
        company = self._state.companies.get(self._people.login(self._role))
        return company.id if company else None

    @property
    def connected(self) -> bool:
        return self._line is not None and self._line.connected

    @property
    def indiscretions(self) -> list[str]:
        """Where a password was shown, hashed or not: in answers, and on the live connection."""
        return self._discretion.indiscretions

    # -- sessions -------------------------------------------------------------------------------------------------

    async def sign_in(self, password: str) -> None:
        """Ask for a session (contract 2.2)."""
        self._discretion.learn(password)
        with announced():
            told = await self._request("sign in", {"email": self._login, "password": password}, anonymous=True)
        company = self._state.companies.get(self._login) or company_of(told, self._login)
        self._state.knows(self._login, told["user"], company)
        self._keep(told)

    async def refresh(self, token: str | None) -> None:
        """Ask for a new session in place of the present one, with the token that is there for it, or another."""
        self.used_refresh_tokens += [self.refresh_token] if self.refresh_token else []
        body = {} if token is None else {"refreshToken": token}
        self._keep(await self._request("renew the session", body, anonymous=True))
        if self.connected and self._backend.options.renews_connections:
            present = {"token": self.token}
            await self._ask("be recognised anew", "authenticate", present, "authentication_success", lambda _: True)

    def go_on(self) -> bool:
        """Take up the session that one has from registering or from an earlier scenario, if it lasts long enough."""
        session = self._state.sessions.get(self._login)
        if session is None or not lasts(session.token):
            return False
        self._hold(session)
        return True

    def _keep(self, told: dict[str, Any]) -> None:
        self._state.sessions[self._login] = session_of(told)
        self._hold(session_of(told))

    async def _keep_alive(self) -> None:
        """Renew a session of one's own that is about to run out, as a client does: if nobody watches it run out."""
        own, watched = self._state.sessions.get(self._login), self._login in self._state.ending
        if own and own.token == self.token and not watched and not lasts(own.token, _SOON_OVER):
            await self.refresh(own.refresh_token)

    def _hold(self, session: Session) -> None:
        self.token, self.refresh_token = session.token, session.refresh_token
        self._transcript.redactor.learn(self.token)
        self._transcript.redactor.learn(self.refresh_token)

    def token_owner(self) -> str:
        """Whose name the token bears, in the scenario's words."""
        claims = jwt.decode(self.token or "", options={"verify_signature": False})
        return self._people.role(self._state.login(str(claims.get("sub"))))

    async def sign_out(self) -> None:
        """End the session."""
        with announced():
            await self._request("sign out", {"refreshToken": self.refresh_token or None})

    async def contacts(self, of: str | None = None) -> Contacts:
        """Everybody in the company, and who of them is available."""
        members = await self._request("see the members")
        tells = self._backend.has("see who is available")
        seen = (await self._request("see who is available"))["items"] if tells else []
        online = frozenset(self._called(one["userId"]) for one in seen if one["status"] != "offline")
        return Contacts(
            everyone=frozenset(self._called(member["id"]) for member in members["items"]),
            rooms={},
            online=online if tells else None,
        )

    # -- connection -----------------------------------------------------------------------------------------------

    async def connect(self) -> None:
        """Open the live connection with the present token (contract 3.1)."""
        await self.close()
        await self._keep_alive()
        self._line = await self._open_line()
        if not self._backend.options.restores_rooms:
            with suppress(Rejected):  # from a room that this person has been removed from meanwhile
                await self.come_online()

    async def connect_once_more(self) -> None:
        """Open another live connection beside those there are, with an inbox of its own, and come online on it."""
        inbox = Inbox(f"{self._role} on connection {len(self._more_lines) + 2}", self._transcript.began)
        line = await self._open_line(inbox)
        self._more_lines.append((line, inbox))
        for place in self._own_places():
            await self._enter(line, place)

    @property
    def inboxes(self) -> list[Inbox]:
        """What reaches each of one's connections, in the order in which they were opened."""
        return [self._inbox, *(inbox for _, inbox in self._more_lines)]

    @property
    def _lines(self) -> list[ThreadsConnection]:
        return [*([self._line] if self._line else []), *(line for line, _ in self._more_lines)]

    async def _open_line(self, inbox: Inbox | None = None) -> ThreadsConnection:
        line = ThreadsConnection(
            self._role, self._backend, self._transcript, inbox or self._inbox, self._reader, self._discretion
        )
        await line.open(self.token)
        return line

    async def come_online(self) -> None:
        """Enter all the rooms and threads that one is in (contract 3.5)."""
        for place in self._own_places():
            await self.enter(place)

    def _own_places(self) -> list[Place]:
        return [place for place in self._state.places if self._role in place.members]

    async def enter(self, place: Place) -> None:
        """Join a room or a thread on each live connection there is."""
        for line in self._lines:
            if line.connected:
                await self._enter(line, place)

    async def _enter(self, line: ThreadsConnection, place: Place) -> None:
        aim = "enter a thread" if place.is_thread else "enter a room"
        kind, name = ("thread", "threadId") if place.is_thread else ("chatroom", "chatroomId")

        def is_mine(told: dict[str, Any]) -> bool:  # whoever else enters is announced alike
            return told.get(name) == place.id and told.get("user", {}).get("userId") == self._id

        await self._ask(aim, f"join_{kind}", {name: place.id}, f"user_joined_{kind}", is_mine, line=line)

    async def settle(self) -> None:
        """Wait until all that the server had for this person so far is here: one round trip on the connection."""
        probe = f"probe-{secrets.token_hex(4)}"
        with suppress(Rejected):
            aim, body = "get all that is on its way", {"sessionId": probe}
            await self._ask(aim, "join_upload_session", body, "room_joined", lambda _: True)

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

    async def close(self) -> None:
        """Go away without a word, as a client does that loses its network."""
        lines = self._lines
        self._line, self._more_lines = None, []
        await asyncio.gather(*(line.drop() for line in lines))

    # -- the wire -------------------------------------------------------------------------------------------------

    def _called(self, user: str) -> str:
        """How the scenario calls a user of the system."""
        return self._people.role(self._state.login(user))

    def _connection(self) -> ThreadsConnection:
        if self._line is None:
            raise Rejected("there is no connection any more")
        return self._line

    async def _ask(
        self,
        aim: str,
        event: str,
        payload: dict[str, Any],
        answer: str,
        fits: Callable[[dict[str, Any]], bool],
        line: ThreadsConnection | None = None,
    ) -> dict[str, Any] | None:
        def is_answer(name: str, told: dict[str, Any]) -> bool:
            return name == answer and fits(told)

        return await (line or self._connection()).ask(aim, event, payload, is_answer, within=self._backend.delivery)

    async def _request(
        self, what: str, body: Any = None, *, anonymous: bool = False, patient: bool = True, **ids: str
    ) -> Any:
        return unwrapped(await self._answer(what, body, anonymous=anonymous, patient=patient, **ids))

    async def _answer(
        self, what: str, body: Any = None, *, anonymous: bool = False, patient: bool = True, **ids: str
    ) -> Any:
        if not anonymous:
            await self._keep_alive()
        token = None if anonymous else self.token
        backend, who, transcript = self._backend, self._role, self._transcript
        answer = await backend.answer(who, transcript, what, body, token=token, patient=patient, **ids)
        self._discretion.look_at_answer(what, answer.text)
        return answer
