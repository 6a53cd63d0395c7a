"""The live connection of the stand-in for the deployed ThreadFileSharing; see `deployed_threads`."""

import secrets
from collections import defaultdict
from typing import Any
from urllib.parse import parse_qs

import jwt
import socketio

SECRET = "the secret of the stand-in, of decent length"
NOW = "2026-01-01T09:00:00.000Z"


class LiveThreads:
    """What is connected to, and what happens there.

    `hurried` has one message overtake another; `unheard` are users whose own joining is not announced.
    """

    def __init__(self) -> None:
        self.users: dict[str, dict[str, Any]] = {}
        self.members: dict[str, set[str]] = defaultdict(set)
        self.messages: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.hurried = False
        self.unheard: set[str] = set()
        self._overtaken: tuple[dict[str, Any], str] | None = None
        self.io = socketio.AsyncServer(async_mode="aiohttp")
        self.io.on("connect", self.connect)
        self.io.on("join_chatroom", self.join)
        self.io.on("join_thread", self.join_thread)
        self.io.on("join_upload_session", self.follow)
        self.io.on("send_chatroom_message", self.send)
        self.io.on("chatroom_typing_start", self.type)

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
        if user["id"] in self.unheard:
            return
        news = {"chatroomId": told["chatroomId"], "user": identity(user), "joinedAt": NOW}
        await self.io.emit("user_joined_chatroom", news, room=told["chatroomId"])

    async def join_thread(self, sid: str, told: dict[str, Any]) -> None:
        user = await self.io.get_session(sid)
        if user["id"] not in self.members[told["threadId"]]:
            await self.io.emit("error", {"message": "Not a participant of this thread"}, to=sid)
            return
        news = {"threadId": told["threadId"], "user": identity(user), "joinedAt": NOW}
        await self.io.enter_room(sid, told["threadId"])
        await self.io.emit("user_joined_thread", news, room=told["threadId"])

    async def type(self, sid: str, told: dict[str, Any]) -> None:
        """Also to whoever types."""
        user = await self.io.get_session(sid)
        news = {"chatroomId": told["roomId"], "user": identity(user), "isTyping": True}
        await self.io.emit("chatroom_typing", news, room=told["roomId"])

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
        if self.hurried and self._overtaken is None:
            self._overtaken = news, sid
            return
        for what, whose in [(news, sid), *([self._overtaken] if self._overtaken else [])]:
            await self.io.emit("chatroom_message_received", what, room=told["chatroomId"], skip_sid=whose)
        self._overtaken = None

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
