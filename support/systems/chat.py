"""The driver of the chat server: domain verbs, spoken as HTTP and Socket.IO (contracts/chat.md).

What differs between the reference and a deployed server is an option here, set in the profile; never code in a step.
"""

import asyncio
import json
import secrets
from typing import Any, Literal

import jwt
from pydantic import BaseModel, ConfigDict

from support import clock
from support.arrivals import Arrival, BotAnswer, Declined, Disconnected, LoggedOut, Message, Presence
from support.errors import NotCapable
from support.inbox import Inbox
from support.stores.redis import RedisStore
from support.systems.capabilities import Contacts, Refused, Unavailable
from support.systems.people import Account, People
from support.transcript import SENT, Transcript
from support.transports.http import Answer, Http
from support.transports.socketio import ConnectionRefused, SocketIO

ADMIN = "Admin"


class ChatOptions(BaseModel):
    """How this deployment of the chat server wants to be spoken to."""

    model_config = ConfigDict(extra="forbid")

    transport: Literal["websocket", "polling", "upgrade"] = "websocket"
    token_in: list[Literal["auth", "headers", "query"]] = ["auth"]
    """Where the token goes when connecting."""
    rooms: Literal["cast", "all"] = "cast"
    """Rooms to join when coming online: those of the scenario's people, or every room of the contact list."""
    join_delay: float = 0.0
    """Seconds the server takes over a join on top of its ordinary response."""
    registers: bool = True
    """Whether fresh accounts can be registered through the test-support endpoint."""
    standing_accounts: list[str] = ["Lisa", "Avi", "Era", "Tsahi", ADMIN, "ChatGPT", "Leonid"]
    """Logins that exist without anybody registering them (contract 1.3)."""
    bots: list[str] = ["ChatGPT", "Leonid"]
    cache: str = "pending_conversations"
    """The Redis hash that messages for absent people are cached in."""


class Chat:
    """One deployment of the chat server.

    Args:
        address: base URL.
        options: the dialect.
        response: seconds the server may take to answer anything.
        keep_alive: seconds of silence after which it logs a client out; clients signal three times as often.
        administrator: who may end sessions, if we know one.
        redis: where it caches messages, if we may look.
    """

    def __init__(
        self,
        address: str,
        options: ChatOptions,
        *,
        response: float,
        keep_alive: float,
        administrator: Account | None = None,
        redis: RedisStore | None = None,
    ) -> None:
        self.address = address
        self.options = options
        self.response = response
        self.keep_alive = keep_alive
        self.administrator = administrator
        self.redis = redis
        self.registered: set[str] = set()
        self.http = Http(address, patience=response)

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A fresh account for this scenario alone.

        Args:
            role: whose it is, in the scenario's words.
            lifetime: seconds that its sessions last; the server's own default if None.
        """
        login = f"{role.removeprefix('user ').replace(' ', '-')}.{secrets.token_hex(4)}"
        account = Account(login, password=secrets.token_urlsafe(9))
        body = {"username": login, "password": account.password}
        if lifetime is not None:
            body["token_lifetime"] = lifetime  # type: ignore[assignment]
        answer = await self.http.request(role, transcript, "POST", "/test_support/users", body=body)
        if answer.field("result") != "success":
            raise Refused(_reason(answer))
        self.registered.add(login)
        return account

    def everybody(self) -> frozenset[str]:
        """Every login there is: the standing ones and those registered by this run."""
        return frozenset(self.options.standing_accounts) | self.registered

    def client(self, role: str, people: People, transcript: Transcript, inbox: Inbox) -> "ChatClient":
        return ChatClient(self, role, people, transcript, inbox)

    async def cached_for(self, login: str) -> list[tuple[str, str]]:
        """What is cached for a user: (sender's login, text), oldest first (contract 4).

        Raises:
            NotCapable: the profile gives no access to Redis.
        """
        if self.redis is None:
            raise NotCapable("the profile gives no access to this system's Redis")
        cached = await self.redis.hash_field(self.options.cache, login)
        return [(item["sender"], item["content"]) for item in json.loads(cached or "[]")]

    async def end_session(self, login: str, transcript: Transcript) -> None:
        """Withdraw a user's token as the administrator (contract 2.5).

        Raises:
            NotCapable: the profile names no administrator.
            Refused: the server would not.
        """
        if self.administrator is None:
            raise NotCapable("the profile names no administrator's account")
        body = {
            "username": self.administrator.login,
            "password": self.administrator.password,
            "user_token_terminate": login,
        }
        answer = await self.http.request("the administrator", transcript, "POST", "/admin/kill_token", body=body)
        if answer.field("result") != "success":
            raise Refused(_reason(answer))

    async def serves(self, transcript: Transcript) -> bool:
        """Whether the server and its databases answer: a log-in attempt is judged, not turned away (contract 5)."""
        nobody = {"username": "nobody", "password": "none"}
        answer = await self.http.request("the stage", transcript, "POST", "/log_in", body=nobody)
        return answer.status < 500

    async def close(self) -> None:
        """Close what the driver itself holds open."""
        await self.http.close()
        if self.redis is not None:
            await self.redis.close()


class ChatClient:
    """One person's chat client. Verbs raise `Refused` when the server says no, `Unreachable` when it is silent."""

    def __init__(self, chat: Chat, role: str, people: People, transcript: Transcript, inbox: Inbox) -> None:
        self._chat = chat
        self._role = role
        self._people = people
        self._transcript = transcript
        self._inbox = inbox
        self._socket: SocketIO | None = None
        self._hearts: dict[str, asyncio.Task[None]] = {}
        self.token: str | None = None
        self.last_sign_of_life = 0.0

    @property
    def _login(self) -> str:
        return self._people.login(self._role)

    @property
    def connected(self) -> bool:
        return self._socket is not None and self._socket.connected

    # -- sessions -------------------------------------------------------------------------------------------------

    async def sign_in(self, password: str) -> None:
        """Ask for a session (contract 2.2)."""
        answer = await self._request("POST", "/log_in", {"username": self._login, "password": password})
        token = answer.field("token")
        if answer.field("result") != "success" or not token:
            raise Refused(_reason(answer))
        self.token = str(token)
        self._transcript.redactor.learn(self.token)

    def token_owner(self) -> str:
        """Whose name the token bears, in the scenario's words."""
        claims = jwt.decode(self.token or "", options={"verify_signature": False})
        return self._people.role(str(claims.get("user")))

    async def sign_out(self) -> None:
        """End the session and wait for the acknowledgement: closing at once would lose the event (contract 7.1)."""
        self.fall_silent()
        await self._call("client_disconnection", {"client": self._login, "jwt": self.token})

    async def contacts(self, of: str | None = None) -> Contacts:
        """The contact list (contract 2.3), of this person or, in vain we hope, of somebody else."""
        headers = {"username": self._login}
        if self.token is not None:
            headers["jwt"] = self.token
        owner = self._people.login(of or self._role)
        answer = await self._request("GET", f"/get_contacts_list/{owner}", headers=headers)
        if answer.field("contacts") is None:
            raise Refused(_reason(answer))
        role = self._people.role
        return Contacts(
            everyone=frozenset(map(role, answer.field("all_existing_contacts"))),
            rooms={role(login): room for login, room in answer.field("contacts").items()},
            online=frozenset(map(role, answer.field("currently_online"))),
        )

    # -- connection -----------------------------------------------------------------------------------------------

    async def connect(self) -> None:
        """Open the live connection with the present token (contract 3.1)."""
        await self.close()
        socket = SocketIO(self._role, self._transcript, self._heard, self._lost)
        credential = {"username": self._login, "jwt": self.token}
        places = self._chat.options.token_in
        present = {name: value for name, value in credential.items() if value is not None}
        try:
            await socket.connect(
                self._chat.address,
                auth=credential if "auth" in places else None,
                headers=present if "headers" in places else {},
                query=present if "query" in places else {},
                transports={"upgrade": ["polling", "websocket"]}.get(
                    self._chat.options.transport, [self._chat.options.transport]
                ),
                within=self._chat.response,
            )
        except ConnectionRefused as refusal:
            raise Refused(str(refusal)) from refusal
        self._socket = socket

    async def come_online(self) -> None:
        """Do what the desktop client does once it is connected: signal, and join the rooms (contract 3.5)."""
        self.signal_every(self._chat.keep_alive / 3)
        await asyncio.gather(*(self._join(room) for room in await self._rooms()))

    async def settle(self) -> None:
        """Wait until all that the server had for this person so far is here: one round trip on the connection."""
        self.last_sign_of_life = clock.now()
        await self._call("connection_alive", {"client": self._login})

    async def close(self) -> None:
        """Go away without a word."""
        self.fall_silent()
        if self._socket is not None:
            await self._socket.close()
            self._socket = None

    # -- messages -------------------------------------------------------------------------------------------------

    async def send(self, text: str, to: str, as_: str | None = None) -> None:
        """Send a message and wait until the server has taken it (contract 3.2).

        Args:
            text: what to say.
            to: the addressee, in the scenario's words.
            as_: whose name to send it in; this person's own if None.
        """
        sender = self._people.login(as_ or self._role)
        await self._call(
            "client_sends_message",
            {
                "sender": sender,
                "jwt": self.token,
                "conversation_room": self.room(sender, self._people.login(to)),
                "content": text,
            },
        )

    async def listen_in(self, one: str, other: str) -> None:
        """Try to join the room of two others."""
        await self._join(self.room(self._people.login(one), self._people.login(other)))

    async def ask(self, bot: str, prompt: str) -> None:
        """Send a prompt to a bot; its answer comes later, as an arrival."""
        await self.send(prompt, to=bot)

    # -- signs of life --------------------------------------------------------------------------------------------

    def signal_every(self, seconds: float, as_: str | None = None) -> None:
        """Signal now, and again every `seconds`, in one's own name or, in vain we hope, in somebody else's."""
        login = self._people.login(as_ or self._role)
        if login in self._hearts:
            self._hearts.pop(login).cancel()
        rhythm = f"connection_alive, every {seconds:.2f} s"
        self._transcript.record(self._role, SENT, "socket.io", rhythm, {"client": login})
        self._hearts[login] = asyncio.create_task(self._beat(seconds, login))

    def fall_silent(self) -> None:
        """Stop signalling, and leave the connection open."""
        while self._hearts:
            self._hearts.popitem()[1].cancel()

    async def _beat(self, seconds: float, login: str) -> None:
        while self._socket is not None:
            if login == self._login:
                self.last_sign_of_life = clock.now()
            await self._socket.beat("connection_alive", {"client": login})
            await clock.tick(seconds)

    # -- the wire -------------------------------------------------------------------------------------------------

    @staticmethod
    def room(one: str, other: str) -> str:
        """The room that two logins share (contract 1.4)."""
        return "&".join(sorted((one, other)))

    async def _rooms(self) -> list[str]:
        if self._chat.options.rooms == "all":
            return list((await self.contacts()).rooms.values())
        others = [*self._people.logins, ADMIN, *self._chat.options.bots]
        return [self.room(self._login, other) for other in others if other != self._login]

    async def _join(self, room: str) -> None:
        payload = {"room": room, "client": self._login, "jwt": self.token}
        answer = await self._call("join", payload, patience=self._chat.options.join_delay)
        if not isinstance(answer, dict) or answer.get("result") != "success":
            raise Refused(str(answer))

    async def _call(self, event: str, payload: dict[str, Any], patience: float = 0.0) -> Any:
        if self._socket is None or not self._socket.connected:
            raise Refused("there is no connection any more")
        return await self._socket.call(event, payload, within=self._chat.response + patience)

    async def _request(self, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None) -> Answer:
        answer = await self._chat.http.request(self._role, self._transcript, method, path, body=body, headers=headers)
        if answer.status == 503:
            raise Unavailable(_reason(answer))
        return answer

    def _lost(self) -> None:
        self.fall_silent()
        self._inbox.put(Disconnected())

    def _heard(self, event: str, payload: Any) -> None:
        arrival = self._translate(event, payload if isinstance(payload, dict) else {})
        if arrival is not None:
            self._inbox.put(arrival)

    def _translate(self, event: str, payload: dict[str, Any]) -> Arrival | None:
        """The domain's word for an event of the wire (contract 3.3); None for what is nobody's business here."""
        role, text = self._people.role, payload.get("content")
        match event:
            case "received_message" if payload.get("sender") == ADMIN and str(text).startswith("Error!"):
                return Declined(str(text))
            case "received_message" if payload.get("sender") == self._login:
                return None  # the echo of this person's own message
            case "received_message":
                return Message(role(str(payload.get("sender"))), text)  # type: ignore[arg-type]
            case "ai_response_received":
                return BotAnswer(str(payload.get("sender")), str(text))
            case "user_has_been_logged_out":
                return LoggedOut(str(payload.get("reason")))
            case "new_user_online" | "user_has_gone_offline":
                who = str(payload.get("username"))
                stranger = not self._people.knows(who) or who == self._login
                return None if stranger else Presence(role(who), online=event == "new_user_online")
        return None


def _reason(answer: Answer) -> str:
    """The server's own words for a refusal: errors are HTTP 200 with a field as often as not (contract 2)."""
    for name in ("error", "result"):
        if answer.field(name):
            return str(answer.field(name))
    return f"status {answer.status}: {answer.text[:200]}"
