"""What the tests of the reference chat server share: raw clients of its wire."""

import asyncio
import contextlib
import secrets
from typing import Any

import aiohttp
import socketio
from engineio.payload import Payload
from socketio.exceptions import SocketIOError

from support.core import clock

PATIENCE = 10.0
#: Seconds between two signs of life.
BEAT = 0.2
# Where one poll brings more packets than that, python-engineio gives the connection up.
Payload.max_decode_packets = 1000
Heard = tuple[str, Any]


class Http:
    """Requests to a chat server."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._session = aiohttp.ClientSession(base, timeout=aiohttp.ClientTimeout(total=10))

    async def post(self, path: str, body: Any) -> tuple[int, Any]:
        async with self._session.post(path, json=body) as answer:
            return answer.status, await answer.json()

    async def contacts(self, path_user: str, **headers: str) -> tuple[int, Any]:
        async with self._session.get(f"/get_contacts_list/{path_user}", headers=headers) as answer:
            return answer.status, await answer.json()

    async def raw(self, method: str, path: str, **options: Any) -> int:
        async with self._session.request(method, path, **options) as answer:
            return answer.status

    async def serves(self) -> bool:
        """Whether log-ins are judged again."""
        return (await self.post("/log_in", {"username": "nobody", "password": "x"}))[0] == 200

    async def close(self) -> None:
        await self._session.close()


class Person:
    """A registered user with one connection, and all it has heard."""

    def __init__(self, http: Http, name: str) -> None:
        self.http = http
        self.name = name
        self.password = f"password of {name}"
        self.token = ""
        self.heard: list[Heard] = []
        self.socket = socketio.AsyncClient(reconnection=False)
        self._heart: asyncio.Task[None] | None = None

    async def log_in(self) -> str:
        credentials = {"username": self.name, "password": self.password}
        self.token = (await self.http.post("/log_in", credentials))[1]["token"]
        return self.token

    async def connect(self, transport: str = "websocket", **where: Any) -> None:
        """Connect, with the token in the auth payload unless `where` says otherwise, and give signs of life."""
        self.socket = socketio.AsyncClient(reconnection=False)
        self.socket.on("*", self._hear)
        shown = where or {"auth": {"username": self.name, "jwt": self.token}}
        transports = ["polling", "websocket"] if transport == "upgrade" else [transport]
        url = f"{self.http.base}?{shown.pop('query')}" if "query" in shown else self.http.base
        await self.socket.connect(url, transports=transports, **shown)
        self.fall_silent()
        self._heart = asyncio.create_task(self._beat())

    def fall_silent(self) -> None:
        """Give no more signs of life."""
        if self._heart is not None:
            self._heart.cancel()

    async def close(self) -> None:
        """Go away without a word."""
        self.fall_silent()
        await self.socket.disconnect()

    async def come_online(self, *others: "Person", transport: str = "websocket") -> None:
        await self.log_in()
        await self.connect(transport)
        for other in others or (self,):
            room = room_of(self, other) if others else f"{'&'.join(sorted((self.name, 'Admin')))}"
            assert await self.join(room) == {"result": "success"}

    async def join(self, room: str, **changes: Any) -> Any:
        payload = {"room": room, "client": self.name, "jwt": self.token} | changes
        return await self.socket.call("join", payload, timeout=PATIENCE)

    async def send(self, to: "Person | str", content: Any, **changes: Any) -> Any:
        room = room_of(self, to)
        payload = {"sender": self.name, "jwt": self.token, "conversation_room": room, "content": content}
        return await self.socket.call("client_sends_message", payload | changes, timeout=PATIENCE)

    async def sign_out(self) -> Any:
        payload = {"client": self.name, "jwt": self.token}
        return await self.socket.call("client_disconnection", payload, timeout=PATIENCE)

    async def signal(self, **changes: Any) -> Any:
        """A sign of life; its acknowledgement comes after all that was sent here before."""
        return await self.socket.call("connection_alive", {"client": self.name} | changes, timeout=PATIENCE)

    async def hears(self, event: str, **payload: Any) -> bool:
        """Whether an event comes, soon."""
        return await clock.until(lambda: (event, payload) in self.heard, within=PATIENCE)

    def messages(self) -> list[tuple[str, Any]]:
        """Messages heard: (sender, content)."""
        return [(what["sender"], what["content"]) for event, what in self.heard if event == "received_message"]

    def count(self, event: str, **payload: Any) -> int:
        return self.heard.count((event, payload))

    async def gone(self) -> bool:
        """Whether the connection ends, soon."""
        return await clock.until(lambda: not self.socket.connected, within=PATIENCE)

    async def _beat(self) -> None:
        with contextlib.suppress(SocketIOError):
            while True:
                await self.socket.emit("connection_alive", {"client": self.name})
                await clock.pause(BEAT)

    def _hear(self, event: str, payload: Any = None) -> None:
        self.heard.append((event, payload))


def room_of(one: Person, other: Person | str) -> str:
    return "&".join(sorted((one.name, other if isinstance(other, str) else other.name)))


async def register(http: Http, label: str, **extra: Any) -> Person:
    """A fresh user."""
    person = Person(http, f"{label}.{secrets.token_hex(3)}")
    body = {"username": person.name, "password": person.password} | extra
    answer = await http.post("/test_support/users", body)
    assert answer == (200, {"result": "success"}), answer
    return person


async def mended(http: Http) -> None:
    """Wait until the server serves again."""
    for _ in range(300):
        if await http.serves():
            return
        await clock.pause(0.03)
    raise AssertionError("the server does not serve again")
