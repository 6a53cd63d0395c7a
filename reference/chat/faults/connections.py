"""Faults that show when one user has several connections (STP X7), and in who may end a session (STP X5)."""

from typing import Any

from reference.chat.bots import Bots
from reference.chat.events import Events
from reference.chat.faults import seed
from reference.chat.http_api import ADMIN, HttpApi
from reference.chat.presence import Presence
from reference.chat.refusals import Rejected
from reference.chat.sessions import Sessions
from reference.chat.sockets import Sockets


@seed("hears-on-newest-only", "lets only the newest connection of a user hear messages", "STP-X7")
class HearsOnNewestOnly(Sockets):
    async def enter(self, user: str, room: str) -> None:
        mine = [socket for socket, owner in self._owners.items() if owner == user]
        for socket in mine[:-1]:
            await self.server.leave_room(socket, room)
        for socket in mine[-1:]:
            await self.server.enter_room(socket, room)


@seed("hears-on-first-only", "lets only the first connection of a user hear messages", "STP-X7")
class HearsOnFirstOnly(Sockets):
    async def enter(self, user: str, room: str) -> None:
        for socket in [socket for socket, owner in self._owners.items() if owner == user][:1]:
            await self.server.enter_room(socket, room)


@seed("listens-to-first-only", "takes messages only on the first connection of a user", "STP-X7")
class ListensToFirstOnly(Events):
    async def client_sends_message(self, socket: str, payload: Any) -> dict[str, str] | None:
        first = next(known for known, owner in self.sockets._owners.items() if owner == self.sockets.owner(socket))
        return await super().client_sends_message(socket, payload) if socket == first else None


@seed("tells-one-connection", "tells only the first connection of each user who comes online", "STP-4.1")
class TellsOneConnection(Presence):
    async def announce_online(self, user: str) -> None:
        first = {owner: socket for socket, owner in reversed(self.sockets._owners.items())}
        for socket in first.values():
            await self.sockets.tell_socket(socket, "new_user_online", {"username": user})


@seed("leaves-with-first", "takes a user for gone as soon as one of several connections has closed", "STP-X7")
class LeavesWithFirst(Sessions):
    async def connection_closed(self, socket: str) -> None:
        user = self.sockets.owner(socket)
        await super().connection_closed(socket)
        if user is not None:
            await self.presence.vanish(user)


@seed("closes-all-with-one", "ends all connections of a user as soon as one has closed", "STP-X7")
class ClosesAllWithOne(Sessions):
    async def connection_closed(self, socket: str) -> None:
        user = self.sockets.owner(socket)
        await super().connection_closed(socket)
        await self.sockets.close(user or "")


@seed("mutes-one-connection", "lets a user who has signed out go on hearing on another connection", "STP-1.2")
class MutesOneConnection(Sessions):
    async def sign_out(self, user: str) -> None:
        others = self.sockets.of(user)[1:]
        rooms = {socket: self.sockets.server.rooms(socket) for socket in others}
        await super().sign_out(user)
        for socket in others:
            for room in rooms[socket]:
                await self.sockets.server.enter_room(socket, room)
            await self.sockets.admit(socket)
        self.presence.online |= {user for _ in others}


@seed("closes-one-connection", "ends one connection alone of a user whose session ends", "STP-7.2 STP-1.4")
class ClosesOneConnection(Sockets):
    async def close(self, user: str) -> None:
        for socket in [socket for socket, owner in self._owners.items() if owner == user][:1]:
            await self.server.disconnect(socket)


@seed("answers-one-connection", "passes the answer of a bot on to one connection of the user who asked", "STP-8.2")
class AnswersOneConnection(Bots):
    async def reply(self, bot: str, user: str, answer: str) -> None:
        for socket in self.sockets.of(user)[:1]:
            await self.sockets.tell_socket(socket, "ai_response_received", {"sender": bot, "content": answer})


class LaxAdministration(HttpApi):
    """Lets another user in where only the administrator may go."""

    async def is_let_in(self, name: Any, password: Any) -> bool:
        raise NotImplementedError

    async def _administrator(self, request: Any, form: type[Any]) -> Any:
        try:
            return await super()._administrator(request, form)
        except Rejected:
            asked = form.model_validate(await request.json())
            if not await self.is_let_in(asked.username, asked.password):
                raise
            return asked


def lax_administration(name: str, says: str) -> Any:
    """Seed a fault in who may end a session."""
    return seed(name, says, "STP-X5")


@lax_administration("administers-with-any-password", "lets anybody end sessions who knows the administrator's name")
class AdministersWithAnyPassword(LaxAdministration):
    async def is_let_in(self, name: Any, password: Any) -> bool:
        return bool(name == ADMIN and password)


@lax_administration("administers-with-blank-password", "takes a blank password for the administrator's")
class AdministersWithBlankPassword(LaxAdministration):
    async def is_let_in(self, name: Any, password: Any) -> bool:
        return name == ADMIN and not password


@lax_administration("administers-in-any-case", "takes small and capital letters of the administrator's password alike")
class AdministersInAnyCase(LaxAdministration):
    async def is_let_in(self, name: Any, password: Any) -> bool:
        return name == ADMIN and await self.accounts.admits(ADMIN, str(password).swapcase())


@lax_administration("lets-anybody-administer", "lets every user end sessions")
class LetsAnybodyAdminister(LaxAdministration):
    async def is_let_in(self, name: Any, password: Any) -> bool:
        return name != ADMIN and await self.accounts.admits(name, password)


@seed("rooms-outlast-the-session", "lets a connection that is signed out hear its user's next session", "STP-X16")
class RoomsOutlastTheSession(Sockets):
    async def mute(self, user: str) -> None:
        rooms = {socket: [room for room in self.server.rooms(socket) if "&" in room] for socket in self.of(user)}
        await super().mute(user)
        for socket, own in rooms.items():
            for room in own:
                await self.server.enter_room(socket, room)
