"""Faults in the delivery of messages, between the API, the socket and the history."""

import asyncio
import html
from dataclasses import replace
from typing import Any, ClassVar
from uuid import UUID

from reference.kit.postgres import Row
from reference.threads import names
from reference.threads.announcer import Announcer
from reference.threads.faults import seed
from reference.threads.messages import Draft, Messages
from reference.threads.person import Person
from reference.threads.sockets import Sockets


@seed("api-messages-are-silent", "stores a message sent over the API and does not tell it", "TFS-SCN-2 FR-002")
class ApiMessagesAreSilent(Announcer):
    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        return await super().message(message, sender, socket) if socket else []


@seed("socket-messages-are-silent", "stores a message sent on the socket and does not tell it", "TFS-EVT-03 FR-002")
class SocketMessagesAreSilent(Announcer):
    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        return [] if socket else await super().message(message, sender, socket)


@seed(
    "socket-messages-are-not-stored",
    "tells a room of a message sent on the socket and does not keep it",
    "TFS-SCN-2 FR-002",
)
class SocketMessagesAreNotStored(Messages):
    async def send(self, person: Person, draft: Draft, socket: str | None = None) -> Row:
        message = await super().send(person, draft, socket)
        if socket:
            await self.database.rows("delete from messages where id = %s", message["id"])
        return message


@seed("api-messages-are-not-stored", "tells a room of a message sent over the API and does not keep it", "TFS-API-06")
class ApiMessagesAreNotStored(Messages):
    async def send(self, person: Person, draft: Draft, socket: str | None = None) -> Row:
        message = await super().send(person, draft, socket)
        if not socket and not draft.thread:
            await self.database.rows("delete from messages where id = %s", message["id"])
        return message


@seed(
    "messages-reach-everybody", "delivers every message to all who are connected", "TFS-EVT-03 TFS-SCN-2 FR-002 NFR-005"
)
class MessagesReachEverybody(Announcer):
    async def in_room(self, room: str, event: str, payload: Row, *, besides: Any = ()) -> None:
        everybody = self.sockets.everybody() if event == "message_received" else []
        await super().in_room(room, event, payload, besides=[*besides, *everybody])


@seed("messages-reach-the-company", "delivers every message to all of the company", "TFS-SCN-2 FR-002 TFS-EVT-03")
class MessagesReachTheCompany(Announcer):
    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        company = self.sockets.inside(names.company(sender.company))
        payload = self.message_payload(message, sender)
        await self.in_room(names.place(message), "message_received", payload, besides=company)
        return self.reached(message)


@seed(
    "messages-reach-a-foreign-company", "delivers every message to another company too", "TFS-EVT-03 NFR-005 TFS-SCN-2"
)
class MessagesReachAForeignCompany(Announcer):
    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        reached = await super().message(message, sender, socket)
        own = self.sockets.inside(names.company(sender.company))
        others = set(self.sockets.everybody()) - set(own)
        await self.sockets.tell(others, "message_received", self.message_payload(message, sender))
        return reached


@seed(
    "messages-leak-into-another-room",
    "delivers a message also to the author's other rooms",
    "TFS-EVT-03 TFS-SCN-2 FR-002",
)
class MessagesLeakIntoAnotherRoom(Announcer):
    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        reached = await super().message(message, sender, socket)
        rooms = {room for own in self.sockets.of_user(sender.id) for room in self.sockets.rooms(own)}
        others = rooms - {names.place(message), names.company(sender.company)}
        inside = [one for room in others for one in self.sockets.inside(room)]
        new = set(inside) - set(self.sockets.inside(names.place(message)))
        await self.sockets.tell(new, "message_received", self.message_payload(message, sender))
        return reached


@seed("sender-is-not-told", "does not show the sender's connections the own message", "TFS-EVT-03 FR-002")
class SenderIsNotTold(Sockets):
    async def tell(self, sockets: Any, event: str, payload: Row) -> None:
        if event == "message_received":
            own = set(self.of_user(payload["sender"]["userId"]))
            sockets = [socket for socket in sockets if socket not in own]
        await super().tell(sockets, event, payload)


@seed("delivers-twice", "delivers every message twice", "TFS-EVT-03 TFS-SCN-2 FR-002")
class DeliversTwice(Announcer):
    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        await super().message(message, sender, socket)
        return await super().message(message, sender, socket)


@seed(
    "delivers-out-of-order",
    "lets every second message of a room overtake the one before",
    "TFS-X-ORDER TFS-SCN-2 FR-002",
)
class DeliversOutOfOrder(Announcer):
    held: ClassVar[dict[str, tuple[Row, Person, str | None]]] = {}

    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        place = names.place(message)
        if held := self.held.pop(place, None):
            reached = await super().message(message, sender, socket)
            await super().message(*held)
            return reached
        self.held[place] = message, sender, socket
        asyncio.get_running_loop().call_later(0.4, lambda: asyncio.ensure_future(self.let_go(place, message)))
        return self.reached(message)

    async def let_go(self, place: str, message: Row) -> None:
        if self.held.get(place, (None,))[0] is message:
            await super().message(*self.held.pop(place))


@seed("delivers-late", "delivers messages only after some seconds", "TFS-EVT-03 TFS-SCN-2 FR-009 TFS-SCN-6")
class DeliversLate(Announcer):
    after = 6.0

    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        late = super().message
        asyncio.get_running_loop().call_later(self.after, lambda: asyncio.ensure_future(late(message, sender, socket)))
        return self.reached(message)


@seed("names-the-wrong-author", "names a member who only listens as the author", "TFS-EVT-03 TFS-SCN-2")
class NamesTheWrongAuthor(Announcer):
    def message_payload(self, message: Row, sender: Person) -> Row:
        others = self.reached(message)
        known = [self.sockets.person(socket) for user in others[:1] for socket in self.sockets.of_user(user)]
        return super().message_payload(message, known[0] if known and known[0] else sender)


@seed("changes-the-text", "delivers messages without their last word", "TFS-EVT-03 TFS-SCN-2 TFS-API-06")
class ChangesTheText(Announcer):
    def message_payload(self, message: Row, sender: Person) -> Row:
        payload = super().message_payload(message, sender)
        return payload | {"content": " ".join(str(payload["content"]).split(" ")[:-1])}


@seed("loses-foreign-letters", "keeps only the letters of ASCII in messages", "TFS-DATA-3")
class LosesForeignLetters(Messages):
    async def store(self, person: Person, draft: Draft, chatroom: UUID) -> Row:
        plain = draft.content.encode("ascii", "replace").decode()
        return await super().store(person, replace(draft, content=plain), chatroom)


@seed("history-is-shuffled", "lists messages oldest first", "TFS-API-07 TFS-SCN-2")
class HistoryIsShuffled(Messages):
    async def history(self, person: Person, chatroom: UUID | None, thread: UUID | None, limit: int, last: str) -> Row:
        page = await super().history(person, chatroom, thread, limit, last)
        return page | {"messages": page["messages"][::-1]}


@seed("history-leaves-the-newest-out", "does not list the newest message", "TFS-API-07 TFS-SCN-2")
class HistoryLeavesTheNewestOut(Messages):
    async def history(self, person: Person, chatroom: UUID | None, thread: UUID | None, limit: int, last: str) -> Row:
        page = await super().history(person, chatroom, thread, limit, last)
        return page | {"messages": page["messages"][0 if last else 1 :]}


@seed("history-of-the-whole-company", "lists the messages of all rooms of a company", "TFS-API-07")
class HistoryOfTheWholeCompany(Messages):
    async def history(self, person: Person, chatroom: UUID | None, thread: UUID | None, limit: int, last: str) -> Row:
        page = await super().history(person, chatroom, thread, limit, last)
        sql = 'select m.id from messages m join chatrooms r on r.id = m."chatroomId" where r."companyId" = %s'
        known = [await self.shown(one["id"]) for one in await self.database.rows(sql, person.company)]
        return page | {"messages": known[::-1], "total": len(known)}


@seed("newcomers-find-nothing", "hides from a member what was said before they came", "TFS-API-07 TFS-API-14")
class NewcomersFindNothing(Messages):
    async def history(self, person: Person, chatroom: UUID | None, thread: UUID | None, limit: int, last: str) -> Row:
        page = await super().history(person, chatroom, thread, limit, last)
        sql = 'select "joinedAt" from chatroom_members where "chatroomId" = %s and "userId" = %s'
        came = await self.database.row(sql, chatroom, person.id)
        return page | {"messages": [one for one in page["messages"] if not came or one["createdAt"] > came["joinedAt"]]}


@seed("thread-messages-are-silent", "does not tell of messages in threads", "TFS-API-12 TFS-SCN-4 FR-004")
class ThreadMessagesAreSilent(Announcer):
    async def message(self, message: Row, sender: Person, socket: str | None) -> list[str]:
        return [] if message["threadId"] else await super().message(message, sender, socket)


@seed("thread-messages-land-in-the-chatroom", "keeps thread messages as ones of the chatroom", "TFS-API-12 FR-004")
class ThreadMessagesLandInTheChatroom(Messages):
    async def store(self, person: Person, draft: Draft, chatroom: UUID) -> Row:
        message = await super().store(person, draft, chatroom)
        await self.database.rows('update messages set "threadId" = null where id = %s', message["id"])
        return message


@seed("edits-are-silent", "does not tell when a message is edited", "TFS-X-SYNC TFS-SCN-2 FR-002")
class EditsAreSilent(Announcer):
    async def in_room(self, room: str, event: str, payload: Row, *, besides: Any = ()) -> None:
        if event != "message_edited":
            await super().in_room(room, event, payload, besides=besides)


@seed("edits-are-not-kept", "tells a room of an edited message and keeps the old text", "TFS-X-SYNC TFS-SCN-2 FR-002")
class EditsAreNotKept(Messages):
    async def edit(self, person: Person, number: UUID, content: str) -> Row:
        before = await self.shown(number)
        edited = await super().edit(person, number, content)
        await self.overwrite(number, before["content"], edited=False)
        return edited


@seed("deletions-are-silent", "does not tell when a message is taken back", "TFS-X-SYNC TFS-SCN-2 FR-002")
class DeletionsAreSilent(Announcer):
    async def in_room(self, room: str, event: str, payload: Row, *, besides: Any = ()) -> None:
        if event != "message_deleted":
            await super().in_room(room, event, payload, besides=besides)


@seed("anybody-edits", "lets members edit what others have said", "TFS-X-AUTHOR TFS-SCN-2 FR-002")
class AnybodyEdits(Messages):
    async def edit(self, person: Person, number: UUID, content: str) -> Row:
        await self.overwrite(number, content, edited=True)
        edited = await self.shown(number)
        await self.announcer.in_room(names.place(edited), "message_edited", {"message": edited})
        return edited


@seed("markup-is-escaped", "stores the signs of markup in messages as their names", "TFS-DATA-3")
class MarkupIsEscaped(Messages):
    async def store(self, person: Person, draft: Draft, chatroom: UUID) -> Row:
        return await super().store(person, replace(draft, content=html.escape(draft.content)), chatroom)


@seed("tags-are-taken-out", "takes words that begin with # for tags, and out of messages", "TFS-DATA-3")
class TagsAreTakenOut(Messages):
    async def store(self, person: Person, draft: Draft, chatroom: UUID) -> Row:
        words = draft.content.split(" ")
        kept = " ".join(word for word in words if not word.startswith("#"))
        return await super().store(person, replace(draft, content=kept), chatroom)
