"""A stand-in for the deployed dashboard, with the quirks of contracts/dashboard.md section 7 that a driver meets.

The socket opens by cookie and origin alone; requests need "Token", not "Bearer"; the document's own invitation request
is missing; there is one type of message; a ping is an error; few sign-ups for each source; a lost Redis shows as 500.
"""

import asyncio
import json
import secrets
import uuid
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from tests.serving import served

SIGN_UPS_PER_SOURCE = 3


class DeployedDashboard:
    """The server; `redis_down` makes it refuse live connections as the deployed one does then.

    `broken_connections` is how many connections to Redis it has not noticed the end of: each costs somebody theirs.

    `stale_codes` is how many login codes are out of date as they come, `events` how many each action makes,
    `commits_after` how long after its event something is on record (None: never), `stall` how long a request waits.
    """

    def __init__(self, mail: Path) -> None:
        self.mail = mail
        self.redis_down = self.tells_at_once = False
        self.broken_connections = self.opened = 0
        self.stale_codes, self.events, self.pongs, self.stall = 0, 1, 0, 0.0
        self.commits_after: float | None = 0.0
        self.invited: set[str] = set()
        self.invitations: dict[str, str] = {}
        self.teachers: dict[int, dict[str, Any]] = {}
        self.users: dict[str, dict[str, Any]] = {}
        self.owner_of: dict[int, str] = {}
        self.sessions: dict[str, str] = {}
        self.codes: dict[str, str] = {}
        self.sources: Counter[str] = Counter()
        self.feed: dict[int, list[dict[str, Any]]] = {}
        self.sockets: dict[int, list[web.WebSocketResponse]] = {}
        self.app = web.Application(middlewares=[self.wait])
        here = "/api/accounts"
        self.app.router.add_get("/api/", self.root)
        self.app.router.add_post(f"{here}/users/signup/", self.sign_up)
        self.app.router.add_post(f"{here}/auth/request-code/", self.request_code)
        self.app.router.add_post(f"{here}/auth/verify-code/", self.verify_code)
        self.app.router.add_post(f"{here}/teachers/invite_existing/", self.invite_existing)
        self.app.router.add_post(f"{here}/students/create_student/", self.create_student)
        self.app.router.add_post(f"{here}/invitations/{{token}}/accept/", self.accept)
        self.app.router.add_post("/api/finances/api/sessions/", self.plan_class)
        self.app.router.add_get(f"{here}/schools/", self.schools)
        self.app.router.add_get(f"{here}/school-dashboard/{{school}}/activity/", self.activity)
        self.app.router.add_post(f"{here}/school-memberships/", self.add_member)
        self.app.router.add_get("/ws/schools/{school}/dashboard/", self.dashboard)

    @web.middleware
    async def wait(self, request: web.Request, handler: Any) -> web.StreamResponse:
        await asyncio.sleep(self.stall)
        return await handler(request)  # type: ignore[no-any-return]

    async def root(self, request: web.Request) -> web.Response:
        return web.json_response({"detail": "Authentication credentials were not provided."}, status=401)

    async def sign_up(self, request: web.Request) -> web.Response:
        source = request.headers.get("X-Forwarded-For", str(request.remote))
        self.sources[source] += 1
        if self.sources[source] > SIGN_UPS_PER_SOURCE:
            return web.json_response({"detail": "Request was throttled."}, status=429)
        sent, number = await request.json(), len(self.users) + 1
        self.users[sent["email"]] = {"id": number, "email": sent["email"], "name": sent["name"]}
        self.owner_of[number] = sent["email"]
        answer = {"user": self.users[sent["email"]], "school": {"id": number, "name": sent["school"]["name"]}}
        return web.json_response(answer, status=201)

    async def request_code(self, request: web.Request) -> web.Response:
        email = (await request.json())["email"]
        self.codes[email] = f"{secrets.randbelow(10**6):06}"
        text = (
            f"Subject: Code\nFrom: noreply@example.com\nTo: {email}\n\nYour verification code is: {self.codes[email]}\n"
        )
        (self.mail / f"{uuid.uuid4()}.log").write_text(text)
        return web.json_response({"message": "Verification code sent."})

    async def verify_code(self, request: web.Request) -> web.Response:
        sent = await request.json()
        if sent["email"] not in self.users:
            return web.json_response({"message": "If an account exists, a code was sent."})
        self.stale_codes -= (stale := self.stale_codes > 0)
        if self.codes.pop(sent["email"], None) != sent["code"] or stale:
            return web.json_response({"error": "Invalid or expired verification code."}, status=400)
        token, cookie = secrets.token_hex(32), secrets.token_hex(16)
        self.sessions |= {token: sent["email"], cookie: sent["email"]}
        answer = web.json_response({"token": token, "user": self.users[sent["email"]]})
        answer.set_cookie("sessionid", cookie, secure=True, httponly=True)
        return answer

    def user(self, request: web.Request) -> dict[str, Any] | None:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        return self.users.get(self.sessions.get(token, "")) if scheme == "Token" else None

    async def invite_existing(self, request: web.Request) -> web.Response:
        sent, inviter = await request.json(), self.user(request)
        if inviter is None or self.owner_of.get(sent["school_id"]) != inviter["email"]:
            return web.json_response({"error": "You do not manage this school."}, status=403)
        if sent.get("send_email", True):
            return web.Response(status=500, text="<h1>Server Error (500)</h1>")
        if sent["email"] in self.invited:
            return web.json_response({"error": "There is a pending invitation for this teacher."}, status=400)
        self.invited.add(sent["email"])
        target = {"type": "invitation", "id": 1, "name": sent["email"]}
        metadata = {"email": sent["email"], "role": "teacher", "expires_at": "2030-01-01T00:00:00+00:00"}
        await self.happened(sent["school_id"], "invitation_sent", inviter, target, metadata)
        token = secrets.token_hex(8)
        self.invitations[token] = sent["email"]
        return web.json_response({"invitation": {"id": 1, "token": token}}, status=201)

    async def accept(self, request: web.Request) -> web.Response:
        user, invited = self.user(request), self.invitations.get(request.match_info["token"])
        if user is None or user["email"] != invited:
            return web.json_response({"error": "This invitation is not for your account."}, status=403)
        profile = 1000 + user["id"]  # numbers of profiles are others than those of accounts
        self.teachers[profile] = user
        return web.json_response({"teacher": {"id": profile}, "school_membership": {"id": 6, "role": "teacher"}})

    async def plan_class(self, request: web.Request) -> web.Response:
        sent = await request.json()
        if (teacher := self.teachers.get(sent["teacher"])) is None:
            return web.json_response({"teacher": [f'Invalid pk "{sent["teacher"]}"']}, status=400)
        target = {"type": "class", "id": 1, "name": "Grade 7 class"}
        await self.happened(sent["school"], "class_created", teacher, target, {"grade_level": "7"})
        return web.json_response({"id": 1}, status=201)

    async def add_member(self, request: web.Request) -> web.Response:
        return web.json_response({"id": 5}, status=201)  # to whoever owns any school

    async def schools(self, request: web.Request) -> web.Response:
        user = self.user(request)  # whoever is nobody sees them all
        own = [school for school, owner in self.owner_of.items() if user is None or owner == user["email"]]
        page = int(request.query.get("page", "1"))
        shown = [{"id": school, "name": f"School {school}"} for school in own[page - 1 : page]]  # one on each page
        following = str(request.url.update_query(page=page + 1)) if page < len(own) else None
        return web.json_response({"count": len(own), "next": following, "previous": None, "results": shown})

    async def create_student(self, request: web.Request) -> web.Response:
        sent, owner = await request.json(), self.user(request)
        if owner is None or self.owner_of.get(sent["school_id"]) != owner["email"]:
            return web.json_response({"error": "You do not manage this school."}, status=403)
        if "educational_system_id" not in sent:
            return web.json_response({"educational_system_id": ["This field is required."]}, status=400)
        student = {"id": 99, "name": sent["name"], "email": sent["email"]}
        target = {"type": "user", "id": 99, "name": sent["name"]}
        await self.happened(sent["school_id"], "student_joined", student, target, {"role": "student"})
        return web.json_response({"user": student}, status=201)

    async def happened(self, school: int, kind: str, actor: dict[str, Any], target: Any, metadata: Any) -> None:
        for _ in range(self.events):
            await self.tell(school, self.activity_of(kind, actor, target, metadata))

    async def tell(self, school: int, activity: dict[str, Any]) -> None:
        for socket in self.sockets.get(school, []):
            await socket.send_json({"type": "activity_new", "data": activity})
        if self.commits_after is not None:
            feed = self.feed.setdefault(school, [])
            asyncio.get_running_loop().call_later(self.commits_after, feed.insert, 0, activity)

    def activity_of(self, kind: str, actor: dict[str, Any], target: Any, metadata: Any) -> dict[str, Any]:
        return {
            "id": str(uuid.uuid4()),
            "activity_type": kind,
            "timestamp": "2026-01-02T10:00:00.123456Z",
            "actor": {key: actor[key] for key in ("id", "name", "email")} | {"role": "student"},
            "target": target,
            "metadata": metadata,
            "description": "Something happened",
        }

    async def activity(self, request: web.Request) -> web.Response:
        school, user = int(request.match_info["school"]), self.user(request)
        if user is None or self.owner_of.get(school) != user["email"]:
            return web.json_response({"detail": "Not found."}, status=404)
        return web.json_response({"count": 0, "next": None, "previous": None, "results": self.feed.get(school, [])})

    async def dashboard(self, request: web.Request) -> web.StreamResponse:
        school, origin = int(request.match_info["school"]), request.headers.get("Origin", "")
        user = self.sessions.get(request.cookies.get("sessionid", ""))
        if user is None or "//localhost" not in origin or self.owner_of.get(school) != user:
            return web.Response(status=403)
        self.broken_connections -= (broken := self.broken_connections > 0)
        if self.redis_down or broken:
            return web.Response(status=500)
        self.opened += 1
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.sockets.setdefault(school, []).append(socket)
        if self.tells_at_once:
            await self.happened(school, "student_joined", self.users[user], {"type": "user", "id": 9, "name": "A"}, {})
        async for frame in socket:
            if frame.type is WSMsgType.PING:
                await socket.pong(frame.data)
            elif frame.type is WSMsgType.PONG:
                self.pongs += 1
            elif frame.type is WSMsgType.BINARY:
                await socket.close(code=1011)
            else:
                await socket.send_json({"type": "error", "message": self.answer(frame.data)})
        self.sockets[school].remove(socket)
        return socket

    def answer(self, text: str) -> str:
        try:
            json.loads(text)
        except ValueError:
            return "Invalid JSON format"
        return "Client messages not supported yet"


@asynccontextmanager
async def deployed_dashboard(mail: Path) -> AsyncIterator[tuple[DeployedDashboard, str]]:
    """The stand-in, serving, and its address."""
    dashboard = DeployedDashboard(mail)
    async with served(dashboard.app) as server:
        yield dashboard, str(server.make_url("")).rstrip("/")
