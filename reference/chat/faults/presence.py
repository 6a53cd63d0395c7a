"""Faults in who is listed as online (STP 2.3) and in telling that a user comes or goes (STP 4)."""

from typing import ClassVar

from reference.chat.faults import seed
from reference.chat.http_api import HttpApi
from reference.chat.presence import Presence
from reference.chat.refusals import Rejected
from reference.chat.sessions import Sessions


@seed("online-list-misses-newest", "leaves the user who came online last out of the list of those online", "STP-2.3")
class OnlineListMissesNewest(Presence):
    hidden = ""

    async def appear(self, user: str) -> None:
        self.hidden = user
        await super().appear(user)

    def listed(self) -> list[str]:
        return [user for user in super().listed() if user != self.hidden]


@seed("lets-no-user-come-online", "refuses every user who wants to come online", "STP-2.3")
class LetsNoUserComeOnline(Sessions):
    async def join(self, socket: str, user: str, room: str) -> None:
        raise Rejected("Not now")


@seed("online-list-keeps-the-gone", "goes on listing a user as online who has gone", "STP-2.3")
class OnlineListKeepsTheGone(Presence):
    seen: ClassVar[set[str]] = set()

    async def appear(self, user: str) -> None:
        self.seen.add(user)
        await super().appear(user)

    def listed(self) -> list[str]:
        return sorted(self.seen)


@seed("online-list-shows-everybody", "lists all users as online", "STP-2.3")
class OnlineListShowsEverybody(HttpApi):
    async def online(self) -> list[str]:
        return await self.accounts.names()


@seed("online-list-is-empty", "lists no user as online", "STP-2.3 STP-6.2")
class OnlineListIsEmpty(Presence):
    def listed(self) -> list[str]:
        return []


@seed("never-tells-online", "does not tell that a user comes online", "STP-4.1")
class NeverTellsOnline(Presence):
    async def announce_online(self, user: str) -> None:
        pass


@seed("tells-online-twice", "tells twice that a user comes online", "STP-4.1")
class TellsOnlineTwice(Presence):
    async def announce_online(self, user: str) -> None:
        await super().announce_online(user)
        await super().announce_online(user)


@seed("tells-online-first-time-only", "does not tell that a user comes back online", "STP-4.1")
class TellsOnlineFirstTimeOnly(Presence):
    told: ClassVar[set[str]] = set()

    async def announce_online(self, user: str) -> None:
        if user not in self.told:
            self.told.add(user)
            await super().announce_online(user)


@seed("tells-online-to-one", "tells only one user that another comes online", "STP-4.1")
class TellsOnlineToOne(Presence):
    async def announce_online(self, user: str) -> None:
        for other in sorted(self.sockets.users() - {user})[:1]:
            await self.sockets.tell_user(other, "new_user_online", {"username": user})


@seed("tells-wrong-name-online", "names another user when one comes online", "STP-4.1")
class TellsWrongNameOnline(Presence):
    async def announce_online(self, user: str) -> None:
        await super().announce_online(min(self.online))


@seed("tells-online-as-offline", "tells that a user goes offline when one comes online", "STP-4.1")
class TellsOnlineAsOffline(Presence):
    async def announce_online(self, user: str) -> None:
        await self.announce_offline(user)


@seed("never-tells-offline", "does not tell that a user goes offline", "STP-4.2 STP-5.1")
class NeverTellsOffline(Presence):
    async def announce_offline(self, user: str) -> None:
        pass


@seed("tells-offline-twice", "tells twice that a user goes offline", "STP-4.2")
class TellsOfflineTwice(Presence):
    async def announce_offline(self, user: str) -> None:
        await super().announce_offline(user)
        await super().announce_offline(user)


@seed("tells-offline-to-one", "tells only one user that another goes offline", "STP-4.2")
class TellsOfflineToOne(Presence):
    async def announce_offline(self, user: str) -> None:
        for other in sorted(self.sockets.users() - {user})[:1]:
            await self.sockets.tell_user(other, "user_has_gone_offline", {"username": user})


@seed("tells-offline-to-those-before", "tells that a user goes offline only those who were online before", "STP-4.2")
class TellsOfflineToThoseBefore(Presence):
    came: ClassVar[list[str]] = []

    async def announce_online(self, user: str) -> None:
        self.came.append(user)
        await super().announce_online(user)

    async def announce_offline(self, user: str) -> None:
        place = self.came.index(user)
        for other in self.came[:place]:
            await self.sockets.tell_user(other, "user_has_gone_offline", {"username": user})
        del self.came[place]


@seed("misses-silent-departure", "never notices that a user's last connection has closed", "STP-4.2")
class MissesSilentDeparture(Sessions):
    async def connection_closed(self, socket: str) -> None:
        self.keep_alive.stop(self.sockets.owner(socket) or "")
        self.sockets.release(socket)
