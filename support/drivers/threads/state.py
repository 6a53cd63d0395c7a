"""What the driver knows of one scenario: who is who, which places and files there are, both ways."""

import asyncio
import hashlib
from dataclasses import dataclass, field
from typing import Any

from support.core.errors import Untried
from support.core.people import Account


@dataclass
class Company:
    """A company: its id, its name, its owner's login, and a token of theirs for what goes on behind the scenarios."""

    id: str
    name: str
    owner: str
    token: str = field(repr=False)


@dataclass(frozen=True)
class Session:
    """The two tokens of a session."""

    token: str = field(repr=False)
    refresh_token: str = field(repr=False)


def session_of(told: dict[str, Any]) -> Session:
    """The session that an answer gives."""
    return Session(str(told["accessToken"]), str(told["refreshToken"]))


def company_of(told: dict[str, Any], owner: str) -> Company:
    """The company that an answer names, with a token of its owner."""
    company = told["company"]
    return Company(str(company["id"]), str(company.get("name")), owner, str(told["accessToken"]))


@dataclass
class Place:
    """A room or a thread. A room that a scenario does not speak of, the one of two people, has no name.

    `room` is the id of the room that a thread belongs to; of a room, its own. `gone` are those members who have been
    put out or have left, and all if it was closed: what reaches them still is told as of this place.
    """

    id: str
    name: str | None
    members: frozenset[str]
    room: str
    gone: frozenset[str] = frozenset()

    @property
    def is_thread(self) -> bool:
        return self.id != self.room


@dataclass
class Upload:
    """A file on its way, or there: what it is, whose, where to, and how the system calls it."""

    name: str
    content: bytes
    kind: str
    uploader: str
    id: str
    place: str | None
    sent: int = 0
    file: str | None = None
    reported: list[int] = field(default_factory=list)
    """How far it was, in per cent, as each piece was answered."""

    def pieces(self, size: int) -> int:
        """How many pieces of so many bytes it comes in."""
        return -(-len(self.content) // size)

    @property
    def known(self) -> str:
        """How the system calls it.

        Raises:
            Untried: its name was not told, so that it cannot be asked for.
        """
        if self.file is None:
            raise Untried(f"no user was told that {self.name} is there")
        return self.file

    @property
    def checksum(self) -> str:
        """The SHA-256 of its content."""
        return hashlib.sha256(self.content).hexdigest()


@dataclass
class ScenarioState:
    """One scenario's people, places and files."""

    companies: dict[str, Company] = field(default_factory=dict)
    """Login -> the company that its owner belongs to."""
    ids: dict[str, str] = field(default_factory=dict)
    """Login -> the system's id of the user."""
    logins: dict[str, str] = field(default_factory=dict)
    """The reverse."""
    positions: dict[str, str] = field(default_factory=dict)
    """Login -> what the user is in the company, in the system's word."""
    passwords: dict[str, str] = field(default_factory=dict, repr=False)
    """Login -> the password of a user who has no account yet."""
    invitations: dict[str, str] = field(default_factory=dict)
    """Login -> what the link of the last invitation ends with."""
    invited: dict[str, str] = field(default_factory=dict)
    """Login -> the system's id of the last invitation."""
    places: list[Place] = field(default_factory=list)
    uploads: dict[str, Upload] = field(default_factory=dict)
    messages: dict[str, str] = field(default_factory=dict)
    """The system's id of a message -> its text."""
    authors: dict[str, str] = field(default_factory=dict)
    """The system's id of a message -> who sent it, in the scenario's words."""
    where: dict[str, str] = field(default_factory=dict)
    """The system's id of a message -> that of the place where it was said."""
    couriers: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Text of a barrier's marker for a user in another company -> who sent it, and to whom."""
    clients: dict[str, Any] = field(default_factory=dict)
    """Each person's client, which imports this module."""
    founding: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while something is founded that must be there once: the home company, the room of two people."""
    rested: bool = False
    """Whether a limit that earlier scenarios have used up was let pass, for what this one is to try by itself."""
    home: Company | None = None
    """The company of everybody who is not said to be in another."""
    sessions: dict[str, Session] = field(default_factory=dict)
    """Login -> a session to go on with: from registering, or from an earlier scenario."""
    said: dict[str, str] = field(default_factory=dict)
    """The id of a message that somebody has heard live -> when it was said, by the server's clock."""
    known_at_leaving: dict[str, frozenset[str]] = field(default_factory=dict)
    """Who has gone away -> the ids of what was said before."""
    ending: set[str] = field(default_factory=set)
    """Logins of those whose session is to run out: it is not renewed before."""
    may_reuse: bool = False
    """Whether the people of an earlier scenario will do."""
    household: "Household | None" = None
    """The home company with its people."""
    households: list["Household"] = field(default_factory=list)
    """The companies whose people can be in another scenario as well."""
    marked: bool = False
    """Whether something was done to people of the scenario that lasts."""

    def knows(self, login: str, user: dict[str, Any], company: Company) -> None:
        """Keep who a user is, by what the system says of the user."""
        id = str(user["id"])
        self.ids[login], self.logins[id], self.companies[login] = id, login, company
        self.positions[login] = str(user["companyRole"])

    def login(self, user: str) -> str:
        """The login of a user of the system; a stranger's id stays as it is."""
        return self.logins.get(user, user)

    def last_message(self, place: str | None) -> str:
        """The system's id of the last message in the place that it calls so; of the last anywhere without one."""
        return next((id for id in reversed(self.messages) if place in (None, self.where[id])), "none")

    def place(self, id: str | None) -> Place | None:
        """The place that the system calls so."""
        return next((place for place in self.places if place.id == id), None)

    def named(self, name: str) -> Place | None:
        """The place that the scenario calls so."""
        return next((place for place in self.places if place.name == name), None)

    def shared_by(self, one: str, other: str) -> Place | None:
        """The room of two people alone."""
        two = frozenset((one, other))
        return next((place for place in self.places if place.name is None and place.members == two), None)

    def upload(self, id: str) -> Upload:
        """The upload, or the file that came of it, that the system calls so.

        Raises:
            KeyError: there is none.
        """
        for upload in self.uploads.values():
            if id in (upload.id, upload.file):
                return upload
        raise KeyError(id)


@dataclass
class Household:
    """A company, its owner and those who have become its members, by the scenarios' names for them."""

    company: Company
    people: dict[str, Account] = field(default_factory=dict)
    users: dict[str, Any] = field(default_factory=dict, repr=False)
    """Login -> what the system says of the user."""
    sessions: dict[str, Session] = field(default_factory=dict)
    """Login -> the last session, if there is one."""
    rooms: int = 0
    """How many its scenarios have opened at most."""

    def take_in(self, role: str, account: Account, user: Any) -> None:
        """Keep a user who has become a member, by what the system says of them."""
        self.people[role], self.users[account.login] = account, user

    def introduce(self, role: str, state: ScenarioState) -> Account:
        """Let a scenario know a user of this company, and which session they have."""
        account = self.people[role]
        state.knows(account.login, self.users[account.login], self.company)
        if session := self.sessions.get(account.login):
            state.sessions[account.login] = session
        return account
