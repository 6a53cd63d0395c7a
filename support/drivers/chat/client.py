"""One person's chat client."""

import asyncio
from functools import partial
from typing import Any, Self

import jwt

from support.core import clock
from support.core.errors import NotSupported
from support.core.events import Declined
from support.core.inbox import Inbox
from support.core.transcript import SENT
from support.drivers.capabilities import ConnectionEnded, Rejected
from support.drivers.capabilities.messaging import Contacts
from support.drivers.chat.answers import STATUSES, reason
from support.drivers.chat.events import chat_events, of_strangers
from support.drivers.chat.handshake import shake_hands
from support.drivers.chat.joining import Joins
from support.drivers.chat.malformed_requests import MalformedRequests
from support.drivers.chat.options import ADMIN, Endpoint
from support.drivers.clients.socketio import Owner, SocketIO
from support.drivers.kit.heartbeats import Heartbeats
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.person import HttpPerson
from support.drivers.kit.read_only import announced, reads_only
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.several_connections import HasSeveralConnections


class ChatClient(HasSeveralConnections, HttpPerson):
    """One person's chat client. Verbs raise `Rejected` when the server says no, `Unreachable` when it is silent."""

    def __init__(self, server: Endpoint, user: ScenarioUser) -> None:
        session = HttpSession(server.http, user.lifeline, STATUSES, presents=lambda token: {"jwt": token})
        super().__init__(user, session)
        self._server = server
        self._socket: SocketIO | None = None
        self._heartbeats = Heartbeats(self._give_sign)
        self._events = chat_events(user.people, user.role)
        self._owner = Owner(user.lifeline, self._heard, self._lost, of_strangers(user.people))
        self._rooms_joined: set[str] = set()
        self._joins = Joins(server.options.join_delay + server.response)
        self._aside: list[ChatClient] = []
        self._as_it_came: tuple[object, ...] = ()
        self.last_sign_of_life = 0.0
        exchange = partial(self._exchange, within=server.response)
        self.send_malformed = MalformedRequests(self._http, exchange, self._refusals, self._proper).send_malformed

    @property
    def connected(self) -> bool:
        return self._socket is not None and self._socket.connected

    async def register(self) -> None:
        """Get the account that one has had none of so far.

        Raises:
            NotSupported: nothing registers users here.
        """
        account = self._people.account(self._role)
        if account is None or not self._server.options.registers:
            raise NotSupported("nothing registers users here")
        await self._server.register(self._http, account)

    async def sign_in(self, password: str) -> None:
        """Ask for a session (contract 2.2)."""
        await self.sign_in_as(self._login, password)

    async def sign_in_as(self, name: str, password: str) -> None:
        """Ask for a session by a name that may be written in another way."""
        body = {"username": name, "password": password}
        with announced():
            answer = await self._http.request("sign in", "POST", "/log_in", body, anonymous=True)
        if not answer.field("token"):
            raise Rejected(reason(answer), answer.status)
        self._http.hold(answer.field("token"))

    def session_owner(self) -> str:
        """Whose name the token bears, in the scenario's words."""
        return self._people.role(str(jwt.decode(self.token or "", options={"verify_signature": False}).get("user")))

    async def sign_out(self) -> None:
        """End the session and wait for the acknowledgement: closing at once would lose the event (contract 7.1)."""
        for client in self._clients:
            client.fall_silent()
            await client._joins.are_answered()
        with announced():
            await self._call("sign out", "client_disconnection", {"client": self._login, "jwt": self.token})

    async def contacts(self, of: str | None = None) -> Contacts:
        """The contact list (contract 2.3), of this person, or of another, which should be refused."""
        aim, path = "read the contact list", f"/get_contacts_list/{self._people.login(of or self._role)}"
        answer = await self._http.request(aim, "GET", path, headers={"username": self._login})
        role = self._people.role
        return Contacts(
            everyone=frozenset(map(role, answer.field("all_existing_contacts"))),
            rooms={role(login): room for login, room in answer.field("contacts").items()},
            online=frozenset(map(role, answer.field("currently_online"))),
        )

    # -- connection -----------------------------------------------------------------------------------------------

    @reads_only  # who has joined no room is not online (contract 3.1)
    async def connect(self) -> None:
        """Open the live connection with the present token (contract 3.1)."""
        await self._hang_up()
        self._rooms_joined = set()
        socket = SocketIO(self._owner)
        self._lifeline.aims("connect")
        await shake_hands(socket, self._server, {"username": self._login, "jwt": self.token})
        self._socket = socket

    async def come_online_on(self, count: int) -> None:
        """Come online on the connection there is and on further ones, all at the same moment."""
        further = [await self._another() for _ in range(count - 1)]
        await asyncio.gather(*(client.come_online() for client in (self, *further)))

    async def _connected_anew(self, user: ScenarioUser) -> Self:
        client = type(self)(self._server, user)
        client.token = self.token
        await client.connect()
        return client

    def set_aside(self) -> None:
        """Keep the connection that was opened last open, whatever becomes of the session."""
        self._aside.append(self._further.pop())

    async def heard_aside(self) -> Inbox:
        """What reaches the connection that was set aside, up to one round trip from now."""
        await self._aside[-1].settle()
        return self._aside[-1]._inbox

    async def come_online(self) -> None:
        """Do what the desktop client does once it is connected: signal, and join the rooms (contract 3.5)."""
        self.signal_every(self._server.keep_alive / 3)
        await self._join_rooms()
        self._as_it_came = self._traits()

    @reads_only
    async def is_as_it_came(self) -> bool:
        """Whether this person is online in the session and with the signs of life that they came online with."""
        if not self._as_it_came or self._as_it_came != self._traits():
            return False
        return self._role in ((await self.contacts()).online or ())

    async def take_over(self, before: "ChatClient") -> None:
        """Be online as this person already is by the client of an earlier scenario."""
        before.fall_silent()
        self.token, self._rooms_joined = before.token, before._rooms_joined
        self._socket, before._socket = before._socket, None
        if self._socket is not None:
            self._socket.hand_to(self._owner)
        await self.come_online()

    def _traits(self) -> tuple[object, ...]:
        """What tells whether anything was done to this person since they came online."""
        rooms, heartbeats = frozenset(self._rooms_joined), self._heartbeats.beating
        return self.connected, self._socket, len(self._further), self.token, rooms, heartbeats

    async def settle(self) -> None:
        """Wait until all that the server had for this person so far is here: one round trip on the connection."""
        self.last_sign_of_life = clock.now()
        await self._call("get all that is on its way", "connection_alive", {"client": self._login})
        for client in self._further:
            await client.settle()

    async def close(self) -> None:
        """Go away without a word, on every connection."""
        for client in self._aside:
            await client.close()
        await self._hang_up()

    async def _hang_up(self) -> None:
        self.fall_silent()
        while self._further:
            await self.close_one()
        if self._socket is not None:
            await self._socket.drop()
            self._socket = None

    # -- messages -------------------------------------------------------------------------------------------------

    async def send(self, text: str, to: str, as_: str | None = None) -> None:
        """Send a message, in one's own name or another's, and wait until the server has taken it (contract 3.2)."""
        await self._call("send a message", "client_sends_message", self._said(text, to, as_ or self._role))

    async def send_value(self, value: object, to: str) -> None:
        """Send what need not be a text; the server may have taken it or not."""
        await self._call("send a message that is not text", "client_sends_message", self._said(value, to, self._role))

    async def hand_over(self, text: str, to: str) -> None:
        """Send a message and learn whether the server has taken it; nothing else may be sent meanwhile.

        Raises:
            Rejected: it has not, by its answer or by the administrator's word before it (contract 3.2, 3.3).
            Unreachable: the connection ended, or there was no answer in time.
        """
        words = await self._refusals("send a message", "client_sends_message", self._said(text, to, self._role))
        if words:
            raise Rejected(words[0])

    async def _refusals(self, aim: str, event: str, payload: Any) -> list[str]:
        """Send an event and learn in which words it is refused: those of its answer, or the administrator's."""
        known = len(self._inbox.received)
        answer = await self._exchange(aim, event, payload, self._server.response)
        told = [one.what.reason for one in self._inbox.received[known:] if isinstance(one.what, Declined)]
        return told + ([str(answer["error"])] if isinstance(answer, dict) and "error" in answer else [])

    def _said(self, text: object, to: str, sender: str) -> dict[str, Any]:
        one, other = self._people.login(sender), self._people.login(to)
        return {"sender": one, "jwt": self.token, "conversation_room": self.room(one, other), "content": text}

    def _proper(self) -> dict[str, str]:
        """What belongs into the fields of a request; no password, so that no form signs anybody in."""
        mine = dict.fromkeys(("client", "sender", "username"), self._login)
        rooms = dict.fromkeys(("room", "conversation_room"), self.room(self._login, ADMIN))
        return mine | rooms | {"jwt": self.token or "", "content": "Hello?"}

    async def listen_in(self, one: str, other: str) -> None:
        """Try to join the room of two others."""
        await self.enter(self.room(self._people.login(one), self._people.login(other)))

    async def ask(self, bot: str, prompt: str) -> None:
        """Send a prompt to a bot; its answer comes later, as an arrival."""
        await self.send(prompt, to=bot)

    # -- signs of life --------------------------------------------------------------------------------------------

    def signal_every(self, seconds: float, as_: str | None = None) -> None:
        """Signal now, and again every `seconds`, in one's own name or in another's, which should be refused."""
        login = self._people.login(as_ or self._role)
        self._lifeline.aims("count as still here")
        told = f"connection_alive, every {seconds:.2f} s"
        self._lifeline.record(SENT, "socket.io", told, {"client": login})
        self._heartbeats.beat_every(seconds, login)

    def fall_silent(self) -> None:
        """Stop signalling, and leave the connection open."""
        self._heartbeats.stop()

    async def _give_sign(self, login: str) -> bool:
        if self._socket is None:
            return False
        if login == self._login:
            self.last_sign_of_life = clock.now()
        await self._socket.beat("connection_alive", {"client": login})
        return True

    # -- the wire -------------------------------------------------------------------------------------------------

    @staticmethod
    def room(one: str, other: str) -> str:
        """The room that two logins share (contract 1.4)."""
        return "&".join(sorted((one, other)))

    async def _join_rooms(self) -> None:
        rooms = [room for room in await self._rooms() if room not in self._rooms_joined]
        await self._joins.all(map(self.enter, rooms))

    async def _rooms(self) -> list[str]:
        if self._server.options.rooms == "all":
            return list((await self.contacts()).rooms.values())
        others = [*self._people.logins, ADMIN, *self._server.options.bots]
        return [self.room(self._login, other) for other in others if other != self._login]

    async def enter(self, room: str) -> None:
        payload = {"room": room, "client": self._login, "jwt": self.token}
        answer = await self._call("enter a room", "join", payload, patience=self._server.options.longest_join)
        if not isinstance(answer, dict) or answer.get("result") != "success":
            raise Rejected(str(answer))
        self._rooms_joined.add(room)

    async def _call(self, aim: str, event: str, payload: dict[str, Any], patience: float = 0.0) -> Any:
        try:
            return await self._exchange(aim, event, payload, self._server.response + patience)
        except ConnectionEnded as end:
            raise Rejected(str(end)) from end

    async def _exchange(self, aim: str, event: str, payload: Any, within: float) -> Any:
        if self._socket is None or not self._socket.connected:
            raise Rejected("there is no connection any more")
        self._lifeline.aims(aim)
        return await self._socket.call(event, payload, within=within)

    def _lost(self) -> None:
        self.fall_silent()
        self._cut_off()

    def _heard(self, event: str, payload: Any) -> None:
        for arrival in self._events.read(event, payload if isinstance(payload, dict) else {}):
            self._inbox.put(arrival)
