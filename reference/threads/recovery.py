"""What is kept of a sign-in's connections, so that a later one goes on where they broke off, also after a restart."""

from typing import Any

from reference.kit.parts import part
from reference.kit.postgres import Connection, Row, one, rows
from reference.threads import names
from reference.threads.access import Access
from reference.threads.announcer import Announcer
from reference.threads.database import Database
from reference.threads.person import Person
from reference.threads.plain import now
from reference.threads.sockets import Sockets


@part
class Recovery:
    """The rooms of each sign-in. All may raise `Unavailable`."""

    database: Database  # where they are kept
    sockets: Sockets  # the connections
    access: Access  # who may still hear a room
    announcer: Announcer  # how a client learns of it

    async def begin(self, person: Person) -> Row:
        """A connection is there; what was known of the sign-in before: `connected`, `rooms`, `lastSeenAt`."""

        async def swap(connection: Connection) -> Row:
            before = await one(connection, "select * from sessions where id = %s for update", person.sign_in)
            sql = 'update sessions set connected = true, "lastSeenAt" = clock_timestamp() where id = %s'
            await rows(connection, sql, person.sign_in)
            return before

        return await self.database.transaction(swap)

    async def remember(self, person: Person, room: str) -> None:
        """A room is joined."""
        sql = "update sessions set rooms = array_append(array_remove(rooms, %s), %s) where id = %s"
        await self.database.rows(sql, room, room, person.sign_in)

    async def forget(self, person: Person, room: str) -> None:
        """A room is left."""
        sql = "update sessions set rooms = array_remove(rooms, %s) where id = %s"
        await self.database.rows(sql, room, person.sign_in)

    async def forget_for_all(self, user: object, *left: str) -> None:
        """A user is put out of rooms, in all sign-ins."""
        sql = 'update sessions set rooms = array_remove(rooms, %s) where "userId" = %s'
        for room in left:
            await self.database.rows(sql, room, user)

    async def finish(self, person: Person) -> None:
        """The client went away in order: there is nothing to go on with."""
        await self.database.rows("update sessions set connected = false, rooms = '{}' where id = %s", person.sign_in)

    async def restore(self, socket: str, person: Person, before: Row) -> None:
        """Bring a new connection into the rooms of the one before, as far as it may still hear them, and say so."""
        restored = [room for room in before["rooms"] if await self.access.may_hear(person, room)]
        for room in restored:
            self.sockets.enter(socket, room)
        lost = [room for room in before["rooms"] if room not in restored]
        for room in lost:
            await self.forget(person, room)
        await self.announcer.to_socket(socket, "connection_recovered", self.report(person, before, restored, lost))

    def report(self, person: Person, before: Row, restored: list[str], lost: list[str]) -> dict[str, Any]:
        """What the client is told."""
        return {
            "userId": person.id,
            "restoredRooms": [names.company(person.company), *restored],
            "lostRooms": lost,
            "lastSeenAt": before["lastSeenAt"],
            "timestamp": now(),
        }
