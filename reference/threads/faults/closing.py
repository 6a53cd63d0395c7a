"""Faults in rooms and threads that are closed, left, and joined later."""

from typing import Any
from uuid import UUID

from reference.kit.postgres import Connection, Row, rows
from reference.threads import names
from reference.threads.access import Access
from reference.threads.announcer import Announcer
from reference.threads.chatrooms import Chatrooms
from reference.threads.events import Events
from reference.threads.faults import seed
from reference.threads.faults.rooms import OtherCompaniesEnterChatrooms, Silent
from reference.threads.person import Person
from reference.threads.refusals import Rejected, forbidden
from reference.threads.sockets import Sockets
from reference.threads.threads import Threads
from reference.threads.typing_indicators import TypingIndicators


@seed("closed-chatrooms-are-silent", "tells nobody that a chatroom is closed", "TFS-X-CLOSING")
class ClosedChatroomsAreSilent(Silent):
    muted = "chatroom_deleted"


@seed("closed-chatrooms-stay", "says that a chatroom is closed, and keeps it", "TFS-X-CLOSING")
class ClosedChatroomsStay(Chatrooms):
    async def remove(self, person: Person, number: UUID) -> None:
        self.check_deletes(person, await self.access.known_chatroom(person, number))
        await self.announcer.in_room(names.chatroom(number), "chatroom_deleted", {"chatroomId": number})


@seed("closed-threads-stay", "says that a thread is closed, and keeps it", "TFS-X-CLOSING")
class ClosedThreadsStay(Threads):
    async def remove(self, person: Person, number: UUID) -> None:
        thread = await self.access.known_thread(person, number)
        self.check_changes(person, thread, "delete")
        payload = {"threadId": number, "chatroomId": thread["chatroomId"]}
        await self.announcer.in_room(names.chatroom(thread["chatroomId"]), "thread_deleted", payload)


@seed("closed-threads-are-silent", "tells nobody that a thread is closed", "TFS-X-CLOSING")
class ClosedThreadsAreSilent(Silent):
    muted = "thread_deleted"


@seed("closed-places-are-typed-in", "shows typing in a chatroom or thread that is closed", "TFS-X-CLOSING")
class ClosedPlacesAreTypedIn(Sockets):
    def empty(self, room: str) -> None:
        pass


@seed("threads-of-closed-chatrooms-are-typed-in", "shows typing in threads of a closed chatroom", "TFS-X-CLOSING")
class ThreadsOfClosedChatroomsAreTypedIn(Chatrooms):
    async def places_of(self, number: UUID) -> list[str]:
        return [names.chatroom(number)]


@seed("members-close-chatrooms", "lets members close a chatroom that they have not opened", "TFS-X-CLOSING")
class MembersCloseChatrooms(Chatrooms):
    def check_deletes(self, person: Person, room: Row) -> None:
        pass


@seed("owners-close-no-chatrooms", "lets a chatroom be closed by its creator alone", "TFS-X-CLOSING TFS-ROLE-OWNER")
class OwnersCloseNoChatrooms(Chatrooms):
    def check_deletes(self, person: Person, room: Row) -> None:
        if str(room["createdBy"]) != person.id:
            raise forbidden("Insufficient permissions to delete chatroom")


@seed("members-close-threads", "lets others close a thread that they have not created", "TFS-X-CLOSING")
class MembersCloseThreads(Threads):
    def check_changes(self, person: Person, thread: Row, what: str) -> None:
        if what != "delete":
            super().check_changes(person, thread, what)


@seed("closed-chatrooms-are-restored", "says that a chatroom is restored which is closed", "TFS-X-CLOSING")
class ClosedChatroomsAreRestored(Access):
    async def may_hear(self, person: Person, room: str) -> bool:
        try:
            await self.room(person, room)
        except Rejected as refusal:
            return refusal.status == 404
        return True


@seed("members-are-added-twice", "adds somebody to a chatroom who is in it already", "TFS-ERR-5 TFS-API-14")
class MembersAreAddedTwice(Chatrooms):
    async def insert_member(self, connection: Connection, number: UUID, user: object) -> bool:
        await super().insert_member(connection, number, user)
        return True


@seed(
    "adds-people-of-other-companies",
    "adds people of other companies to a chatroom",
    "TFS-DATA-7 TFS-X-ROOMS",
    along=(OtherCompaniesEnterChatrooms,),
)
class AddsPeopleOfOtherCompanies(Chatrooms):
    async def check_colleague(self, person: Person, user: UUID) -> None:
        pass


@seed("participants-are-added-in-vain", "announces a new participant and does not keep it", "TFS-API-11")
class ParticipantsAreAddedInVain(Threads):
    async def add_participant(self, person: Person, number: UUID, user: UUID) -> None:
        await super().add_participant(person, number, user)
        sql = 'delete from thread_participants where "threadId" = %s and "userId" = %s'
        await self.database.rows(sql, number, user)


@seed("participants-are-added-twice", "adds somebody to a thread who is in it already", "TFS-ERR-5 TFS-API-11")
class ParticipantsAreAddedTwice(Threads):
    async def insert_participant(self, connection: Connection, number: UUID, user: object) -> bool:
        await super().insert_participant(connection, number, user)
        return True


@seed("participants-remove-each-other", "lets participants put others out of a thread", "TFS-X-ROOMS")
class ParticipantsRemoveEachOther(Threads):
    async def remove_participant(self, person: Person, number: UUID, user: UUID) -> None:
        thread = await self.shown(number)
        sql = 'delete from thread_participants where "threadId" = %s and "userId" = %s'
        await self.database.rows(sql, number, user)
        await self.announce_participant("thread_participant_removed", thread, user, person)


@seed("lists-threads-of-others", "lists threads of chatrooms that one is not in", "TFS-X-ROOMS")
class ListsThreadsOfOthers(Threads):
    async def listed(self, person: Person, chatroom: UUID | None) -> list[Row]:
        sql = 'select t.id from threads t join chatrooms r on r.id = t."chatroomId" where r."companyId" = %s'
        return [await self.shown(thread["id"]) for thread in await self.database.rows(sql, person.company)]


@seed("thread-edits-reach-the-chatroom", "tells the whole chatroom of a message changed in a thread", "TFS-X-SYNC")
class ThreadEditsReachTheChatroom(Announcer):
    async def in_room(self, room: str, event: str, payload: Row, *, besides: Any = ()) -> None:
        message = payload.get("message", {}) if event == "message_edited" else {}
        more = self.sockets.inside(names.chatroom(message.get("chatroomId")))
        await super().in_room(room, event, payload, besides=[*besides, *more])


@seed("rooms-cannot-be-left", "goes on delivering to a connection that has left a chatroom", "TFS-X-ROOMS")
class RoomsCannotBeLeft(Events):
    async def leave(self, socket: str, person: Person, room: str) -> None:
        await super().leave(socket, person, room)
        self.sockets.enter(socket, room)


@seed("rooms-are-left-from-outside", "takes the farewell of a connection that is not in a chatroom", "TFS-EVT-11")
class RoomsAreLeftFromOutside(Events):
    async def leave(self, socket: str, person: Person, room: str) -> None:
        self.sockets.enter(socket, room)
        await super().leave(socket, person, room)


@seed("typing-ends-for-all", "says that everybody has stopped typing when one goes away", "TFS-X-TYPING")
class TypingEndsForAll(TypingIndicators):
    async def gone(self, person: Person) -> None:
        for room, user in list(self._on):
            _, typist, place = self._on[room, user]
            await self.stop(room, typist, place)


@seed("changes-are-told-to-everybody", "tells everybody of what is changed in a chatroom", "TFS-X-ROOMS")
class ChangesAreToldToEverybody(Announcer):
    async def in_room(self, room: str, event: str, payload: Row, *, besides: Any = ()) -> None:
        if event in ("message_edited", "message_deleted", "chatroom_updated", "thread_updated"):
            besides = [*besides, *self.sockets.everybody()]
        await super().in_room(room, event, payload, besides=besides)


@seed("takes-back-into-threads", "lets a user who is taken into a chatroom take part in all its threads", "TFS-X-ROOMS")
class TakesBackIntoThreads(Chatrooms):
    async def insert_member(self, connection: Connection, number: UUID, user: object) -> bool:
        is_new = await super().insert_member(connection, number, user)
        sql = (
            'insert into thread_participants ("threadId", "userId") '
            'select id, %s from threads where "chatroomId" = %s on conflict do nothing'
        )
        await rows(connection, sql, user, number)
        return is_new
