"""How one person gets in, and what is shown to them: sessions and screens."""

import asyncio
import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import jwt

from support.core.events import Arrival, Figure, InvitationStatus, Message, News
from support.core.inbox import Inbox
from support.drivers.capabilities import Rejected
from support.drivers.clients.http import Answer
from support.drivers.clients.websocket import Frame, HandshakeRefused
from support.drivers.dashboard.backend import ACCOUNTS, DashboardBackend
from support.drivers.dashboard.messages import DashboardParser
from support.drivers.dashboard.school_member import SchoolMember
from support.drivers.dashboard.screen import Screen
from support.drivers.kit.person import Person
from support.drivers.kit.read_only import announced, reads_only
from support.drivers.kit.scenario_user import ScenarioUser

#: What a client may send, by the scenario's word for it.
FRAMES: dict[str, Frame] = {
    "a sign of life": json.dumps({"type": "ping", "data": {"message": "test connection"}}),
    "a sign of life that carries nothing": json.dumps({"type": "ping"}),
    "a word that means nothing": json.dumps({"type": "make coffee", "data": {}}),
    "something garbled": "{not quite",
    "nothing at all": "",
    "a list": "[1, 2, 3]",
    "raw bytes": b"\x00\xff\x00",
    "a message whose kind is a list": json.dumps({"type": ["ping"], "data": {}}),
    "a message that is too long": json.dumps({"type": "ping", "data": {"message": "x" * 1_100_000}}),
}
#: What is shown to be let in, by the kind of client.
CLIENTS = {"a script": "bearer", "the web client": "query", "a browser": "cookie", "a page of another site": "foreign"}
CLIENTS |= {"a page of no site": "null", "a browser that names no page": "bare"}
CLIENTS |= {"a page of a site with a similar name": "similar", "a page of a site whose name ends like ours": "ending"}
#: Those that show the session's cookie, and the page that they say they come from.
_PAGES = {"foreign": "https://elsewhere.example", "null": "null", "bare": ""}
_PAGES |= {"similar": "https://{host}.elsewhere.example", "ending": "https://elsewhere-{host}"}
_NOWHERE = 999999
#: Letters of a long sign of life, and how many of those have answers that no connection holds: 24 MB.
_LONG, _MORE_THAN_FITS = 300_000, 80


class DashboardSession(Person):
    """A user who signs in and looks at dashboards.

    Verbs raise `Rejected` when the server says no, `Unreachable` when it is silent. Requests go to one process of the
    server and the first screen is connected to another, if there are several: what happens in one process must reach
    those who are connected to another.
    """

    def __init__(self, backend: DashboardBackend, user: ScenarioUser, turn: int) -> None:
        super().__init__(user)
        self._backend = backend
        self._turn = turn
        self._open_screens: list[Screen] = []
        self._session: str | None = None
        self._cookie: str | None = None
        self.screens = [user.inbox]
        self.token: str | None = None
        """What opens a live connection here: the session's token or, where only that is looked at, its cookie."""

    @property
    def _me(self) -> SchoolMember:
        return self._backend.members[self._login]

    @property
    def connected(self) -> bool:
        return bool(self._open_screens) and all(screen.socket.connected for screen in self._open_screens)

    @property
    def claims(self) -> dict[str, Any]:
        """What a token of the usual form would say of this user; the deployed system's are random numbers."""
        return {"token_type": "access", "user_id": self._me.user, "email": self._login}

    # -- sessions -------------------------------------------------------------------------------------------------

    async def register(self) -> None:
        """Get the account that one has had none of so far."""
        await self._backend.sign_up(self._lifeline, self._login)

    async def register_amiss(self) -> None:
        """The same, with a school whose name has a sign in it that no database keeps."""
        await self._backend.sign_up(self._lifeline, self._login, school="Hope\0")

    async def sign_in(self, password: str) -> None:
        """Get a session by a login code: the one that comes by mail, unless `password` is another to show."""
        self.resume(*await self._backend.sign_in(self._lifeline, self._login, password))

    async def sign_in_as(self, name: str, password: str) -> None:
        """The same, with one's e-mail address written in letters of one's choice."""
        self.resume(*await self._backend.sign_in(self._lifeline, name, password))

    async def sign_in_with_used_code(self) -> None:
        """Show the login code again that has given the last session (contract 2.4)."""
        self.resume(*await self._backend.sign_in_again(self._lifeline, self._login))

    async def ask_for_code(self) -> None:
        """Have a login code sent by mail (contract 2.3)."""
        await self._backend.ask_for_code(self._lifeline, self._login)

    async def sign_in_at_once(self) -> None:
        """Show the code of the last mail, on whatever device one is."""
        await self._backend.sign_in_by_mail(self._lifeline, self._login, "last")

    async def sign_in_with_code(self, which: str) -> None:
        """Show the code of the "first" or "last" mail."""
        self.resume(*await self._backend.sign_in_by_mail(self._lifeline, self._login, which))

    async def expire(self, what: str) -> None:
        """Have the time of one's "login code" or "invitation" be up."""
        await self._backend.expire(self._lifeline, what, self._login)

    async def sign_in_elsewhere_and_out(self, password: str) -> None:
        """Have a second session, as on another device, and end it."""
        session, _ = await self._backend.sign_in(self._lifeline, self._login, password)
        await self._request("sign out", "POST", f"{ACCOUNTS}/auth/logout/", token=session)

    def resume(self, session: str, cookie: str | None) -> None:
        """Go on with a session that one has signed in to elsewhere."""
        self._session, self._cookie = session, cookie
        self.token = self._secret(self._backend.options.credential)

    async def hides_session(self) -> bool:
        """Whether no script on a page can read what the browser keeps of the session."""
        return self._cookie not in self._backend.open_cookies

    def session_owner(self) -> str:
        """Whose the token is, in the scenario's words; one that does not tell is its holder's."""
        try:
            user = int(jwt.decode(self._session or "", options={"verify_signature": False})["user_id"])
        except jwt.PyJWTError:
            return self._role
        return next(
            (self._people.role(login) for login, member in self._backend.members.items() if member.user == user),
            f"user number {user}",
        )

    async def sign_out(self) -> None:
        """End the session (contract 2.5)."""
        self._backend.sessions.pop(self._login, None)
        with announced():
            await self._request("sign out", "POST", f"{ACCOUNTS}/auth/logout/")

    # -- connections ----------------------------------------------------------------------------------------------

    @reads_only  # a user who looks at a dashboard is not shown to others
    async def connect(self) -> None:
        """Open the dashboard of one's own school (contract 3.1)."""
        await self._look_at(self._me.school, self._backend.options.credential, self.token)

    @reads_only
    async def come_online(self) -> None:
        """Nothing more is to be done: a dashboard is told everything from its opening on."""

    async def connect_to(self, owner: str | None) -> None:
        """Open the dashboard of another user's school, or of one that does not exist."""
        school = _NOWHERE if owner is None else self._member(owner).school
        await self._look_at(school, self._backend.options.credential, self.token)

    async def connect_as(self, client: str) -> None:
        """Open one's own dashboard in the way of one of `CLIENTS`."""
        await self._look_at(self._me.school, CLIENTS[client], self._secret(CLIENTS[client]))

    async def _look_at(self, school: int, credential: str, secret: str | None) -> None:
        await self.close()
        self._open_screens = [await self._open(school, credential, secret, self.screens[0])]

    async def open_screens(self, count: int) -> None:
        """Open one's own dashboard on `count` screens, each connected to the server's processes in turn."""
        self.screens += [Inbox(f"{self._role}'s screen {number}") for number in range(len(self.screens) + 1, count + 1)]
        new = self.screens[len(self._open_screens) : count]
        school, credential, first = self._me.school, self._backend.options.credential, len(self._open_screens)
        opened = await asyncio.gather(
            *(self._open(school, credential, self.token, inbox, first + number) for number, inbox in enumerate(new)),
            return_exceptions=True,
        )
        self._open_screens += [one for one in opened if isinstance(one, Screen)]
        for trouble in opened:
            if isinstance(trouble, BaseException):
                raise trouble

    @reads_only
    async def close_screen(self) -> None:
        """Close the screen that was opened last."""
        await self._open_screens.pop().socket.close()
        self.screens.pop()

    @reads_only
    async def settle(self) -> None:
        """Wait until all that was under way to this person is here: one round trip on each connection."""
        await asyncio.gather(*(screen.socket.ping(self._backend.response) for screen in self._open_screens))

    async def close(self) -> None:
        """Close all screens."""
        await asyncio.gather(*(screen.socket.close() for screen in self._open_screens))
        self._open_screens = []

    async def _open(self, school: int, credential: str, secret: str | None, inbox: Inbox, number: int = 0) -> Screen:
        """Open one screen; each is connected to another of the server's processes in turn."""
        response, processes = self._backend.response, self._backend.processes
        reader = DashboardParser(self._backend.options.names, self._called)
        screen = Screen(self._lifeline, inbox, reader, self._marker, self._backend.dial)
        address = processes[(self._turn + number) % len(processes)].address.replace("http", "ws", 1)
        query, headers = self._shown(credential, secret)
        self._lifeline.aims("open a dashboard")
        try:
            url = f"{address}/ws/schools/{school}/dashboard/{query}"
            await screen.socket.connect(url, headers=headers, within=response)
        except HandshakeRefused as refusal:
            raise self._backend.statuses.refusal(refusal.answer) from refusal
        if self._backend.options.refusal == "close" and not await screen.socket.ping(response):
            code, reason = screen.socket.ended or (1006, "")
            raise self._backend.statuses.refusal(Answer(code, reason.encode()))
        return screen

    def _secret(self, credential: str) -> str | None:
        """What a credential of this kind is made of."""
        return self._cookie if credential in ("cookie", *_PAGES) else self._session

    def _shown(self, credential: str, secret: str | None) -> tuple[str, dict[str, str]]:
        """What is shown to be let in: a query and headers."""
        own = self._backend.options.origin
        origin = _PAGES.get(credential, own).format(host=urlsplit(own).hostname)
        page = {"Origin": origin} if origin else {}
        if secret is None:
            return "", {}
        if credential == "bearer":
            return "", {"Authorization": f"Bearer {secret}"}
        if credential == "query":
            return f"?{urlencode({'token': secret})}", page
        return "", page | {"Cookie": f"sessionid={secret}"}

    # -- what arrives ---------------------------------------------------------------------------------------------

    def _called(self, name: str) -> str:
        """How the scenario calls the owner of an e-mail address or a name."""
        return self._people.role(self._backend.logins.get(name, name))

    def _marker(self, text: str) -> Message | None:
        """The message that a marker is for this person: None if it is for another user.

        Raises:
            KeyError: the text is no marker.
        """
        sender, addressee = self._backend.markers[text]
        return Message(self._people.role(sender), text) if addressee == self._login else None

    def tells(self, kind: type[Arrival]) -> bool:
        """Whether this deployment tells of such things at all."""
        name = {News: "activity", Figure: "figures", InvitationStatus: "invitation status"}.get(kind)
        return name is None or name in self._backend.options.names

    async def send_frame(self, what: str) -> None:
        """Send one of `FRAMES`."""
        if not self._open_screens:
            raise Rejected("there is no connection")
        self._lifeline.aims(f"send {what}")
        await self._open_screens[0].socket.send(FRAMES[what])

    async def stop_reading(self) -> None:
        """Read nothing any more, and ask for more answers than a connection holds."""
        long = json.dumps({"type": "ping", "data": {"message": "x" * _LONG}})
        await self._open_screens[0].socket.flood(long, times=_MORE_THAN_FITS)

    # -- the wire -------------------------------------------------------------------------------------------------

    def _member(self, role: str) -> SchoolMember:
        return self._backend.members[self._people.login(role)]

    async def _request(
        self,
        aim: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        token: str | None = None,
        process: int | None = None,
    ) -> Answer:
        process = self._turn + 1 if process is None else process
        return await self._backend.request(
            self._lifeline, aim, method, path, body, token=token or self._session, process=process
        )
