"""What the tests of the reference ThreadFileSharing server share: a raw client of its wire."""

import base64
import hashlib
import secrets
from typing import Any

import aiohttp
import socketio
from socketio.exceptions import SocketIOError

from support.core import clock
from tests.reference.bodies import bodiless

PATIENCE = 10.0
PREFIX = "/api/v1"
Answer = tuple[int, Any]


class Http:
    """Requests to a server."""

    def __init__(self, base: str) -> None:
        self.base = base
        self._session = aiohttp.ClientSession(base, timeout=aiohttp.ClientTimeout(total=20))

    async def ask(self, method: str, path: str, token: str = "", **options: Any) -> Answer:
        """The status, and what the envelope holds: the data, or the error."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        unsaid = bodiless(options.get("json"), options.get("data"))
        asking = self._session.request(method, PREFIX + path, headers=headers, skip_auto_headers=unsaid, **options)
        async with asking as answer:
            if answer.content_type != "application/json":
                return answer.status, await answer.read()
            body = await answer.json()
            data = body.get("error") or body["data"]
            inner = data["data"] if isinstance(data, dict) and data.keys() == {"success", "message", "data"} else data
            return answer.status, inner

    async def close(self) -> None:
        await self._session.close()


class User:
    """Somebody with a sign-in, one connection, and all it has heard."""

    def __init__(self, http: Http, email: str, account: dict[str, Any]) -> None:
        self.http = http
        self.email = email
        self.id = account["user"]["id"]
        self.company = account["user"]["companyId"]
        self.token = account["accessToken"]
        self.renewal = account["refreshToken"]
        self.heard: list[tuple[str, Any]] = []
        self.socket = socketio.AsyncClient(reconnection=False)

    async def ask(self, method: str, path: str, body: Any = None, **options: Any) -> Answer:
        return await self.http.ask(method, path, self.token, **options | ({"json": body} if body is not None else {}))

    async def does(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """The data of an answer that must say yes."""
        status, data = await self.ask(method, path, body, **options)
        assert status < 300, (status, data)
        return data

    async def connect(self, token: str | None = None, *, by_query: bool = False) -> bool:
        """Connect; whether the server let it in."""
        self.socket = socketio.AsyncClient(reconnection=False)
        self.socket.on("*", lambda event, payload=None: self.heard.append((event, payload)))
        before = self.count("connection_established")
        shown = self.token if token is None else token
        where = f"{self.http.base}?token={shown}" if by_query else self.http.base
        headers = {} if by_query or not shown else {"Authorization": f"Bearer {shown}"}
        await self.socket.connect(where, headers=headers, transports=["websocket"])
        settled = lambda: self.count("connection_established") > before or not self.socket.connected  # noqa: E731
        assert await clock.until(settled, within=PATIENCE)
        return self.count("connection_established") > before

    async def says(self, event: str, **payload: Any) -> None:
        await self.socket.emit(event, payload)

    async def joins(self, chatroom: str) -> None:
        before = self.count("user_joined_chatroom", user__userId=self.id)
        await self.says("join_chatroom", chatroomId=chatroom)
        assert await clock.until(lambda: self.count("user_joined_chatroom", user__userId=self.id) > before, within=5)

    def all(self, event: str, /, **fields: Any) -> list[Any]:
        """What was heard under a name, with these fields; `user__userId` looks inside `user`."""
        return [what for name, what in self.heard if name == event and _matches(what, fields)]

    def count(self, event: str, /, **fields: Any) -> int:
        return len(self.all(event, **fields))

    async def hears(self, event: str, /, within: float = PATIENCE, **fields: Any) -> Any:
        """The first event of that name with these fields, which must come."""
        assert await clock.until(lambda: self.count(event, **fields) > 0, within=within), (event, fields, self.heard)
        return self.all(event, **fields)[0]

    async def gone(self) -> bool:
        """Whether the connection ends, soon."""
        return await clock.until(lambda: not self.socket.connected, within=PATIENCE)

    async def vanish(self) -> None:
        """Lose the connection without a word."""
        await self.socket.eio.http.close()
        await self.gone()

    async def sign_off(self) -> None:
        """Disconnect in order. The packet is sent by hand: python-socketio's own often does not get out in time."""
        await self.socket.eio.send("1")
        while (await self.does("GET", "/users/status"))["items"][-1]["status"] != "offline":
            await clock.pause(0.01)
        await self.close()

    async def close(self) -> None:
        try:
            await self.socket.disconnect()
        except SocketIOError:
            return


def _matches(what: Any, fields: dict[str, Any]) -> bool:
    for path, wanted in fields.items():
        value = what
        for name in path.split("__"):
            value = value.get(name) if isinstance(value, dict) else None
        if value != wanted:
            return False
    return True


def credentials(label: str = "user") -> dict[str, str]:
    return {"email": f"{label}.{secrets.token_hex(4)}@example.com", "password": secrets.token_urlsafe(9)}


async def owner(http: Http) -> User:
    """The owner of a fresh company."""
    known = credentials("owner")
    status, account = await http.ask(
        "POST", "/auth/register", json=known | {"companyName": f"Company {secrets.token_hex(4)}"}
    )
    assert status == 201, account
    return User(http, known["email"], account)


async def colleague(boss: User, role: str = "member") -> User:
    """Somebody of the same company."""
    known = credentials(role)
    await boss.does("POST", "/companies/members/add", known | {"role": role})
    status, account = await boss.http.ask("POST", "/auth/login", json=known)
    assert status == 201, account
    return User(boss.http, known["email"], account)


async def chatroom(boss: User, *members: User) -> str:
    """A chatroom that all of them are members of."""
    room = await boss.does("POST", "/chatrooms/create", {"name": "Lobby"})
    for member in members:
        await boss.does("POST", f"/chatrooms/{room['id']}/members/{member.id}")
    return str(room["id"])


class Upload:
    """A file on its way."""

    def __init__(self, user: User, content: bytes, size: int = 1024) -> None:
        self.user = user
        self.content = content
        self.size = size
        self.id = ""

    async def begin(self, **changes: Any) -> "Upload":
        self.id = (await self.user.does("POST", "/files/upload/initiate", self.described() | changes))["sessionId"]
        return self

    def described(self) -> dict[str, Any]:
        return {
            "fileName": "report.bin",
            "totalSizeBytes": len(self.content),
            "mimeType": "application/octet-stream",
            "chunkSizeBytes": self.size,
            "checksum": hashlib.sha256(self.content).hexdigest(),
        }

    async def chunk(self, index: int, **changes: Any) -> Answer:
        piece = self.content[index * self.size : (index + 1) * self.size]
        body = {
            "sessionId": self.id,
            "chunkIndex": index,
            "chunkSizeBytes": len(piece),
            "chunkChecksum": hashlib.sha256(piece).hexdigest(),
            "chunkData": base64.b64encode(piece).decode(),
        }
        return await self.user.ask("POST", "/files/upload/chunk", body | changes)

    async def complete(self) -> Answer:
        return await self.user.ask("POST", "/files/upload/complete", {"sessionId": self.id})
