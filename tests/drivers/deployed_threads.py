"""A stand-in for the deployed ThreadFileSharing, with the quirks of contracts/threads.md that a driver meets.

A bad token gets as far as `connect` and is dropped then; members come by invitation; what is requested is announced to
nobody, save the progress of an upload; rooms are lost with the connection; errors on the connection have no code.
"""

import base64
import hashlib
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import jwt
from aiohttp import web
from aiohttp.test_utils import TestServer

from tests.drivers.deployed_threads_live import NOW, SECRET, LiveThreads

#: Bytes that a request may have; the real one takes a few hundred thousand.
LONGEST = 8192


class DeployedThreads(LiveThreads):
    """The server; `limited` is how many requests it still turns away as too many."""

    def __init__(self) -> None:
        super().__init__()
        self.invitations: dict[str, dict[str, str]] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self.limited = 0
        self.companies: dict[str, str] = {}
        self.app = web.Application(middlewares=[self.limit])
        self.io.attach(self.app)
        for method, path, handler in (
            ("POST", "/auth/register", self.register),
            ("POST", "/auth/login", self.login),
            ("POST", "/invitations", self.invite),
            ("POST", "/invitations/accept", self.accept),
            ("POST", "/chatrooms", self.open_room),
            ("GET", "/chatrooms/{room}", self.look_at_room),
            ("POST", "/chatrooms/{room}/members/{user}", self.add_to_room),
            ("POST", "/messages", self.post_message),
            ("DELETE", "/messages/{message}", self.delete_message),
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
        if self.limited and request.path in ("/api/v1/users/me", "/api/v1/auth/login"):
            self.limited -= 1
            return refusal(429, "ThrottlerException: Too Many Requests")
        if (request.content_length or 0) > LONGEST:
            return refusal(413, "request entity too large")
        try:
            response: web.StreamResponse = await handler(request)
        except (web.HTTPNotFound, web.HTTPMethodNotAllowed):
            return refusal(404, f"Cannot {request.method} {request.path}")
        return response

    async def register(self, request: web.Request) -> web.Response:
        body = await request.json()
        company = secrets.token_hex(4)
        if slug(body["companyName"]) in map(slug, self.companies.values()):
            return refusal(409, "Company with similar name already exists")
        self.companies[company] = body["companyName"]
        user = self._add(body, company=company, role="owner")
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
        if body["chatroomId"] not in self.members:
            return refusal(500, 'insert on table "messages" violates foreign key constraint')
        return twice_wrapped(self._store(self._who(request), body), 201)

    async def delete_message(self, request: web.Request) -> web.Response:
        for message in [message for told in self.messages.values() for message in told]:
            if message["id"] == request.match_info["message"]:
                message["content"] = "[Message deleted]"
        return web.Response(status=204)

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
        if hashlib.sha256(base64.b64decode(body["chunkData"])).hexdigest() != body["chunkChecksum"]:
            return refusal(400, "Chunk checksum validation failed")
        upload = self.uploads[body["sessionId"]]
        done, total = int(upload["uploadedBytes"]) + body["chunkSizeBytes"], int(upload["totalBytes"])
        status = "completed" if done == total else "in_progress"
        upload |= {"uploadedBytes": str(done), "progress": 100 * done // total, "status": status}
        await self.io.emit("file_upload_progress", upload, room=f"upload_session:{body['sessionId']}")
        return twice_wrapped(upload)

    # -- what it knows --------------------------------------------------------------------------------------------

    def _add(self, body: dict[str, Any], company: str, role: str) -> dict[str, Any]:
        user = {"id": secrets.token_hex(4), "companyId": company, "companyRole": role}
        user |= {"email": body["email"], "password": body["password"]}
        self.users[user["id"]] = user
        return user

    def _session(self, user: dict[str, Any]) -> dict[str, Any]:
        company = {"id": user["companyId"], "name": self.companies.get(user["companyId"])}
        token = jwt.encode({"sub": user["id"], "jti": secrets.token_hex(4)}, SECRET, algorithm="HS256")
        return {"user": user, "company": company, "accessToken": token, "refreshToken": token}

    def _who(self, request: web.Request) -> dict[str, Any]:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        return self.users[jwt.decode(token, SECRET, algorithms=["HS256"])["sub"]]


def slug(name: str) -> str:
    """What has to be a company's own: its name without what does not belong into an address."""
    return re.sub(r"[^a-z0-9-]", "", name.lower().replace(" ", "-"))


def wrapped(data: Any, status: int = 200) -> web.Response:
    return web.json_response({"status": "success", "timestamp": NOW, "data": data}, status=status)


def twice_wrapped(data: Any, status: int = 200) -> web.Response:
    return wrapped({"success": True, "message": "done", "data": data}, status)


def refusal(status: int, message: str) -> web.Response:
    codes = {400: "BAD_REQUEST", 404: "NOT_FOUND", 409: "CONFLICT", 413: "PAYLOAD_TOO_LARGE"}
    codes |= {429: "TOO_MANY_REQUESTS", 500: "INTERNAL_SERVER_ERROR"}
    body = {"status": "error", "error": {"code": codes[status], "message": message}}
    return web.json_response(body, status=status)


@asynccontextmanager
async def deployed_threads() -> AsyncIterator[tuple[DeployedThreads, str]]:
    """The stand-in, served, and its address."""
    threads = DeployedThreads()
    async with TestServer(threads.app, shutdown_timeout=0.1) as server:
        yield threads, str(server.make_url("")).rstrip("/")
