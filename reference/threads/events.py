"""The Socket.IO side of the wire (contract 3). The events of one connection are handled one after the other."""

import logging
from collections.abc import Awaitable, Callable
from typing import Any

import psycopg
from socketio import AsyncServer
from socketio.exceptions import ConnectionRefusedError as ConnectionRefused

from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads import forms, names, retries
from reference.threads.access import identifier
from reference.threads.announcer import Announcer
from reference.threads.api_messages import draft
from reference.threads.connections import Connections
from reference.threads.forms import filled_in
from reference.threads.limits import Limit
from reference.threads.messages import Messages
from reference.threads.person import Person
from reference.threads.plain import now
from reference.threads.recovery import Recovery
from reference.threads.refusals import Rejected, forbidden, invalid, unauthorized
from reference.threads.sockets import Sockets
from reference.threads.typing_indicators import TypingIndicators

log = logging.getLogger(__name__)

Handler = Callable[[str, Person, Any], Awaitable[None]]


@part
class Events:
    """What a client may send on its connection. Nothing is acknowledged; what is refused is told as an `error`."""

    connections: Connections
    sockets: Sockets
    announcer: Announcer
    recovery: Recovery
    messages: Messages
    typing: TypingIndicators
    limit: Limit

    def attach(self, server: AsyncServer) -> None:
        """Handle the events of `server`."""
        server.on("connect", self.connect)
        server.on("disconnect", self.disconnect)
        server.on("*", self.event)

    async def connect(self, socket: str, environ: dict[str, Any]) -> None:
        """Let a connection in, or say why not and end it, as the deployed system does."""
        retries.operation.set("connect")
        retries.on_behalf_of.set(None)
        try:
            await self.connections.connect(socket, environ)
        except Rejected as refusal:
            await self.announcer.error(socket, refusal, "connect")
            raise ConnectionRefused(str(refusal)) from None

    async def disconnect(self, socket: str, reason: str) -> None:
        """A connection has gone, whichever side ended it."""
        await self.connections.disconnected(socket, reason)

    async def event(self, name: str, socket: str, *payload: Any) -> None:
        """Whatever a client sends."""
        try:
            person = self.sockets.person(socket)
            if person is None:
                raise unauthorized("Not signed in")
            retries.operation.set(name)
            retries.on_behalf_of.set(person.id)
            self.limit.take(socket)
            await self.handler(name)(socket, person, payload[0] if payload else None)
        except Rejected as refusal:
            await self.announcer.error(socket, refusal, name)
        except psycopg.DataError:
            await self.announcer.error(socket, invalid("Validation failed", "a value cannot be stored"), name)
        except Exception:
            log.exception("%s failed", name)
            await self.announcer.error(socket, Rejected(500, "Internal server error"), name)

    def handler(self, name: str) -> Handler:
        """What handles an event. Raises `Rejected` if nothing does."""
        known: dict[str, Handler] = {
            "authenticate": self.authenticate,
            "join_company": self.join_company,
            "join_chatroom": self.join_chatroom,
            "join_thread": self.join_thread,
            "join_upload_session": self.join_upload_session,
            "send_chatroom_message": self.send_chatroom_message,
            "send_thread_message": self.send_thread_message,
            "chatroom_typing_start": self.chatroom_typing_start,
            "chatroom_typing_stop": self.chatroom_typing_stop,
            "thread_typing_start": self.thread_typing_start,
            "thread_typing_stop": self.thread_typing_stop,
            "update_user_status": self.update_user_status,
        } | {f"leave_{kind}": self.leaver(kind) for kind in ("company", "chatroom", "thread", "upload_session")}
        if name not in known:
            raise Rejected(400, f"Unknown event {name[:60]!r}", code="UNKNOWN_EVENT")
        return known[name]

    async def authenticate(self, socket: str, person: Person, payload: Any) -> None:
        """Show a newer token."""
        await self.connections.authenticate(socket, filled_in(forms.Shown, payload).token)

    async def join_company(self, socket: str, person: Person, payload: Any) -> None:
        """Hear one's company again."""
        room = names.company(filled_in(forms.InCompany, payload).company_id)
        await self.recovery.access.room(person, room)
        self.sockets.enter(socket, room)
        joined = {"user": self.announcer.statuses.shown(person), "joinedAt": now(), "via": "connection"}
        await self.announcer.to_socket(socket, "user_joined_company", joined)

    async def join_chatroom(self, socket: str, person: Person, payload: Any) -> None:
        """Hear a chatroom of one's own."""
        number = filled_in(forms.InChatroom, payload).chatroom_id
        await self.join(socket, person, names.chatroom(number))
        joined = {"chatroomId": number, "user": self.announcer.statuses.shown(person), "joinedAt": now()}
        await self.announcer.in_room(names.chatroom(number), "user_joined_chatroom", joined)

    async def join_thread(self, socket: str, person: Person, payload: Any) -> None:
        """Hear a thread that one takes part in."""
        number = filled_in(forms.InThread, payload).thread_id
        await self.join(socket, person, names.thread(number))
        joined: Row = {"threadId": number, "user": self.announcer.statuses.shown(person), "joinedAt": now()}
        joined |= {"threadRole": "member", "accessType": "MEMBER"}
        await self.announcer.in_room(names.thread(number), "user_joined_thread", joined)

    async def join_upload_session(self, socket: str, person: Person, payload: Any) -> None:
        """Follow an upload."""
        asked = filled_in(forms.InUpload, payload)
        room = names.upload(asked.session_id)
        await self.join(socket, person, room)
        joined: Row = {"roomId": room, "roomType": "upload_session", "sessionId": asked.session_id}
        await self.announcer.to_socket(socket, "room_joined", joined | {"context": asked.context, "joinedAt": now()})

    async def join(self, socket: str, person: Person, room: str) -> None:
        """Hear a room that one may hear, and again after a reconnection."""
        await self.recovery.access.room(person, room)
        await self.recovery.remember(person, room)
        self.sockets.enter(socket, room)

    def leaver(self, kind: str) -> Handler:
        """What handles leaving a room of that kind; its id may be the plain one or the full name."""

        async def leave(socket: str, person: Person, payload: Any) -> None:
            asked = filled_in(forms.InRoom, payload).room_id
            await self.leave(socket, person, asked if asked.startswith(f"{kind}:") else f"{kind}:{asked}")

        return leave

    async def leave(self, socket: str, person: Person, room: str) -> None:
        """Hear a room no more; the others are told."""
        if not self.sockets.hears(socket, room):
            raise invalid("Not in this room")
        self.sockets.leave(socket, room)
        left = {"roomId": room, "user": self.announcer.statuses.shown(person), "leftAt": now()}
        await self.announcer.in_room(room, "user_left_room", left)
        await self.recovery.forget(person, room)

    async def send_chatroom_message(self, socket: str, person: Person, payload: Any) -> None:
        """Say something in a chatroom."""
        await self.messages.send(person, draft(filled_in(forms.ChatroomMessage, payload)), socket)

    async def send_thread_message(self, socket: str, person: Person, payload: Any) -> None:
        """Say something in a thread."""
        await self.messages.send(person, draft(filled_in(forms.ThreadMessage, payload)), socket)

    async def chatroom_typing_start(self, socket: str, person: Person, payload: Any) -> None:
        """A user types in a chatroom."""
        await self.typing.start(*self.typing_place(socket, person, payload, "chatroom"))

    async def chatroom_typing_stop(self, socket: str, person: Person, payload: Any) -> None:
        """A user types there no more."""
        await self.typing.stop(*self.typing_place(socket, person, payload, "chatroom"))

    async def thread_typing_start(self, socket: str, person: Person, payload: Any) -> None:
        """A user types in a thread."""
        await self.typing.start(*self.typing_place(socket, person, payload, "thread"))

    async def thread_typing_stop(self, socket: str, person: Person, payload: Any) -> None:
        """A user types there no more."""
        await self.typing.stop(*self.typing_place(socket, person, payload, "thread"))

    def typing_place(self, socket: str, person: Person, payload: Any, kind: str) -> tuple[str, Person, Row]:
        """Where a user types, which must be where the connection is. Raises `Rejected`."""
        number = identifier(filled_in(forms.InRoom, payload).room_id.removeprefix(f"{kind}:"))
        self.recovery.access.writer(person)
        self.check_inside(socket, f"{kind}:{number}")
        place: Row = {"chatroomId": None, "threadId": None} | {f"{kind}Id": number}
        return f"{kind}:{number}", person, place

    def check_inside(self, socket: str, room: str) -> None:
        """Raises `Rejected` unless the connection hears a room."""
        if not self.sockets.hears(socket, room):
            raise forbidden("Not in this room")

    async def update_user_status(self, socket: str, person: Person, payload: Any) -> None:
        """Say how one is."""
        asked = filled_in(forms.NewStatus, payload)
        self.announcer.statuses.say(person.id, asked.status, asked.custom_message)
        await self.announcer.status(person)
