"""Threads of chatrooms, and who takes part in them."""

from typing import Any
from uuid import UUID, uuid4

from reference.kit.parts import part
from reference.kit.postgres import Connection, Row, row, rows
from reference.threads import names
from reference.threads.access import Access
from reference.threads.announcer import Announcer
from reference.threads.chatrooms import Chatrooms
from reference.threads.database import Database
from reference.threads.person import Person
from reference.threads.refusals import forbidden, invalid, missing

_SHOWN = """
select t.*,
    (select count(*) from thread_participants p where p."threadId" = t.id)::int as "participantCount",
    array(select p."userId"::text from thread_participants p where p."threadId" = t.id order by p."joinedAt")
        as "participantIds",
    (select count(*) from files f where f."threadId" = t.id)::int as "fileCount"
from threads t
"""


@part
class Threads:
    """The threads of chatrooms. All may raise `Unavailable` and `Rejected`."""

    database: Database
    access: Access
    announcer: Announcer
    chatrooms: Chatrooms

    async def create(self, person: Person, chatroom: UUID, asked: dict[str, Any], participants: list[UUID]) -> Row:
        """A new thread, in which its creator and others of the chatroom take part."""
        self.access.writer(person)
        await self.access.chatroom(person, chatroom)
        await self.check_members(chatroom, participants)
        number = uuid4()

        async def insert(connection: Connection) -> None:
            sql = (
                'insert into threads (id, "chatroomId", title, description, "createdBy") '
                "values (%s, %s, %s, %s, %s) on conflict do nothing"
            )
            await rows(connection, sql, number, chatroom, asked["title"], asked["description"], person.id)
            for user in (person.id, *participants):
                await self.insert_participant(connection, number, user)

        await self.database.transaction(insert)
        return await self.announced("thread_created", number)

    async def check_members(self, chatroom: object, users: list[UUID]) -> None:
        """Raises `Rejected` unless all of these are members of a chatroom."""
        sql = 'select count(*) as found from chatroom_members where "chatroomId" = %s and "userId" = any(%s)'
        found = await self.database.row(sql, chatroom, users)
        if found is None or found["found"] != len(set(users)):
            raise invalid("Validation failed", "participantIds must be members of the chatroom")

    async def announced(self, event: str, number: object) -> Row:
        """A thread as it is shown, after its chatroom has been told."""
        thread = await self.shown(number)
        await self.announcer.in_room(names.chatroom(thread["chatroomId"]), event, {"thread": thread})
        return thread

    async def shown(self, number: object) -> Row:
        """A thread as it is shown."""
        thread = await self.database.row(f"{_SHOWN} where t.id = %s", number)
        if thread is None:
            raise missing("Thread")
        return thread

    async def of(self, person: Person, number: UUID) -> Row:
        """A thread in a chatroom of the person."""
        await self.access.known_thread(person, number)
        return await self.shown(number)

    async def listed(self, person: Person, chatroom: UUID | None) -> list[Row]:
        """The threads of a chatroom, or of all that the person is a member of; newest first."""
        if chatroom:
            await self.access.chatroom(person, chatroom)
        sql = (
            f'{_SHOWN} join chatroom_members m on m."chatroomId" = t."chatroomId" and m."userId" = %s '
            'where %s::uuid is null or t."chatroomId" = %s order by t."createdAt" desc'
        )
        return await self.database.rows(sql, person.id, chatroom, chatroom)

    async def change(self, person: Person, number: UUID, changes: dict[str, Any]) -> Row:
        """Title, description, whether it is archived."""
        self.check_changes(person, await self.access.known_thread(person, number), "update")
        settings = "".join(f'"{name}" = %s, ' for name in changes)
        await self.database.rows(
            f'update threads set {settings} "updatedAt" = now() where id = %s', *changes.values(), number
        )
        return await self.announced("thread_updated", number)

    def check_changes(self, person: Person, thread: Row, what: str) -> None:
        """Raises `Rejected` unless the person may change a thread: who has created it."""
        if str(thread["createdBy"]) != person.id:
            raise forbidden(f"Insufficient permissions to {what} thread")

    async def remove(self, person: Person, number: UUID) -> None:
        """Delete a thread with all that is in it."""
        thread = await self.access.known_thread(person, number)
        self.check_changes(person, thread, "delete")
        await self.database.rows("delete from threads where id = %s", number)
        payload = {"threadId": number, "chatroomId": thread["chatroomId"]}
        await self.announcer.in_room(names.chatroom(thread["chatroomId"]), "thread_deleted", payload)
        self.announcer.sockets.empty(names.thread(number))

    async def add_participant(self, person: Person, number: UUID, user: UUID) -> None:
        """Let a member of the chatroom take part."""
        self.access.writer(person)
        thread = await self.access.thread(person, number)
        await self.check_members(thread["chatroomId"], [user])
        if not await self.database.run(lambda at: self.insert_participant(at, number, user)):
            raise invalid("User is already a participant of this thread")
        await self.announce_participant("thread_participant_added", thread, user, person)

    async def insert_participant(self, connection: Connection, number: UUID, user: object) -> bool:
        """A row for a participant; whether there was none."""
        sql = 'insert into thread_participants ("threadId", "userId") values (%s, %s) on conflict do nothing'
        return await row(connection, f"{sql} returning 1", number, user) is not None

    async def remove_participant(self, person: Person, number: UUID, user: UUID) -> None:
        """Put a user out of a thread; they hear nothing more of it from now on."""
        thread = await self.access.known_thread(person, number)
        if person.id not in (str(user), str(thread["createdBy"])):
            raise forbidden("Insufficient permissions to remove participants")
        sql = 'delete from thread_participants where "threadId" = %s and "userId" = %s returning 1'
        if not await self.database.rows(sql, number, user):
            raise missing("Participant")
        await self.chatrooms.put_out(user, names.thread(number))
        await self.announce_participant("thread_participant_removed", thread, user, person)

    async def announce_participant(self, event: str, thread: Row, user: UUID, by: Person) -> None:
        """Tell the chatroom that a user takes part in a thread, or does no more."""
        payload = {"threadId": thread["id"], "userId": user, "by": by.id}
        await self.announcer.in_room(names.chatroom(thread["chatroomId"]), event, payload)
