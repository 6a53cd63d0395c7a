"""What a person can do in a system, as small protocols. A driver's client implements those its system has.

`support.actors` calls these verbs and nothing else; what a client does not implement, a scenario that needs it is
"not run", with the protocol's sentence as the reason. People are named as in the scenario, never by account.
"""

from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from support.arrivals import Arrival
from support.inbox import Inbox
from support.systems.people import Account
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

    def fall_silent(self) -> None: ...
    def signal_every(self, seconds: float, as_: str | None = None) -> None: ...


@runtime_checkable
class EndsSilentConnections(Protocol):
    """ends the connection of whoever gives no more signs of life"""

    last_sign_of_life: float


@runtime_checkable
class KeepsRooms(Protocol):
    """keeps a room ready for every two people"""

    def room(self, one: str, other: str) -> str: ...


@runtime_checkable
class KnowsEverybody(Protocol):
    """has a known set of accounts"""

    def everybody(self) -> frozenset[str]: ...


@runtime_checkable
class CachesMessages(Protocol):
    """caches messages for absent people where we can look"""

    async def cached_for(self, login: str) -> list[tuple[str, str]]: ...


@runtime_checkable
class KnowsItself(Protocol):
    """answers in a way that tells it from other systems"""

    async def is_itself(self, transcript: Transcript) -> bool: ...


@runtime_checkable
class HasDoors(Protocol):
    """can be asked which requests it knows"""

    address: str

    def doors(self) -> dict[str, str]: ...


@runtime_checkable
class Adopts(Protocol):
    """has to know more of whoever has an account already"""

    async def adopt(self, role: str, account: Account, transcript: Transcript) -> None: ...


@runtime_checkable
class EndsSessions(Protocol):
    """lets an administrator end a session"""

    async def end_session(self, login: str, transcript: Transcript) -> None: ...


@runtime_checkable
class AsksBots(Protocol):
    """lets people talk to bots"""

    async def ask(self, bot: str, prompt: str) -> None: ...


@runtime_checkable
class Appoints(Protocol):
    """gives its members positions, and takes them away"""

    async def appoint(self, whom: str, position: str) -> None: ...
    async def dismiss(self, whom: str, how: str) -> None: ...


@runtime_checkable
class Invites(Protocol):
    """lets members invite others"""

    async def invite(self, whom: str) -> None: ...
    async def answer_invitation(self, how: str) -> None: ...


@runtime_checkable
class TurnsIntrudersAway(Protocol):
    """has things that not everybody may do"""

    async def intrude(self, how: str, owner: str) -> None: ...


@runtime_checkable
class RunsSchool(Protocol):
    """has schools, with students and classes"""

    async def register_student(self, name: str) -> None: ...
    async def plan_class(self, teacher: str) -> None: ...


@runtime_checkable
class KeepsFeed(Protocol):
    """keeps a record of what has happened"""

    async def feed(self) -> list[Arrival]: ...


@runtime_checkable
class TellsNews(Protocol):
    """tells of what has happened at once, in messages of different kinds"""

    def tells(self, kind: type[Arrival]) -> bool: ...


@runtime_checkable
class HasScreens(Protocol):
    """can be watched by one person on several screens at once"""

    screens: list[Inbox]

    async def open_screens(self, count: int) -> None: ...


@runtime_checkable
class GuardsSchools(Protocol):
    """has schools that outsiders have no access to"""

    async def connect_to(self, owner: str | None) -> None: ...
    async def connect_as(self, client: str) -> None: ...


@runtime_checkable
class TakesFrames(Protocol):
    """takes whatever its clients send"""

    async def send_frame(self, what: str) -> None: ...


@dataclass(frozen=True)
class Document:
    """A document as it came, and as it was announced: in which size, and as what ("application/pdf")."""

    name: str
    content: bytes
    kind: str
    announced_size: int
    announced_kind: str


@dataclass(frozen=True)
class TrainingSession:
    """A session as the system shows it; `number` tells it from all others."""

    number: int
    owner: str
    training: str
    completed: bool


@runtime_checkable
class Trains(Protocol):
    """trains people in sessions"""

    async def well(self) -> bool: ...
    async def trainings(self) -> list[str]: ...
    async def documents(self, training: str) -> list[Document]: ...
    async def start(self, training: str) -> TrainingSession: ...
    async def session(self) -> TrainingSession: ...


@runtime_checkable
class CompletesSessions(Protocol):
    """completes a session and sums it up"""

    async def complete(self) -> float: ...


@runtime_checkable
class KeepsRecords(Protocol):
    """gives back what was said in a session, and the points for it"""

    said: list[str]

    async def conversation(self) -> list[tuple[str, str]]: ...
    async def points(self) -> list[int]: ...


@runtime_checkable
class StoresMessages(Protocol):
    """stores messages where we can look"""

    async def stored(self, words: str) -> int: ...


@runtime_checkable
class TakesItsTime(Protocol):
    """has trainings that last for minutes"""

    minute: float


@runtime_checkable
class GuardsContent(Protocol):
    """has content that is not for everybody, or can be asked for what it does not have"""

    async def open(self, what: str) -> None: ...


@dataclass(frozen=True)
class File:
    """A file as it came, and as it was sent; kinds such as "application/pdf"."""

    content: bytes = field(repr=False)
    kind: str
    sent: bytes = field(repr=False)
    sent_kind: str


@dataclass(frozen=True)
class Change:
    """A change that somebody has made: what others are to be told of it, and what a look at it is to show."""

    what: str
    news: Arrival
    shows: str
    by: str


@runtime_checkable
class GuardsPasswords(Protocol):
    """shows nobody's password in its answers"""

    indiscretions: list[str]


@runtime_checkable
class Registers(Protocol):
    """lets people register by themselves"""

    async def register(self) -> None: ...


@runtime_checkable
class TakesIn(Protocol):
    """lets a company take people in"""

    async def take_in(self, whom: str) -> None: ...


@runtime_checkable
class RenewsSessions(Protocol):
    """has sessions that can be renewed"""

    refresh_token: str
    used_refresh_tokens: list[str]

    async def refresh(self, token: str | None) -> None: ...


@runtime_checkable
class Recovers(Protocol):
    """has clients that get a lost connection back"""

    async def recover(self, within: float) -> None: ...


@runtime_checkable
class ConnectsOften(Protocol):
    """can be connected to several times by one person"""

    async def connect_once_more(self) -> None: ...


@runtime_checkable
class HasPlaces(Protocol):
    """has places where several people talk"""

    async def open_place(self, name: str, others: list[str]) -> None: ...
    async def add_to(self, name: str, who: str) -> None: ...
    async def remove_from(self, name: str, who: str) -> None: ...
    async def rooms(self) -> frozenset[str]: ...
    async def history(self, name: str) -> list[tuple[str, str]]: ...


@runtime_checkable
class ShowsTyping(Protocol):
    """tells that somebody is typing"""

    async def type(self, how: str, name: str) -> None: ...


@runtime_checkable
class ChangesBothWays(Protocol):
    """can be changed by requests and on the live connection"""

    async def change(self, what: str, way: str) -> Change: ...
    async def look(self, change: Change) -> str: ...


@runtime_checkable
class KeepsFiles(Protocol):
    """keeps files that are sent piece by piece"""

    async def begin_upload(self, name: str, to: str, pieces: int) -> None: ...
    async def send_pieces(self, name: str, count: int | None = None) -> None: ...
    async def send_piece(self, name: str, manner: str) -> None: ...
    async def complete_upload(self, name: str) -> None: ...
    async def cancel_upload(self, name: str) -> None: ...
    async def follow(self, name: str) -> None: ...
    async def open_file(self, name: str) -> File: ...
    async def delete_file(self, name: str) -> None: ...
    def milestones(self, name: str) -> list[int]: ...
    def reported(self, name: str) -> list[int]: ...


@runtime_checkable
class FindsFiles(Protocol):
    """finds files by their names"""

    async def find_files(self, words: str) -> frozenset[str]: ...


@runtime_checkable
class TakesRequests(Protocol):
    """takes requests, whether or not they make sense"""

    async def request_wrongly(self, what: str) -> None: ...
    async def look_at_oneself(self) -> None: ...


@runtime_checkable
class TellsHealth(Protocol):
    """says of itself whether it is well"""

    async def well(self, transcript: Transcript) -> bool: ...
