"""Open connections: whose they are, in which rooms they are, and what reaches them."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from socketio import AsyncServer

from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads.person import Person
from reference.threads.plain import plain


@part
class Sockets:
    """The connections of users, each bound to one person for its lifetime."""

    server: AsyncServer  # Socket.IO's
    called: Callable[[str, Row], str]  # the name of an event on the wire

    def __post_init__(self) -> None:
        self._people: dict[str, Person] = {}
        self._rooms: defaultdict[str, dict[str, None]] = defaultdict(dict)

    def __len__(self) -> int:
        return len(self._people)

    def bind(self, socket: str, person: Person) -> None:
        """Take in a connection, or what has changed of its person."""
        self._people[socket] = person

    def release(self, socket: str) -> Person | None:
        """Forget a connection that is closed; whose it was."""
        self.leave_all(socket)
        return self._people.pop(socket, None)

    def person(self, socket: str) -> Person | None:
        """Whose connection it is; None if it is closed, or was never let in."""
        return self._people.get(socket)

    def give_role(self, user: object, role: str) -> None:
        """Let the connections of a user be those of somebody in another role."""
        for socket in self.of_user(user):
            self._people[socket] = self._people[socket].as_role(role)

    def of_user(self, user: object) -> list[str]:
        """The connections of a user."""
        return [socket for socket, person in self._people.items() if person.id == str(user)]

    def of_sign_in(self, sign_in: str) -> list[str]:
        """The connections of a sign-in."""
        return [socket for socket, person in self._people.items() if person.sign_in == sign_in]

    def everybody(self) -> list[str]:
        """All connections."""
        return list(self._people)

    def enter(self, socket: str, room: str) -> None:
        """Let a connection hear a room."""
        self._rooms[room][socket] = None

    def leave(self, socket: str, room: str) -> None:
        """Let a connection hear a room no more."""
        self._rooms[room].pop(socket, None)
        if not self._rooms[room]:
            del self._rooms[room]

    def leave_all(self, socket: str) -> None:
        """Let a connection hear no room any more."""
        for room in self.rooms(socket):
            self.leave(socket, room)

    def empty(self, room: str) -> None:
        """Let no connection hear a room any more."""
        self._rooms.pop(room, None)

    def rooms(self, socket: str) -> list[str]:
        """The rooms that a connection hears."""
        return [room for room, members in self._rooms.items() if socket in members]

    def inside(self, room: str) -> list[str]:
        """The connections that hear a room."""
        return list(self._rooms.get(room, ()))

    def hears(self, socket: str, room: str) -> bool:
        """Whether a connection hears a room."""
        return socket in self._rooms.get(room, ())

    async def tell(self, sockets: Iterable[str], event: str, payload: Row) -> None:
        """Send an event to each of some connections once."""
        name, said = self.called(event, payload), plain(payload)
        for socket in dict.fromkeys(sockets):
            await self.send(socket, name, said)

    async def send(self, socket: str, name: str, payload: Any) -> None:
        """Send an event, as it stands, to one connection."""
        await self.server.emit(name, payload, to=socket)

    async def close(self, sockets: Iterable[str]) -> None:
        """End connections."""
        for socket in list(sockets):
            await self.server.disconnect(socket)
