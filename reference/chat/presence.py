"""Presence: who is online, and everybody being told once when that changes."""

from reference.chat.sockets import Sockets
from reference.kit.parts import part


@part
class Presence:
    """The users who are online."""

    sockets: Sockets  # the way to tell

    def __post_init__(self) -> None:
        self.online: set[str] = set()

    def reachable(self, user: str) -> bool:
        """Whether a message would reach the user now."""
        return user in self.online and bool(self.sockets.of(user))

    def listed(self) -> list[str]:
        """Who is shown as online."""
        return sorted(self.online)

    async def appear(self, user: str) -> None:
        """A user who was offline is online."""
        self.online.add(user)
        await self.announce_online(user)

    async def vanish(self, user: str) -> None:
        """A user is offline; nothing happens if so already."""
        if user in self.online:
            self.online.remove(user)
            await self.announce_offline(user)

    async def announce_online(self, user: str) -> None:
        """Tell everybody, the user included."""
        await self.sockets.tell_all("new_user_online", {"username": user})

    async def announce_offline(self, user: str) -> None:
        """Tell everybody, the user included if still connected."""
        await self.sockets.tell_all("user_has_gone_offline", {"username": user})
