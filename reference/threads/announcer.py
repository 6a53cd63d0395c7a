"""Who is told of what: every change, by whichever door it came in, is announced here and nowhere else."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads import names
from reference.threads.person import Person
from reference.threads.plain import now
from reference.threads.refusals import Rejected
from reference.threads.sockets import Sockets
from reference.threads.statuses import Statuses


@part
class Announcer:
    """Tells the connections that a change concerns."""

    sockets: Sockets  # the way to tell
    statuses: Statuses  # what is said of people

    async def in_room(self, room: str, event: str, payload: Row, *, besides: Iterable[str] = ()) -> None:
        """Tell all who hear a room, and some other connections besides."""
        await self.sockets.tell([*self.sockets.inside(room), *besides], event, payload)

    async def in_company(self, company: object, event: str, payload: Row) -> None:
        """Tell all who are connected of a company."""
        await self.in_room(names.company(company), event, payload)

    async def to_user(self, user: object, event: str, payload: Row) -> None:
        """Tell all connections of a user."""
        await self.sockets.tell(self.sockets.of_user(user), event, payload)

    async def to_socket(self, socket: str, event: str, payload: Row) -> None:
        """Tell one connection."""
        await self.sockets.tell([socket], event, payload)

    async def error(self, socket: str, refusal: Rejected, event: str | None) -> None:
        """Tell a connection what was wrong with its event."""
        said: Row = {"code": refusal.code, "message": str(refusal), "event": event}
        await self.to_socket(socket, "error", said | ({"details": refusal.details} if refusal.details else {}))

    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        """Tell a room of a message, and the connection that sent it; the users reached besides its author."""
        payload = self.message_payload(message, sender)
        await self.in_room(names.place(message), "message_received", payload, besides=[socket] if socket else [])
        return self.reached(message)

    def message_payload(self, message: Row, sender: Person) -> Row:
        """What is said of a message."""
        return {
            "messageId": message["id"],
            "chatroomId": message["chatroomId"],
            "threadId": message["threadId"],
            "sender": self.statuses.shown(sender),
            "content": message["content"],
            "messageType": message["messageType"],
            "replyToId": message["replyToId"],
            "createdAt": message["createdAt"],
        }

    def reached(self, message: Row) -> list[str]:
        """The users whose connections hear a message, besides its author."""
        hearers = [self.sockets.person(socket) for socket in self.sockets.inside(names.place(message))]
        users = dict.fromkeys(person.id for person in hearers if person)
        return [user for user in users if user != str(message["senderId"])]

    async def delivered(self, message: Row, users: list[str], moment: datetime) -> None:
        """Tell the author of a message whom it has reached."""
        payload = {
            "messageId": message["id"],
            "chatroomId": message["chatroomId"],
            "threadId": message["threadId"],
            "deliveredTo": users,
            "deliveredAt": moment,
        }
        await self.to_user(message["senderId"], "message_delivered", payload)

    async def typing(self, room: str, person: Person, place: Row, is_typing: bool) -> None:
        """Tell a room, without the person, that a user types or has stopped."""
        payload = place | {"user": self.statuses.shown(person), "isTyping": is_typing}
        await self.sockets.tell(self.watching(room, person), "typing_indicator", payload)

    def watching(self, room: str, person: Person) -> list[str]:
        """The connections that hear a room, without a person's own."""
        own = set(self.sockets.of_user(person.id))
        return [socket for socket in self.sockets.inside(room) if socket not in own]

    async def status(self, person: Person) -> None:
        """Tell a company how one of its people is."""
        shown = self.statuses.of(person.id)
        payload = {"user": self.statuses.shown(person), **shown}
        await self.in_company(person.company, "user_status_updated", payload)

    async def joined_company(self, person: Person, via: str) -> None:
        """Tell a company that a user is there: connected, or a new member."""
        payload = {"user": self.statuses.shown(person), "joinedAt": now(), "via": via}
        await self.in_company(person.company, "user_joined_company", payload)

    async def progress(self, session: Row) -> None:
        """Tell who follows an upload how far it is."""
        fields = ("sessionId", "status", "uploadedBytes", "uploadedChunks", "totalChunks")
        payload = {name: session[name] for name in fields} | {
            "progress": self.percentage(session),
            "totalBytes": str(session["totalSizeBytes"]),
            "timestamp": now(),
        }
        await self.sockets.tell(self.following(session), "file_upload_progress", payload)

    def percentage(self, session: Row) -> int:
        """How much of a file is there, in whole per cent."""
        return int(session["uploadedBytes"] * 100 // session["totalSizeBytes"])

    def following(self, session: Row) -> list[str]:
        """The connections that follow an upload: of its uploader, and those that have joined it."""
        room = names.upload(session["sessionId"])
        return [*self.sockets.inside(room), *self.sockets.of_user(session["uploadedById"])]

    async def completed(self, session: Row, file: Row) -> None:
        """Tell who follows an upload, and its chatroom, that all of the file is there."""
        payload = _about(file, "fileName", "sizeBytes", "checksum", "chatroomId", "threadId") | {
            "sessionId": session["sessionId"],
            "uploadedBy": file["uploadedById"],
            "completedAt": session["completedAt"],
        }
        await self.sockets.tell(self.concerned(session), "file_upload_completed", payload)

    async def processed(self, session: Row, file: Row) -> None:
        """Tell the same that the file can be had."""
        payload = _about(file, "status", "mimeType", "sizeBytes", "checksum") | {
            "sessionId": session["sessionId"],
            "processedAt": now(),
        }
        await self.sockets.tell(self.concerned(session), "file_processed", payload)

    def concerned(self, session: Row) -> list[str]:
        """The connections that follow an upload, and those in its chatroom."""
        room = names.chatroom(session["chatroomId"])
        return [*self.following(session), *(self.sockets.inside(room) if session["chatroomId"] else [])]

    async def retrying(self, user: str, attempt: dict[str, Any]) -> None:
        """Tell a user that the server tries something again."""
        await self.to_user(user, "retry_attempt", attempt | {"timestamp": now()})


def _about(file: Row, *fields: str) -> Row:
    return {"fileId": file["id"]} | {name: file[name] for name in fields}
