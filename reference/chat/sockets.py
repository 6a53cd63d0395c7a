"""Open connections: whose they are, and what reaches them."""

from collections import defaultdict
from typing import Any

from socketio import AsyncServer

from reference.kit.parts import part

#: The Socket.IO room of all connections whose user has a session. No user's room: it has no separator.
_EVERYBODY = "everybody"


@part
class Sockets:
    """The connections of users, each bound to one user for its lifetime.

    A connection is admitted while its user's session lasts; one that is not receives nothing but errors.
    """

    server: AsyncServer  # Socket.IO's

    def __post_init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._admitted: defaultdict[str, set[str]] = defaultdict(set)

    async def bind(self, socket: str, user: str) -> None:
        """Take in a new connection of a user."""
        self._owners[socket] = user
        await self.admit(socket)

    async def admit(self, socket: str) -> None:
        """Let a connection hear what its user and everybody is told."""
        self._admitted[self._owners[socket]].add(socket)
        await self.server.enter_room(socket, _EVERYBODY)

    def release(self, socket: str) -> None:
        """Forget a connection that is closed."""
        user = self._owners.pop(socket, "")
        self._admitted[user].discard(socket)
        if not self._admitted[user]:
            del self._admitted[user]

    def owner(self, socket: str) -> str | None:
        """Whose connection it is; None if it is closed."""
        return self._owners.get(socket)

    def of(self, user: str) -> list[str]:
        """The admitted connections of a user."""
        return list(self._admitted.get(user, ()))

    async def enter(self, user: str, room: str) -> None:
        """Put all connections of a user into a room."""
        for socket in self.of(user):
            await self.server.enter_room(socket, room)

    async def mute(self, user: str) -> None:
        """Let the connections of a user hear nothing any more; they stay open."""
        for socket in self._admitted.pop(user, ()):
            for room in self.server.rooms(socket):
                if room != socket:
                    await self.server.leave_room(socket, room)

    async def close(self, user: str) -> None:
        """End all connections of a user."""
        for socket in [socket for socket, owner in self._owners.items() if owner == user]:
            await self.server.disconnect(socket)

    async def tell_all(self, event: str, payload: dict[str, Any]) -> None:
        """Send an event to everybody."""
        await self.server.emit(event, payload, to=_EVERYBODY)

    async def tell_room(self, room: str, event: str, payload: dict[str, Any]) -> None:
        """Send an event to all who are in a room."""
        await self.server.emit(event, payload, to=room)

    async def tell_user(self, user: str, event: str, payload: dict[str, Any]) -> None:
        """Send an event to all connections of a user."""
        for socket in self.of(user):
            await self.tell_socket(socket, event, payload)

    async def tell_socket(self, socket: str, event: str, payload: dict[str, Any]) -> None:
        """Send an event to one connection, admitted or not."""
        await self.server.emit(event, payload, to=socket)

    def users(self) -> set[str]:
        """All users with an open connection."""
        return set(self._owners.values())
