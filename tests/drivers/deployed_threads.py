"""A stand-in for the deployed ThreadFileSharing, with the quirks of contracts/threads.md that a driver meets.

A bad token gets as far as `connect` and is dropped then; members come by invitation, and there are no guests; what is
requested is announced to nobody, save the progress of an upload, to those who follow it; rooms are lost with the
connection; errors on the connection have no code; whom a thread is opened with is ignored; the last piece of a file has
to say so; a request without a body has no content type; answers tell how many requests are left.
"""

import base64
import hashlib
import re
import secrets
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import jwt
from aiohttp import web

from support.core import clock
from tests.drivers.deployed_threads_live import NOW, SECRET, LiveThreads
from tests.serving import served

#: Bytes that a request may have; the real one takes a few hundred thousand.
LONGEST = 8192
#: Requests of one kind that it takes in a window; the real one takes a hundred a minute.
LIMIT = 3


class DeployedThreads(LiveThreads):
    """The server.

    `left` is how many requests of each kind, by path, it takes until the next window; `asked` is what it was asked.
    """

    def __init__(self) -> None:
        self.busy = False
        super().__init__()
        self.invitations: dict[str, dict[str, str]] = {}
        self.uploads: dict[str, dict[str, Any]] = {}
        self.pieces: dict[str, int] = {}
        self.left: dict[str, int] = {}
        self.window = 0.05
        self._window_ends: dict[str, float] = {}
        self.asked: list[str] = []
        self.turned_away = 0
        self.companies: dict[str, str] = {}
        self.sessions_last: float | None = None
        self.silent = False
        self.app = web.Application(middlewares=[self.limit])
        self.io.attach(self.app)
        for method, path, handler in (
            ("POST", "/auth/register", self.register),
            ("POST", "/auth/login", self.login),
            ("POST", "/auth/refresh", self.refresh),
            ("POST", "/invitations", self.invite),
            ("POST", "/invitations/accept", self.accept),
            ("POST", "/chatrooms", self.open_room),
            ("GET", "/chatrooms/{room}", self.look_at_room),
            ("POST", "/chatrooms/{room}/members/{user}", self.add_to_room),
            ("POST", "/threads", self.open_thread),
            ("POST", "/threads/{thread}/participants/{user}", self.add_to_thread),
            ("POST", "/messages", self.post_message),
            ("DELETE", "/messages/{message}", self.delete_message),
            ("GET", "/messages/chatroom/{room}", self.list_messages),
            ("GET", "/users/me", self.me),
            ("PUT", "/users/me", self.change_me),
            ("GET", "/files/search", self.find_files),
            ("GET", "/companies/me/members", self.list_members),
            ("POST", "/files/upload/initiate", self.begin),
            ("POST", "/files/upload/chunk", self.chunk),
        ):
            self.app.router.add_route(method, f"/api/v1{path}", handler)

    def used_up(self, path: str, seconds: float) -> None:
        """Take no more requests of a kind for so long."""
        self.left[path], self._window_ends[path] = 0, clock.now() + seconds

    # -- requests -------------------------------------------------------------------------------------------------

    @web.middleware
    async def limit(self, request: web.Request, handler: Any) -> web.StreamResponse:
        path = request.path.removeprefix("/api/v1")
        self.asked.append(f"{request.method} {path}")
        while self.silent:
            await clock.tick(0.05)
        if not request.can_read_body and "Content-Type" in request.headers:
            return refusal(415, "Unsupported Media Type")
        if path in self.left:
            where = path if request.remote == "127.0.0.1" else f"{path} from {request.remote}"
            self.left.setdefault(where, LIMIT)  # each address has its own
            return await self._within_its_limit(where, request, handler)
        return await self._answer(request, handler)

    async def _within_its_limit(self, path: str, request: web.Request, handler: Any) -> web.StreamResponse:
        now = clock.now()
        if now >= self._window_ends.setdefault(path, now + self.window):
            self._window_ends[path], self.left[path] = now + self.window, LIMIT
        if not self.left[path]:
            self.turned_away += 1
            answer = refusal(429, "ThrottlerException: Too Many Requests")
            answer.headers["Retry-After"] = "1"
            return answer
        self.left[path] -= 1
        answer = await self._answer(request, handler)
        answer.headers.update(
            {"X-RateLimit-Limit": str(LIMIT), "X-RateLimit-Remaining": str(self.left[path]), "X-RateLimit-Reset": "1"}
        )
        return answer

    async def _answer(self, request: web.Request, handler: Any) -> web.StreamResponse:
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

    async def refresh(self, request: web.Request) -> web.Response:
        claims = jwt.decode((await request.json())["refreshToken"], SECRET, algorithms=["HS256"])
        return wrapped(self._session(self.users[claims["sub"]]), 201)

    async def invite(self, request: web.Request) -> web.Response:
        body, token = await request.json(), secrets.token_hex(8)
        if body["role"] not in ("admin", "member"):
            return refusal(400, "role must be one of the following values: admin, member")
        if "@" not in body["email"]:
            return refusal(400, "email must be an email")
        self.invitations[token] = body | {"company": self._who(request)["companyId"]}
        return wrapped({"id": str(uuid.uuid4()), "token": token, "status": "pending"}, 201)

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

    async def open_thread(self, request: web.Request) -> web.Response:
        body, thread = await request.json(), secrets.token_hex(4)
        self.members[thread].add(self._who(request)["id"])  # and nobody else, whatever participantIds says
        return twice_wrapped({"id": thread, "title": body["title"]}, 201)

    async def add_to_thread(self, request: web.Request) -> web.Response:
        self.members[request.match_info["thread"]].add(request.match_info["user"])
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
        if self.busy:
            return refusal(409, "Chatroom is being archived")
        return twice_wrapped({"messages": self.messages[request.match_info["room"]][::-1]})

    async def me(self, request: web.Request) -> web.Response:
        return wrapped(self._who(request))

    async def change_me(self, request: web.Request) -> web.Response:
        body = await request.json()
        if unknown := body.keys() - {"full_name", "username"}:
            return refusal(400, f"property {unknown.pop()} should not exist")
        self._who(request)["fullName"] = body["full_name"]
        return wrapped(self._who(request))

    async def find_files(self, request: web.Request) -> web.Response:
        return wrapped([])

    async def list_members(self, request: web.Request) -> web.Response:
        company = self._who(request)["companyId"]
        people = [user for user in self.users.values() if user["companyId"] == company]
        if "limit" not in request.query:
            return wrapped({"items": people})
        if request.query.get("lastIndex") == "":
            return refusal(400, "lastIndex must be a UUID")
        limit, begin = int(request.query["limit"]), int(request.query.get("lastIndex") or 0)
        end = begin + limit
        more = {"nextIndex": str(end - 1)} if end < len(people) else {}  # and so the last is the first again
        return wrapped({"items": people[begin:end], "pagination": {"limit": limit} | more})

    async def begin(self, request: web.Request) -> web.Response:
        body, session = await request.json(), f"upload_session_{secrets.token_hex(4)}"
        self.uploads[session] = {"sessionId": session, "totalBytes": str(body["totalSizeBytes"]), "uploadedBytes": "0"}
        self.pieces[session] = body["chunkSizeBytes"]
        return twice_wrapped(self.uploads[session], 201)

    async def chunk(self, request: web.Request) -> web.Response:
        body = await request.json()
        if hashlib.sha256(base64.b64decode(body["chunkData"])).hexdigest() != body["chunkChecksum"]:
            return refusal(400, "Chunk checksum validation failed")
        upload = self.uploads[body["sessionId"]]
        if body["chunkSizeBytes"] != self.pieces[body["sessionId"]] and not body.get("isFinalChunk"):
            return refusal(400, "Invalid chunk size")
        done, total = int(upload["uploadedBytes"]) + body["chunkSizeBytes"], int(upload["totalBytes"])
        status = "completed" if body.get("isFinalChunk") else "in_progress"
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
        claims = {"sub": user["id"], "jti": secrets.token_hex(4)}
        renewal = jwt.encode(claims, SECRET, algorithm="HS256")
        if self.sessions_last is not None:
            claims["exp"] = time.time() + self.sessions_last
        token = jwt.encode(claims, SECRET, algorithm="HS256")
        return {"user": user, "company": company, "accessToken": token, "refreshToken": renewal}

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
    codes = {400: "BAD_REQUEST", 404: "NOT_FOUND", 409: "CONFLICT"}
    codes |= {429: "TOO_MANY_REQUESTS", 500: "INTERNAL_SERVER_ERROR"}
    body = {"status": "error", "error": {"code": codes.get(status, "UNKNOWN_ERROR"), "message": message}}
    return web.json_response(body, status=status)


@asynccontextmanager
async def deployed_threads() -> AsyncIterator[tuple[DeployedThreads, str]]:
    """The stand-in, served, and its address."""
    threads = DeployedThreads()
    async with served(threads.app) as server:
        yield threads, str(server.make_url("")).rstrip("/")
