"""What a person can do in a system, as small protocols. A driver's client implements those its system has.

`support.actors` calls these verbs and nothing else; what a client does not implement, a scenario that needs it is
"not run", with the protocol's sentence as the reason. People are named as in the scenario, never by account.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from support.transcript import Transcript


class Refused(Exception):  # noqa: N818 - an answer, not an error: scenarios ask for it
    """The system said no. The message is the system's own reason."""


class Unavailable(Refused):
    """The system said that it cannot serve now, and why."""


@dataclass(frozen=True)
class Contacts:
    """What a contact list shows: everybody there is, the room shared with each other person, and who is online."""

    everyone: frozenset[str]
    rooms: dict[str, str]
    online: frozenset[str]


@runtime_checkable
class SignsIn(Protocol):
    """has accounts that sign in and out"""

    async def sign_in(self, password: str) -> None: ...
    async def sign_out(self) -> None: ...


@runtime_checkable
class PresentsTokens(Protocol):
    """opens its doors by a token that can be presented in altered form"""

    token: str | None

    def token_owner(self) -> str: ...


@runtime_checkable
class Connects(Protocol):
    """keeps a live connection open"""

    connected: bool

    async def connect(self) -> None: ...
    async def come_online(self) -> None: ...
    async def settle(self) -> None: ...
    async def close(self) -> None: ...


@runtime_checkable
class SendsMessages(Protocol):
    """carries messages from person to person"""

    async def send(self, text: str, to: str, as_: str | None = None) -> None: ...


@runtime_checkable
class ListensIn(Protocol):
    """has conversations that one could try to listen in on"""

    async def listen_in(self, one: str, other: str) -> None: ...


@runtime_checkable
class ListsContacts(Protocol):
    """tells who there is, in which rooms, and who is online"""

    async def contacts(self, of: str | None = None) -> Contacts: ...


@runtime_checkable
class KeepsAlive(Protocol):
    """expects signs of life from its clients"""

    last_sign_of_life: float

    def fall_silent(self) -> None: ...
    def signal_every(self, seconds: float, as_: str | None = None) -> None: ...


@runtime_checkable
class KnowsEverybody(Protocol):
    """has a known set of accounts"""

    def everybody(self) -> frozenset[str]: ...


@runtime_checkable
class CachesMessages(Protocol):
    """caches messages for absent people where we can look"""

    async def cached_for(self, login: str) -> list[tuple[str, str]]: ...


@runtime_checkable
class EndsSessions(Protocol):
    """lets an administrator end a session"""

    async def end_session(self, login: str, transcript: Transcript) -> None: ...


@runtime_checkable
class AsksBots(Protocol):
    """lets people talk to bots"""

    async def ask(self, bot: str, prompt: str) -> None: ...
