"""What people can say to each other, and whom they find to talk to."""

from dataclasses import dataclass

from typing_extensions import Protocol, runtime_checkable

from support.drivers.kit.read_only import reads_only


@runtime_checkable
class SendsMessages(Protocol):
    """carries messages from person to person"""

    async def send(self, text: str, to: str, as_: str | None = None) -> None: ...


@runtime_checkable
class ListensIn(Protocol):
    """has conversations that one could try to listen in on"""

    async def listen_in(self, one: str, other: str) -> None: ...


#: What a system may have nothing of.
WORD_OF_WHO_IS_ONLINE = "word of who is online"


@dataclass(frozen=True)
class Contacts:
    """What a contact list shows: everybody there is, the room shared with each other person, and who is online.

    `online` is None where the system does not tell it.
    """

    everyone: frozenset[str]
    rooms: dict[str, str]
    online: frozenset[str] | None


@runtime_checkable
class ListsContacts(Protocol):
    """tells who there is, in which rooms, and who is online"""

    @reads_only
    async def contacts(self, of: str | None = None) -> Contacts: ...


@runtime_checkable
class KeepsRooms(Protocol):
    """keeps a room ready for every two people"""

    @reads_only
    def room(self, one: str, other: str) -> str: ...


@runtime_checkable
class EntersRooms(Protocol):
    """lets people enter a room by its name"""

    async def enter(self, room: str) -> None: ...


@runtime_checkable
class CachesMessages(Protocol):
    """caches messages for absent people where we can look"""

    @reads_only
    async def cached_for(self, login: str) -> list[tuple[str, str]]: ...


@runtime_checkable
class AsksBots(Protocol):
    """lets people talk to bots"""

    async def ask(self, bot: str, prompt: str) -> None: ...


@runtime_checkable
class SendsAnything(Protocol):
    """takes messages that are no text"""

    async def send_value(self, value: object, to: str) -> None: ...
