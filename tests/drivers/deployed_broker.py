"""A stand-in for the deployed message broker, with the quirks of contracts/broker.md section 7 that a driver meets.

The client is whoever a header says, certificate or not; whoever has no token is forbidden, not unauthorised; accounts
are created under another path; there are no new certificates; health is 200 whatever it says; users see no text of
their messages, and figures have moved.
"""

import asyncio
import itertools
import ssl
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from support.environments.embedded.pki import Authority
from tests.serving import served


class DeployedBroker:
    """The proxy and the main server; `rows` are the messages, `queue_is_down` whether Redis is.

    `frozen` makes the proxy hang, as more than thirty submissions at once do; `delivers_after` is how many seconds a
    message takes (None: for ever); `fails` makes the main server fail over whatever it is asked, and the connection
    with it.
    """

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.users = {"admin@example.com": {"password": "root", "role": "admin", "client_id": None}}
        self.queue_is_down = self.frozen = self.fails = False
        self.delivers_after: float | None = None
        self.inactive: set[str] = set()
        self._failed: set[int] = set()
        self._numbers = itertools.count(1)
        self.proxy, self.main = web.Application(), web.Application(middlewares=[self.fail])
        self.proxy.add_routes(
            [
                web.post("/api/v1/messages", self.submit),
                web.get("/api/v1/health", self.proxy_health),
                web.get("/metrics", self.moved),
                web.get("/metrics/", self.metrics),
            ]
        )
        self.main.add_routes(
            [
                web.get("/health", self.health),
                web.post("/portal/auth/login", self.login),
                web.get("/portal/messages", self.messages),
                web.get("/portal/profile", self.profile),
                web.post("/admin/users", self.create_user),
                web.post("/internal/messages/register", self.register),
                web.put("/internal/messages/{id}/status", self.status),
            ]
        )

    @web.middleware
    async def fail(self, request: web.Request, handler: Any) -> web.StreamResponse:
        assert request.transport is not None
        if id(request.transport) in self._failed:
            request.transport.abort()
        if not self.fails or request.path == "/health":
            response: web.StreamResponse = await handler(request)
            return response
        self._failed.add(id(request.transport))
        said = "(pymysql.err.OperationalError) [SQL: INSERT INTO messages VALUES (%s)] [parameters: ('Hello',)]"
        return web.json_response({"error": said, "status_code": 500}, status=500)

    async def submit(self, request: web.Request) -> web.Response:
        body = await request.json()
        if self.frozen:
            await asyncio.Event().wait()
        if not body.get("message_body", "").strip():
            return web.json_response({"detail": [{"type": "value_error", "msg": "Value error, blank"}]}, status=422)
        client = request.headers.get("X-Client-Cert-CN")
        if client is None:
            return web.json_response({"error": "http_error_401", "message": "Invalid or missing"}, status=401)
        if self.queue_is_down:
            return web.json_response({"error": "http_error_503", "message": "Redis unavailable."}, status=503)
        row = self._row(str(uuid.uuid4()), client, body["message_body"])
        if self.delivers_after is not None:
            fate = {"status": "delivered", "attempt_count": 1, "delivered_at": "2026-01-01T09:00:00"}
            asyncio.get_running_loop().call_later(self.delivers_after, row.update, fate)
        return web.json_response({"message_id": row["message_id"], "status": "queued", "client_id": client}, status=202)

    async def proxy_health(self, request: web.Request) -> web.Response:
        words = "unhealthy" if self.queue_is_down else "healthy"
        return web.json_response({"status": words, "checks": {"redis": words, "main_server": "unknown"}})

    async def moved(self, request: web.Request) -> web.Response:
        raise web.HTTPTemporaryRedirect("/metrics/")

    async def metrics(self, request: web.Request) -> web.Response:
        return web.Response(text=f"# HELP x y\nproxy_messages_enqueued_total {len(self.rows)}.0\n")

    async def health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "healthy", "components": {"database": "healthy"}})

    async def login(self, request: web.Request) -> web.Response:
        body = await request.json()
        user = self.users.get(body["email"])
        if user is None or user["password"] != body["password"]:
            return web.json_response({"error": "Incorrect email or password", "status_code": 401}, status=401)
        return web.json_response({"access_token": f"token of {body['email']}", "refresh_token": "refresh"})

    async def messages(self, request: web.Request) -> web.Response:
        email = self._who(request)
        user = self.users[email]
        rows = [row for row in reversed(self.rows) if user["role"] == "admin" or row["client_id"] == user["client_id"]]
        first = int(request.query["skip"])
        rows = rows[first : first + int(request.query["limit"])]
        if user["role"] != "admin":
            rows = [row | {"message_body": None} for row in rows]
        return web.json_response(rows)

    async def profile(self, request: web.Request) -> web.Response:
        return web.json_response({"id": 1, "email": self._who(request), "role": "user"})

    async def create_user(self, request: web.Request) -> web.Response:
        if self.users[self._who(request)]["role"] != "admin":
            return web.json_response({"error": "Admin access required", "status_code": 403}, status=403)
        body = await request.json()
        self.users[body["email"]] = {"client_id": None} | {key: body[key] for key in body if key != "email"}
        return web.json_response({"id": 7, "email": body["email"]})

    async def register(self, request: web.Request) -> web.Response:
        body = await request.json()
        self._row(body["message_id"], body["client_id"], body["message_body"])
        return web.json_response({"status": "success", "message_id": body["message_id"], "id": 1})

    async def status(self, request: web.Request) -> web.Response:
        body = await request.json()
        for row in self.rows:
            if row["message_id"] == request.match_info["id"]:
                row |= {"status": body["status"], "attempt_count": body["attempt_count"]}
                return web.json_response({"status": "updated"})
        return web.json_response({"error": "Message not found", "status_code": 404}, status=404)

    def _row(self, message: str, client: str, text: str) -> dict[str, Any]:
        row = {"id": next(self._numbers), "message_id": message, "client_id": client, "message_body": text}
        row |= {"sender_number_masked": "ab12****cd34", "status": "queued", "attempt_count": 0, "delivered_at": None}
        self.rows.append(row)
        return row

    def _who(self, request: web.Request) -> str:
        presented = request.headers.get("Authorization", "")
        if not presented.startswith("Bearer "):
            raise web.HTTPForbidden(text='{"error": "Not authenticated"}', content_type="application/json")
        email = presented.removeprefix("Bearer token of ")
        if email not in self.users:
            raise web.HTTPUnauthorized(text='{"error": "Invalid or expired token"}', content_type="application/json")
        if email in self.inactive:
            raise web.HTTPForbidden(text='{"error": "Inactive user"}', content_type="application/json")
        return email


@asynccontextmanager
async def deployed_broker(authority: Authority) -> AsyncIterator[tuple[DeployedBroker, str, str]]:
    """The stand-in, served with certificates that are looked at but not demanded; with the addresses of both parts."""
    broker, own = DeployedBroker(), authority.server("server")
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH, cafile=authority.certificate)
    context.load_cert_chain(own.certificate, own.key)
    context.verify_mode = ssl.CERT_OPTIONAL
    async with served(broker.proxy, context) as proxy, served(broker.main, context) as main:
        yield broker, *(str(server.make_url("")).rstrip("/") for server in (proxy, main))
