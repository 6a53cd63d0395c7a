"""A stand-in for the deployed ChatTrain, with the quirks of contracts/training.md section 7 that a driver meets.

Any socket is greeted, whatever session it names; trainings without an own id, one of which has nothing but apologies;
a number that is too big breaks it; a pause between turns; no completion, and no history but in its database; a socket
that sent something else than JSON stays open and is never answered again.
"""

import asyncio
import json
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any

from aiohttp import WSMsgType, web

from tests.serving import served

PACE = 0.1
DOCUMENTS = {"guide.pdf": (b"\xe2\x28 no text", "application/pdf"), "steps.md": (b"# Steps", "text/plain")}


class DeployedTraining:
    """The server; `asked` lists what users said, `broken` whether its database is, `mute` whether its model is,
    `locked` whether nobody gets at what is in the database.

    `dumb` is whether nothing follows the greeting, `greets` whether there is one, `score` what every turn is worth, and
    `unknown` what is said of a session that does not exist.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.broken = self.locked = False
        self.mute = self.dumb = False
        self.greets = True
        self.score = 90
        self.unknown = "Session not found"
        self.file: Path | None = None
        self.sessions: dict[int, dict[str, Any]] = {}
        self.app = web.Application()
        self.app.add_routes(
            [
                web.get("/api/health", self.health),
                web.get("/api/scenarios", self.scenarios),
                web.post("/api/sessions", self.create),
                web.get("/api/scenarios/{name}/documents", self.documents),
                web.get("/api/documents/{name}/{file}", self.document),
                web.get("/chat/{session}", self.chat),
            ]
        )

    def keep_in(self, file: Path) -> None:
        """Keep what is said in this SQLite file from now on."""
        self.file = file
        columns = "id INTEGER PRIMARY KEY, session_id INTEGER, role TEXT, content TEXT NOT NULL"
        with closing(sqlite3.connect(file)) as database:
            database.execute(f"CREATE TABLE messages ({columns})")

    def keep(self, *row: Any) -> None:
        """Keep a message: its session, whose it is, and its text."""
        if self.file:
            with closing(sqlite3.connect(self.file)) as database, database:
                database.execute("INSERT INTO messages (session_id, role, content) VALUES (?, ?, ?)", row)

    async def health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "healthy"})

    async def scenarios(self, request: web.Request) -> web.Response:
        if self.broken:
            return web.json_response({"detail": "Failed to fetch scenarios"}, status=500)
        rows = [{"id": 5, "config": {"id": "customer_service_v1"}}, {"id": 4, "config": {"id": "claim_handling_v1"}}]
        return web.json_response([*rows, {"id": 1, "config": {"difficulty": "easy"}}])

    async def create(self, request: web.Request) -> web.Response:
        body = await request.json()
        if body.get("scenario_id", 0) >= 2**63:
            return web.json_response({"detail": "Failed to create session"}, status=500)
        if "user_id" not in body:
            missing = {"type": "missing", "loc": ["body", "user_id"], "msg": "Field required"}
            return web.json_response({"detail": [missing]}, status=422)
        number = len(self.sessions) + 1
        self.sessions[number] = {"id": number, **body, "status": "active", "completed_at": None}
        return web.json_response(self.sessions[number] | {"data": {}})

    async def documents(self, request: web.Request) -> web.Response:
        listed = [
            {"filename": name, "size": len(content), "mime_type": "text/markdown"}
            for name, (content, _) in DOCUMENTS.items()
        ]
        return web.json_response(listed)

    async def document(self, request: web.Request) -> web.Response:
        if request.match_info["file"] not in DOCUMENTS:
            return web.json_response({"detail": "Access denied"}, status=403)
        content, kind = DOCUMENTS[request.match_info["file"]]
        return web.Response(body=content, content_type=kind)

    async def chat(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        number = int(request.match_info["session"])
        greeting = {"type": "session_start", "content": "Secure session started", "session_id": number}
        if self.greets:
            await socket.send_json(greeting)
        async for message in socket:
            if message.type is not WSMsgType.TEXT or not message.data.startswith(("{", "[")):
                await asyncio.Event().wait()
            frames = [frame async for frame in self.answers(number, json.loads(message.data))]
            for frame in frames:
                await socket.send_json(frame)
        return socket

    async def answers(self, number: int, said: Any) -> AsyncIterator[dict[str, Any]]:
        if not isinstance(said, dict):
            yield {"type": "error", "content": "Error processing message: 'list' object has no attribute 'get'"}
        elif said["type"] == "session_start":
            yield self.info(number)
        elif said["type"] == "user_message":
            self.asked.append(said["content"])
            await asyncio.sleep(PACE)
            if self.dumb:
                return
            self.keep(number, "user", said["content"])
            yield {"type": "message_received", "content": "Message received", "message_id": 1}
            if self.mute:
                yield {"type": "error", "content": "Error processing message: 'NoneType' object has no attribute"}
                return
            self.keep(number, "assistant", "How long will it take?")
            yield {"type": "assistant_message", "content": "How long will it take?", "message_id": 2}
            lost = self.sessions.get(number, {}).get("scenario_id") == 1
            feedback = {"content": "Good.", "score": 0 if lost else self.score, "suggestions": ["Be polite."]}
            yield {"type": "evaluation_feedback"} | feedback
        else:
            yield {"type": "error", "content": f"Unknown message type: {said['type']}"}

    def info(self, number: int) -> dict[str, Any]:
        if self.locked:
            return {"type": "error", "content": "Error processing message: database is locked"}
        if number not in self.sessions:
            return {"type": "error", "content": self.unknown}
        names = {5: "customer_service_v1", 4: "claim_handling_v1"}
        row = self.sessions[number]
        scenario = {"id": row["scenario_id"], "config_json": json.dumps({"id": names[row["scenario_id"]]})}
        return {"type": "session_info", "content": "Starting", "metadata": {"scenario": scenario, "session": row}}


@asynccontextmanager
async def deployed_training() -> AsyncIterator[tuple[DeployedTraining, str]]:
    """The stand-in, served, and its address."""
    training = DeployedTraining()
    async with served(training.app) as server:
        yield training, str(server.make_url("")).rstrip("/")
