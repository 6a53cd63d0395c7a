"""Messages of chatrooms and threads: each is stored, and its room told, by whichever door it came in."""

import asyncio
import base64
import binascii
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4
from weakref import WeakValueDictionary

from reference.kit.parts import part
from reference.kit.postgres import Connection, Row, one, row, rows
from reference.threads import names
from reference.threads.access import Access
from reference.threads.announcer import Announcer
from reference.threads.database import Database
from reference.threads.person import Person
from reference.threads.refusals import forbidden, invalid, missing

_SHOWN = """
select m.*, jsonb_build_object('id', u.id, 'username', u.username, 'fullName', u."fullName", 'avatarUrl', u."avatarUrl")
    as sender,
    array(select r."userId"::text from message_receipts r where r."messageId" = m.id order by r."deliveredAt")
        as "deliveredTo"
from messages m join users u on u.id = m."senderId"
"""
DELETED = "[Message deleted]"


@dataclass(frozen=True)
class Draft:
    """A message that a user wants to send: to a thread, or to a chatroom."""

    chatroom: UUID | None
    thread: UUID | None
    content: str
    kind: str
    reply_to: UUID | None


@part
class Messages:
    """The messages of companies. All may raise `Unavailable` and `Rejected`."""

    database: Database
    access: Access
    announcer: Announcer
    limit: int

    def __post_init__(self) -> None:
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def send(self, person: Person, draft: Draft, socket: str | None = None) -> Row:
        """Store a message, tell its room, and tell its author whom it has reached.

        Args:
            person: the author.
            draft: what is said.
            socket: the connection it came by, if any; it hears the message also outside the room.
        """
        self.access.writer(person)
        self.check_length(draft.content)
        chatroom = await self.place(person, draft)
        # One after the other in a room, so that its members hear them in the order of its history.
        async with self._queues.setdefault(str(draft.thread or chatroom), asyncio.Lock()):
            message = await self.store(person, draft, chatroom)
            reached = await self.announcer.message(message, person, socket)
        await self.receive(message, reached)
        return await self.shown(message["id"])

    def check_length(self, content: str) -> None:
        """Raises `Rejected` if a text is too long for a message, or blank."""
        if len(content) > self.limit:
            raise invalid("Validation failed", f"Content cannot exceed {self.limit} characters")
        if not content.strip():
            raise invalid("Validation failed", "Content is required")

    async def place(self, person: Person, draft: Draft) -> UUID:
        """The chatroom of a draft, which its author may write to."""
        if draft.thread:
            thread = await self.access.thread(person, draft.thread)
            if draft.chatroom and draft.chatroom != thread["chatroomId"]:
                raise invalid("Validation failed", "threadId must be a thread of the chatroom")
            return UUID(str(thread["chatroomId"]))
        assert draft.chatroom is not None
        await self.access.chatroom(person, draft.chatroom)
        return draft.chatroom

    async def store(self, person: Person, draft: Draft, chatroom: UUID) -> Row:
        """A row for a message."""
        number = uuid4()

        async def insert(connection: Connection) -> Row:
            await self.check_reply(connection, draft, chatroom)
            sql = (
                'insert into messages (id, "chatroomId", "threadId", "senderId", content, "messageType", "replyToId") '
                "values (%s, %s, %s, %s, %s, %s, %s) on conflict (id) do update set id = excluded.id returning *"
            )
            said = (draft.content, draft.kind, draft.reply_to)
            stored = await one(connection, sql, number, chatroom, draft.thread, person.id, *said)
            if draft.thread:
                await rows(connection, 'update threads set "lastMessageAt" = now() where id = %s', draft.thread)
            return stored

        return await self.database.transaction(insert)

    async def check_reply(self, connection: Connection, draft: Draft, chatroom: UUID) -> None:
        """Raises `Rejected` if a draft answers what is not there."""
        if draft.reply_to is None:
            return
        sql = 'select 1 from messages where id = %s and "chatroomId" = %s'
        if not await row(connection, sql, draft.reply_to, chatroom):
            raise invalid("Validation failed", "replyToId must be a message of the chatroom")

    async def receive(self, message: Row, users: list[str]) -> None:
        """Note that a message has reached users, and tell its author of those whom it had not reached before."""
        sql = (
            'insert into message_receipts ("messageId", "userId") select %s, unnest(%s::uuid[]) '
            'on conflict do nothing returning "userId", "deliveredAt"'
        )
        new = await self.database.rows(sql, message["id"], users) if users else []
        if new:
            moment: datetime = new[0]["deliveredAt"]
            await self.announcer.delivered(message, [str(receipt["userId"]) for receipt in new], moment)

    async def history(self, person: Person, chatroom: UUID | None, thread: UUID | None, limit: int, last: str) -> Row:
        """A page of a room's messages, newest first; what the reader had not received yet is delivered with it."""
        if thread:
            await self.access.thread(person, thread)
        else:
            await self.access.chatroom(person, chatroom)
        where = 'm."threadId" = %s' if thread else 'm."chatroomId" = %s and m."threadId" is null'
        value = thread or chatroom
        sql = f"{_SHOWN} where {where} and m.number < %s order by m.number desc limit %s"
        page = await self.database.rows(sql, value, before(last), limit + 1)
        total = await self.database.row(f"select count(*)::int as total from messages m where {where}", value)
        more, page = len(page) > limit, page[:limit]
        await self.read(person, page)
        answer: Row = {"messages": page, "total": total and total["total"], "count": len(page)}
        return answer | {"hasMore": more} | ({"nextCursor": cursor(page[-1])} if more else {})

    async def read(self, person: Person, page: list[Row]) -> None:
        """Deliver messages with the history, unless that was done before."""
        unread = {str(message["id"]): message for message in page if unread_by(person, message)}
        sql = (
            'insert into message_receipts ("messageId", "userId") select unnest(%s::uuid[]), %s '
            'on conflict do nothing returning "messageId", "deliveredAt"'
        )
        for receipt in await self.database.rows(sql, list(unread), person.id) if unread else []:
            message = unread[str(receipt["messageId"])]
            message["deliveredTo"] = [*message["deliveredTo"], person.id]
            await self.announcer.delivered(message, [person.id], receipt["deliveredAt"])

    async def shown(self, number: object) -> Row:
        """A message as it is shown."""
        message = await self.database.row(f"{_SHOWN} where m.id = %s", number)
        if message is None:
            raise missing("Message")
        return message

    async def of(self, person: Person, number: UUID) -> Row:
        """A message that the person may see."""
        message = await self.shown(number)
        if message["threadId"]:
            await self.access.thread(person, message["threadId"])
        else:
            await self.access.chatroom(person, message["chatroomId"])
        return message

    async def edit(self, person: Person, number: UUID, content: str) -> Row:
        """Put something else in place of what one has said."""
        self.access.writer(person)
        self.check_length(content)
        message = await self.of(person, number)
        if str(message["senderId"]) != person.id:
            raise forbidden("You can only edit your own messages")
        self.check_there(message)
        await self.overwrite(number, content, edited=True)
        edited = await self.shown(number)
        await self.announcer.in_room(names.place(edited), "message_edited", {"message": edited})
        return edited

    def check_there(self, message: Row) -> None:
        """Raises `Rejected` if a message has been taken back: what nobody is to read any more does not come back."""
        if message["content"] == DELETED:
            raise invalid("Message has been deleted")

    async def remove(self, person: Person, number: UUID) -> None:
        """Take back what was said; owner and admins may do so for others."""
        message = await self.of(person, number)
        if str(message["senderId"]) != person.id and not person.manages:
            raise forbidden("You can only delete your own messages")
        await self.overwrite(number, DELETED, edited=False)
        payload = {"messageId": number, "chatroomId": message["chatroomId"], "threadId": message["threadId"]}
        await self.announcer.in_room(names.place(message), "message_deleted", payload)

    async def overwrite(self, number: UUID, content: str, *, edited: bool) -> None:
        """Change the text of a message."""
        sql = (
            'update messages set content = %s, "isEdited" = "isEdited" or %s, "updatedAt" = now(), '
            '"editedAt" = case when %s then now() else "editedAt" end where id = %s'
        )
        await self.database.rows(sql, content, edited, edited, number)


def unread_by(person: Person, message: Row) -> bool:
    """Whether a message of another user has not reached a person yet."""
    return str(message["senderId"]) != person.id and person.id not in message["deliveredTo"]


def cursor(message: Row) -> str:
    """Where the next page begins."""
    return base64.urlsafe_b64encode(str(message["number"]).encode()).decode()


def before(last: str) -> int:
    """The number that a page stays below. Raises `Rejected` for a cursor that is none of ours."""
    if not last:
        return 2**62
    try:
        return int(base64.urlsafe_b64decode(last))
    except (ValueError, binascii.Error):
        raise invalid("Invalid cursor format") from None
