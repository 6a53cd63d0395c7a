"""Chatrooms and their members."""

from typing import Any
from uuid import UUID, uuid4

from reference.kit.parts import part
from reference.kit.postgres import Connection, Row, row, rows
from reference.threads import names
from reference.threads.access import Access
from reference.threads.announcer import Announcer
from reference.threads.database import Database
from reference.threads.person import Person
from reference.threads.recovery import Recovery
from reference.threads.refusals import forbidden, invalid, missing
from reference.threads.sockets import Sockets

_MEMBERS = '(select count(*) from chatroom_members m where m."chatroomId" = r.id)::int as "memberCount"'


@part
class Chatrooms:
    """The chatrooms of companies. All may raise `Unavailable` and `Rejected`."""

    database: Database
    access: Access
    announcer: Announcer
    sockets: Sockets
    recovery: Recovery

    async def create(self, person: Person, asked: dict[str, Any]) -> Row:
        """A new chatroom, whose creator is its first member."""
        self.access.writer(person)
        number = uuid4()

        async def insert(connection: Connection) -> None:
            sql = (
                'insert into chatrooms (id, "companyId", name, description, "avatarUrl", "isPrivate", "createdBy") '
                "values (%s, %s, %s, %s, %s, %s, %s) on conflict do nothing"
            )
            described = (asked["name"], asked["description"], asked["avatarUrl"], asked["isPrivate"])
            await rows(connection, sql, number, person.company, *described, person.id)
            await self.insert_member(connection, number, person.id)

        await self.database.transaction(insert)
        created = await self.shown(number)
        await self.announce_created(person, created)
        return created

    async def announce_created(self, person: Person, room: Row) -> None:
        """Tell the company of a public chatroom, the creator of a private one."""
        if room["isPrivate"]:
            await self.announcer.to_user(person.id, "chatroom_created", {"chatroom": room})
        else:
            await self.announcer.in_company(person.company, "chatroom_created", {"chatroom": room})

    async def shown(self, number: object) -> Row:
        """A chatroom as it is shown."""
        room = await self.database.row(f"select r.*, {_MEMBERS} from chatrooms r where id = %s", number)
        if room is None:
            raise missing("Chatroom")
        return room

    async def listed(self, person: Person) -> list[Row]:
        """The chatrooms that a person may know of: public ones of the company, and one's own."""
        sql = (
            f'select r.*, {_MEMBERS} from chatrooms r where r."companyId" = %s and (not r."isPrivate" or exists '
            '(select 1 from chatroom_members m where m."chatroomId" = r.id and m."userId" = %s)) '
            'order by r."createdAt" desc'
        )
        return await self.database.rows(sql, person.company, person.id)

    async def change(self, person: Person, number: UUID, changes: dict[str, Any]) -> Row:
        """Name, description, picture, privacy."""
        self.access.writer(person)
        await self.access.chatroom(person, number)
        settings = "".join(f'"{name}" = %s, ' for name in changes)
        await self.database.rows(
            f'update chatrooms set {settings} "updatedAt" = now() where id = %s', *changes.values(), number
        )
        changed = await self.shown(number)
        await self.announcer.in_room(names.chatroom(number), "chatroom_updated", {"chatroom": changed})
        return changed

    async def remove(self, person: Person, number: UUID) -> None:
        """Delete a chatroom with all that is in it."""
        room = await self.access.known_chatroom(person, number)
        self.check_deletes(person, room)
        closed = await self.places_of(number)
        await self.database.rows("delete from chatrooms where id = %s", number)
        await self.announcer.in_room(names.chatroom(number), "chatroom_deleted", {"chatroomId": number})
        for place in closed:
            self.sockets.empty(place)

    async def places_of(self, number: UUID) -> list[str]:
        """Where a chatroom and its threads are heard."""
        threads = await self.database.rows('select id from threads where "chatroomId" = %s', number)
        return [names.chatroom(number), *(names.thread(thread["id"]) for thread in threads)]

    def check_deletes(self, person: Person, room: Row) -> None:
        """Raises `Rejected` unless the person may delete a chatroom: its creator, owner and admins of the company."""
        if not person.manages and str(room["createdBy"]) != person.id:
            raise forbidden("Insufficient permissions to delete chatroom")

    async def members(self, person: Person, number: UUID) -> list[Row]:
        """Who is in."""
        await self.access.chatroom(person, number)
        sql = 'select "userId", "joinedAt" from chatroom_members where "chatroomId" = %s order by "joinedAt"'
        return await self.database.rows(sql, number)

    async def add_member(self, person: Person, number: UUID, user: UUID) -> None:
        """Take a user of the company in."""
        self.access.writer(person)
        await self.access.chatroom(person, number)
        await self.check_colleague(person, user)
        if not await self.database.run(lambda at: self.insert_member(at, number, user)):
            raise invalid("User is already a member of this chatroom")
        await self.announce_member("chatroom_member_added", number, user, person)

    async def check_colleague(self, person: Person, user: UUID) -> None:
        """Raises `Rejected` unless the user is of the person's company."""
        sql = 'select 1 from users where id = %s and "companyId" = %s and "isActive"'
        if not await self.database.row(sql, user, person.company):
            raise missing("User")

    async def insert_member(self, connection: Connection, number: UUID, user: object) -> bool:
        """A row for a member; whether there was none."""
        sql = 'insert into chatroom_members ("chatroomId", "userId") values (%s, %s) on conflict do nothing returning 1'
        return await row(connection, sql, number, user) is not None

    async def remove_member(self, person: Person, number: UUID, user: UUID) -> None:
        """Put a user out, of the chatroom and of its threads; they hear nothing more from now on."""
        room = await self.access.known_chatroom(person, number)
        self.check_removes(person, room, user)
        threads = await self.database.transaction(lambda at: self.delete_member(at, number, user))
        left = [names.chatroom(number), *(names.thread(thread) for thread in threads)]
        await self.put_out(user, *left)
        await self.announce_member("chatroom_member_removed", number, user, person)

    def check_removes(self, person: Person, room: Row, user: UUID) -> None:
        """Raises `Rejected` unless the person may put the user out: oneself, or as creator, owner or admin."""
        if not person.manages and person.id not in (str(user), str(room["createdBy"])):
            raise forbidden("Insufficient permissions to remove members")

    async def delete_member(self, connection: Connection, number: UUID, user: UUID) -> list[str]:
        """Take the rows of a member away; the threads that the user took part in."""
        sql = 'delete from chatroom_members where "chatroomId" = %s and "userId" = %s returning 1'
        if not await rows(connection, sql, number, user):
            raise missing("Member")
        sql = (
            'delete from thread_participants p using threads t where t.id = p."threadId" and t."chatroomId" = %s '
            'and p."userId" = %s returning t.id'
        )
        return [str(thread["id"]) for thread in await rows(connection, sql, number, user)]

    async def put_out(self, user: object, *left: str) -> None:
        """Take the connections of a user out of rooms, and keep them from being brought back."""
        for socket in self.sockets.of_user(user):
            for room in left:
                self.sockets.leave(socket, room)
        await self.recovery.forget_for_all(user, *left)

    async def announce_member(self, event: str, number: UUID, user: UUID, by: Person) -> None:
        """Tell a chatroom, and the user, that the user has been let in or put out."""
        payload = {"chatroomId": number, "userId": user, "by": by.id}
        room = names.chatroom(number)
        await self.announcer.in_room(room, event, payload, besides=self.sockets.of_user(user))
