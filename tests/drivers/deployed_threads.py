"""A stand-in for the deployed ThreadFileSharing, with the quirks of contracts/threads.md that a driver meets.

A bad token gets as far as `connect` and is dropped then; members come by invitation; what is requested is announced to
nobody, save the progress of an upload; rooms are lost with the connection; errors on the connection have no code.
"""

import secrets
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qs

import jwt
import socketio
from aiohttp import web
from aiohttp.test_utils import TestServer

SECRET = "the secret of the stand-in, of decent length"
NOW = "2026-01-01T09:00:00.000Z"


class DeployedThreads:
    """The server; `limited` is how many requests it still turns away as too many."""

    def __init__(self) -> None:
        self.users: dict[str, dict[str, Any]] = {}
        self.invitations: dict[str, dict[str, str]] = {}
        self.members: dict[str, set[str]] = defaultdict(set)
        self.messages: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.uploads: dict[str, dict[str, Any]] = {}
        self.limited = 0
        self.io = socketio.AsyncServer(async_mode="aiohttp")
        self.app = web.Application(middlewares=[self.limit])
        self.io.attach(self.app)
        self.io.on("connect", self.connect)
        self.io.on("join_chatroom", self.join)
        self.io.on("join_upload_session", self.follow)
        self.io.on("send_chatroom_message", self.send)
        for method, path, handler in (
            ("POST", "/auth/register", self.register),
            ("POST", "/auth/login", self.login),
            ("POST", "/invitations", self.invite),
            ("POST", "/invitations/accept", self.accept),
            ("POST", "/chatrooms", self.open_room),
            ("GET", "/chatrooms/{room}", self.look_at_room),
            ("POST", "/chatrooms/{room}/members/{user}", self.add_to_room),
            ("POST", "/messages", self.post_message),
            ("GET", "/messages/chatroom/{room}", self.list_messages),
            ("GET", "/users/me", self.me),
            ("GET", "/companies/me/members", self.list_members),
            ("POST", "/files/upload/initiate", self.begin),
            ("POST", "/files/upload/chunk", self.chunk),
        ):
            self.app.router.add_route(method, f"/api/v1{path}", handler)

    # -- requests -------------------------------------------------------------------------------------------------

    @web.middleware
    async def limit(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if self.limited and request.path == "/api/v1/users/me":
            self.limited -= 1
            return refusal(429, "ThrottlerException: Too Many Requests")
        try:
            response: web.StreamResponse = await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            return refusal(404, f"Cannot {request.method} {request.path}")
        return response

    async def register(self, request: web.Request) -> web.Response:
        body = await request.json()
        user = self._add(body, company=secrets.token_hex(4), role="owner")
        return wrapped(self._session(user), 201)

    async def login(self, request: web.Request) -> web.Response:
        body = await request.json()
        user = next((user for user in self.users.values() if user["email"] == body["email"]), None)
        if user is None or user["password"] != body["password"]:
            return refusal(400, "Invalid password" if user else "User not found")
        return wrapped(self._session(user), 201)

    async def invite(self, request: web.Request) -> web.Response:
        body, token = await request.json(), secrets.token_hex(8)
        self.invitations[token] = body | {"company": self._who(request)["companyId"]}
        return wrapped({"token": token, "status": "pending"}, 201)

    async def accept(self, request: web.Request) -> web.Response:
        body = await request.json()
        invitation = self.invitations.pop(body["token"])
        user = self._add(invitation | body, company=invitation["company"], role=invitation["role"])
        return wrapped({"message": "accepted", "user": user}, 201)

    async def open_room(self, request: web.Request) -> web.Response:
        room = secrets.token_hex(4)
        self.members[room].add(self._who(request)["id"])
        return twice_wrapped({"id": room, "name": (await request.json())["name"]}, 201)

    async def look_at_room(self, request: web.Request) -> web.Response:
        known = request.match_info["room"] in self.members
        return twice_wrapped({"id": request.match_info["room"]} if known else None)

    async def add_to_room(self, request: web.Request) -> web.Response:
        self.members[request.match_info["room"]].add(request.match_info["user"])
        return twice_wrapped(None, 201)

    async def post_message(self, request: web.Request) -> web.Response:
        body = await request.json()
        return twice_wrapped(self._store(self._who(request), body), 201)

    async def list_messages(self, request: web.Request) -> web.Response:
        return twice_wrapped({"messages": self.messages[request.match_info["room"]][::-1]})

    async def me(self, request: web.Request) -> web.Response:
        return wrapped(self._who(request))

    async def list_members(self, request: web.Request) -> web.Response:
        company = self._who(request)["companyId"]
        return wrapped({"items": [user for user in self.users.values() if user["companyId"] == company]})

    async def begin(self, request: web.Request) -> web.Response:
        body, session = await request.json(), f"upload_session_{secrets.token_hex(4)}"
        self.uploads[session] = {"sessionId": session, "totalBytes": str(body["totalSizeBytes"]), "uploadedBytes": "0"}
        return twice_wrapped(self.uploads[session], 201)

    async def chunk(self, request: web.Request) -> web.Response:
        body = await request.json()
        upload = self.uploads[body["sessionId"]]
        done, total = int(upload["uploadedBytes"]) + body["chunkSizeBytes"], int(upload["totalBytes"])
        status = "completed" if done == total else "in_progress"
        upload |= {"uploadedBytes": str(done), "progress": 100 * done // total, "status": status}
        await self.io.emit("file_upload_progress", upload, room=f"upload_session:{body['sessionId']}")
        return twice_wrapped(upload)

    # -- the live connection --------------------------------------------------------------------------------------

    async def connect(self, sid: str, environ: dict[str, Any]) -> None:
        query = parse_qs(environ.get("QUERY_STRING", ""))
        token = environ.get("HTTP_AUTHORIZATION", "").removeprefix("Bearer ") or query.get("token", [""])[0]
        self.io.start_background_task(self._welcome, sid, token)

    async def _welcome(self, sid: str, token: str) -> None:
        try:
            user = self.users[jwt.decode(token, SECRET, algorithms=["HS256"])["sub"]]
        except (jwt.InvalidTokenError, KeyError):
            await self.io.disconnect(sid)
            return
        await self.io.save_session(sid, user)
        await self.io.enter_room(sid, f"company:{user['companyId']}")
        news = {"user": identity(user), "joinedAt": NOW}
        await self.io.emit("user_joined_company", news, room=f"company:{user['companyId']}")
        await self.io.emit("connection_established", identity(user) | {"timestamp": NOW}, to=sid)

    async def join(self, sid: str, told: dict[str, Any]) -> None:
        user = await self.io.get_session(sid)
        if user["id"] not in self.members[told["chatroomId"]]:
            await self.io.emit("error", {"message": "Not a member of this chatroom"}, to=sid)
            return
        await self.io.enter_room(sid, told["chatroomId"])
        news = {"chatroomId": told["chatroomId"], "user": identity(user), "joinedAt": NOW}
        await self.io.emit("user_joined_chatroom", news, room=told["chatroomId"])

    async def follow(self, sid: str, told: dict[str, Any]) -> None:
        await self.io.enter_room(sid, f"upload_session:{told['sessionId']}")
        await self.io.emit("room_joined", {"sessionId": told["sessionId"], "roomType": "upload_session"}, to=sid)

    async def send(self, sid: str, told: dict[str, Any]) -> None:
        user = await self.io.get_session(sid)
        if user["id"] not in self.members[told["chatroomId"]]:
            await self.io.emit("error", {"message": "Access denied to chatroom"}, to=sid)
            return
        stored = self._store(user, told)
        news = {"messageId": stored["id"], "chatroomId": told["chatroomId"], "content": told["content"]}
        news |= {"sender": identity(user), "createdAt": NOW}
        await self.io.emit("chatroom_message_received", news, to=sid)
        await self.io.emit("chatroom_message_received", news, room=told["chatroomId"], skip_sid=sid)

    # -- what it knows --------------------------------------------------------------------------------------------

    def _add(self, body: dict[str, Any], company: str, role: str) -> dict[str, Any]:
        user = {"id": secrets.token_hex(4), "companyId": company, "companyRole": role}
        user |= {"email": body["email"], "password": body["password"]}
        self.users[user["id"]] = user
        return user

    def _session(self, user: dict[str, Any]) -> dict[str, Any]:
        token = jwt.encode({"sub": user["id"], "jti": secrets.token_hex(4)}, SECRET, algorithm="HS256")
        return {"user": user, "company": {"id": user["companyId"]}, "accessToken": token, "refreshToken": token}

    def _who(self, request: web.Request) -> dict[str, Any]:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        return self.users[jwt.decode(token, SECRET, algorithms=["HS256"])["sub"]]

    def _store(self, user: dict[str, Any], body: dict[str, Any]) -> dict[str, Any]:
        message = {"id": secrets.token_hex(4), "sender": {"id": user["id"]}, "content": body["content"]}
        self.messages[body["chatroomId"]].append(message)
        return message

    async def lose_connections(self) -> None:
        """End all connections, as a restart does."""
        for sid in list(self.io.manager.rooms["/"][None]):
            await self.io.disconnect(sid)


def identity(user: dict[str, Any]) -> dict[str, Any]:
    """A user as events show them: never under a name that means anything."""
    return {"userId": user["id"], "companyId": user["companyId"], "username": f"user-{user['id']}"}


def wrapped(data: Any, status: int = 200) -> web.Response:
    return web.json_response({"status": "success", "timestamp": NOW, "data": data}, status=status)


def twice_wrapped(data: Any, status: int = 200) -> web.Response:
    return wrapped({"success": True, "message": "done", "data": data}, status)


def refusal(status: int, message: str) -> web.Response:
    codes = {400: "BAD_REQUEST", 404: "NOT_FOUND", 429: "TOO_MANY_REQUESTS"}
    body = {"status": "error", "error": {"code": codes[status], "message": message}}
    return web.json_response(body, status=status)


@asynccontextmanager
async def deployed_threads() -> AsyncIterator[tuple[DeployedThreads, str]]:
    """The stand-in, served, and its address."""
    threads = DeployedThreads()
    async with TestServer(threads.app, shutdown_timeout=0.1) as server:
        yield threads, str(server.make_url("")).rstrip("/")
