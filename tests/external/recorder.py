"""A server that takes anything for whatever it is asked, in every dialect at once, and keeps what could change it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import jwt
import socketio
from aiohttp import WSMsgType, web

from support.drivers.kit.read_only import SAFE
from tests.serving import served

TOKEN = jwt.encode({"sub": "1", "user": "Lisa"}, "a secret of nobody's, and of decent length")
_USER = {"id": "1", "companyRole": "member", "companyId": "1"}
_ANSWER: dict[str, Any] = {
    **{"result": "success", "status": "success", "error": {}, "id": 1, "user": _USER, "school": {"id": 1}},
    **dict.fromkeys(("token", "access_token", "refresh_token", "accessToken", "refreshToken"), TOKEN),
    **{"contacts": {"Avi": "room"}, "all_existing_contacts": ["Lisa", "Avi"], "currently_online": []},
    **{"message_id": "1", "client_id": "one", "certificate": "PEM", "private_key": "PEM", "company": {"id": "1"}},
    **{"filter_id": "1", "room_id": "!1", "next_batch": "1", "joined": {}, "items": [], "messages": [], "results": []},
    **{"sessionId": "1", "fileId": "1", "invitation": {"token": "1"}, "nonce": "1", "user_id": "1", "errcode": "M_X"},
}
_TRAININGS = [{"id": 1, "config": {"id": "customer_service_v1"}}]
#: Who reads this has it marked as delivered (TFS-EVT-05), so it changes something in spite of its method.
_MARKS = "/messages/list"


@dataclass(frozen=True)
class Heard:
    """What could change something: a request, a frame or an event, with what it carried."""

    what: str
    content: str


class Recorder:
    """`changing` is what was heard that could change something; `heard` counts everything."""

    def __init__(self) -> None:
        self.heard = 0
        self.changing: list[Heard] = []
        self._sockets = socketio.AsyncServer(async_mode="aiohttp")
        self._sockets.on("connect", self._connected)
        self._sockets.on("*", self._event)
        self.app = web.Application()
        self._sockets.attach(self.app)
        self.app.router.add_route("*", "/{path:.*}", self._request)

    async def _request(self, request: web.Request) -> web.StreamResponse:
        self.heard += 1
        if request.headers.get("Upgrade", "").lower() == "websocket":
            return await self._socket(request)
        if request.method not in SAFE or _MARKS in request.path:
            self.changing.append(Heard(f"{request.method} {request.path}", (await request.read()).decode()))
        if request.path == "/api/scenarios":
            return web.json_response(_TRAININGS)
        return web.json_response(_ANSWER | {"data": _ANSWER})

    async def _socket(self, request: web.Request) -> web.StreamResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "session_start"})
        async for message in socket:
            if message.type in (WSMsgType.TEXT, WSMsgType.BINARY):
                self.changing.append(Heard("frame", str(message.data)))
        return socket

    async def _connected(self, sid: str, *_: object) -> None:
        self.heard += 1
        await self._sockets.emit("connection_established", {}, to=sid)

    def _event(self, event: str, _sid: str, *payload: object) -> dict[str, str]:
        self.changing.append(Heard(event, json.dumps(payload, default=str)))
        return {"result": "success"}


@asynccontextmanager
async def recording() -> AsyncIterator[tuple[Recorder, str]]:
    """The server and its address."""
    recorder = Recorder()
    async with served(recorder.app) as server:
        yield recorder, str(server.make_url("")).rstrip("/")
