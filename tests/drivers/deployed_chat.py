"""A stand-in for the deployed chat server, with the quirks of contracts/chat.md section 7 that a driver meets.

No authentication on connect; tokens that never expire; errors with HTTP status 200; refusals sent to the Admin room
only; a delay in every join; nothing that registers users; nobody is bound to a connection: whoever went away without a
word stays online, and messages to them are lost.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import pytest
import socketio
from aiohttp import web

from support.config.profile import LeasedAccount, Profile
from support.environments.systems.chat import ChatSystem
from support.scenario.world import World
from tests.drivers import deployed as profiles
from tests.serving import served

USERS = {"Lisa": "lisa-pass", "Avi": "avi-pass", "Era": "era-pass", "Tsahi": "tsahi-pass", "Admin": "admin-pass"}
BOT = "ChatGPT"
JOIN_DELAY = 0.2
#: What the server breaks over when it is asked for something in a wrong form.
_WRONG_FORM = (AttributeError, KeyError, TypeError, ValueError)
ERROR = "Error! User '{}' must disconnect, re login and reconnect so the conversation can be resumed."


class DeployedChat:
    """The server; `signed_out` lists who signed out before the connection closed.

    `administered` is whether there is a request for the end of a session. `broken` makes requests fail, `asleep` leaves
    sign-outs without their acknowledgement (as the real one does while a bot does not run), `hurried` has one
    message overtake another, `forgetful` passes no message on, `without_redis` drops whoever shows a token, and
    `refuses` is why nobody may connect.
    A question to a bot is taken, and answered, when as many have come as `questions` awaits.
    """

    def __init__(self, *, administered: bool = False) -> None:
        self.tokens: dict[str, str] = {}
        self.online: set[str] = set()
        self.signals: list[str] = []
        self.joins: list[str] = []
        self.signalled_before_joining: set[str] = set()
        self.signed_out: list[str] = []
        self.transports: set[str] = set()
        self.cached: dict[str, list[tuple[str, dict[str, str]]]] = {}
        self.alive: set[str] = set()
        self.join_delay = JOIN_DELAY
        self.broken = self.asleep = self.hurried = self.without_redis = self.forgetful = False
        self.refuses = ""
        self.questions = asyncio.Barrier(1)
        self._overtaken: tuple[str, dict[str, str]] | None = None
        self.sockets = socketio.AsyncServer(async_mode="aiohttp")
        self.sockets.on("connect", self.connect)
        for event in ("join", "client_sends_message", "client_disconnection", "connection_alive"):
            self.sockets.on(event, _silent_if_broken(getattr(self, event)))
        self.app = web.Application(middlewares=[self.fail])
        self.sockets.attach(self.app)
        self.app.router.add_post("/log_in", self.log_in)
        self.app.router.add_get("/get_contacts_list/{name}", self.contacts)
        if administered:
            self.app.router.add_post("/admin/kill_token", self.kill_token)

    @web.middleware
    async def fail(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if self.broken and not request.path.startswith("/socket.io"):
            return web.Response(status=500, text="<h1>Internal Server Error</h1>", content_type="text/html")
        try:
            response: web.StreamResponse = await handler(request)
        except _WRONG_FORM:
            return web.Response(status=500)
        return response

    async def log_in(self, request: web.Request) -> web.Response:
        body = await request.json()
        if USERS.get(body["username"]) != body["password"]:
            return web.json_response({"result": "Invalid credentials"})
        self.tokens[body["username"]] = token = secrets.token_hex(8)
        return web.json_response({"result": "success", "token": token})

    async def contacts(self, request: web.Request) -> web.Response:
        name, token = request.headers.get("username"), request.headers.get("jwt")
        if self.without_redis and request.transport:
            request.transport.abort()
        if token is None or self.tokens.get(str(name)) != token:
            return web.json_response({"error": "Invalid JWT"})
        rooms = {other: "&".join(sorted((str(name), other))) for other in USERS if other != name}
        online = list(self.online)
        return web.json_response({"all_existing_contacts": list(USERS), "contacts": rooms, "currently_online": online})

    async def kill_token(self, request: web.Request) -> web.Response:
        name = (await request.json())["user_token_terminate"]
        self.tokens.pop(name, None)  # and the name stays online
        await self.sockets.emit("user_has_gone_offline", {"username": name})
        return web.json_response({"result": "success"})

    async def connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        if self.refuses:
            raise socketio.exceptions.ConnectionRefusedError(self.refuses)
        self.transports.add("websocket" if "transport=websocket" in environ["QUERY_STRING"] else "polling")

    async def join(self, sid: str, payload: dict[str, str]) -> dict[str, str]:
        if self.tokens.get(payload["client"]) != payload["jwt"]:
            return {"error": "Invalid JWT"}
        self.joins.append(payload["room"])
        self.signalled_before_joining |= {payload["client"]} & set(self.signals)
        await self.sockets.enter_room(sid, payload["room"])
        await asyncio.sleep(self.join_delay)
        if payload["client"] not in self.online:
            self.online.add(payload["client"])
            await self.sockets.emit("new_user_online", {"username": payload["client"]})
            for room, message in self.cached.pop(payload["client"], []):
                await self.sockets.emit("received_message", message, room=room)
        return {"result": "success"}

    async def client_sends_message(self, sid: str, payload: dict[str, str]) -> None:
        if self.tokens.get(payload["sender"]) != payload["jwt"]:
            notice = {"sender": "Admin", "content": ERROR.format(payload["sender"])}
            await self.sockets.emit("received_message", notice, room=f"Admin&{payload['sender']}")
            return
        message = {"sender": payload["sender"], "content": payload["content"]}
        room = payload["conversation_room"]
        if BOT in room.split("&"):
            await self.questions.wait()
            answer = {"sender": BOT, "content": f"You said: {payload['content']}"}
            await self.sockets.emit("ai_response_received", answer, to=sid)
            return
        (addressee,) = set(room.split("&")) - {payload["sender"]}
        if addressee in USERS and addressee not in self.online:
            self.cached.setdefault(addressee, []).append((room, message))
        elif self.forgetful:
            return
        elif self.hurried and self._overtaken is None:
            self._overtaken = room, message
        else:
            for where, what in [(room, message), *([self._overtaken] if self._overtaken else [])]:
                await self.sockets.emit("received_message", what, room=where)
            self._overtaken = None

    async def client_disconnection(self, sid: str, payload: dict[str, str]) -> None:
        await asyncio.sleep(0.1)  # an early close would lose the event
        heard = sid in self.sockets.manager.rooms["/"][None]
        if heard:
            self.signed_out.append(payload["client"])
        if heard and payload["client"] in self.online:  # only then, so a token of who never was lives on
            self.tokens.pop(payload["client"], None)
            self.online.discard(payload["client"])
            await self.sockets.emit("user_has_gone_offline", {"username": payload["client"]})
        if self.asleep:
            await asyncio.Event().wait()

    async def sweep(self) -> None:
        """Put offline whoever has given no sign of life since the last time; their connections stay."""
        for name in self.online - self.alive:
            self.online.discard(name)
            self.tokens.pop(name, None)
            await self.sockets.emit("user_has_gone_offline", {"username": name})
        self.alive.clear()

    async def notices_again(self, name: str) -> None:
        """The second word on somebody's sign-out, when the clock of their signs of life runs out."""
        await self.sockets.emit("user_has_gone_offline", {"username": name})

    async def connection_alive(self, sid: str, payload: dict[str, str]) -> None:
        self.signals.append(payload["client"])
        self.alive.add(payload["client"])


def _silent_if_broken(handler: Callable[[str, Any], Awaitable[Any]]) -> Callable[[str, Any], Awaitable[Any]]:
    """The same, save that what it breaks over is never acknowledged."""

    async def handle(sid: str, payload: Any) -> Any:
        try:
            return await handler(sid, payload)
        except _WRONG_FORM:
            return await asyncio.Event().wait()

    return handle


@asynccontextmanager
async def deployed_chat(*, administered: bool = False) -> AsyncIterator[tuple[DeployedChat, str]]:
    """The stand-in, serving, and its address."""
    chat = DeployedChat(administered=administered)
    async with served(chat.app) as server:
        yield chat, str(server.make_url("")).rstrip("/")


@asynccontextmanager
async def administered_chat(
    monkeypatch: pytest.MonkeyPatch, limits: dict[str, float]
) -> AsyncIterator[tuple[DeployedChat, Profile]]:
    """The stand-in with its administrator, and the shipped profile for it with these limits."""
    for login in ("Lisa", "Avi", "Era", "Tsahi", "Admin"):
        monkeypatch.setenv(f"{login.upper()}_PASSWORD", f"{login.lower()}-pass")
    async with deployed_chat(administered=True) as (chat, address):
        monkeypatch.setenv("CHAT_ADDRESS", address)
        profile = profiles.deployed("chat", limits=limits)
        profile.systems["chat"].administrator = LeasedAccount(login="Admin", password_env="ADMIN_PASSWORD")
        yield chat, profile


class Deployed(NamedTuple):
    """The stand-in, and the world of a scenario on it."""

    chat: DeployedChat
    world: World


@asynccontextmanager
async def chat_and_world(monkeypatch: pytest.MonkeyPatch, limits: dict[str, float]) -> AsyncIterator[Deployed]:
    """The stand-in with its administrator, held to these limits."""
    async with (
        administered_chat(monkeypatch, limits) as (chat, profile),
        profiles.world_on(ChatSystem(profile, {})) as world,
    ):
        yield Deployed(chat, world)
