"""What can reach a person, in words of the domain. Drivers translate the wire into these.

People are named as the scenario names them ("user B"), never by account.
"""

from dataclasses import dataclass, field


class Arrival:
    """Something that reached a person. Compared by value."""


class Post(Arrival):
    """What one "receives": something said by a user, as opposed to news of the system."""


@dataclass(frozen=True)
class Message(Post):
    """A message from another person."""

    sender: str
    text: str

    def __str__(self) -> str:
        return f'message "{self.text}" from {self.sender or "no user"}'


@dataclass(frozen=True)
class BotAnswer(Post):
    """A bot's answer to a prompt."""

    bot: str
    text: str

    def __str__(self) -> str:
        return f'answer "{self.text}" from {self.bot}'


class Coming(Arrival):
    """What comes with people's coming and going: no silence is broken by it."""


@dataclass(frozen=True)
class Presence(Coming):
    """Word that a user has come online or gone offline."""

    who: str
    online: bool

    def __str__(self) -> str:
        return f"word that {self.who} is {'online' if self.online else 'offline'}"


@dataclass(frozen=True)
class Declined(Arrival):
    """The server's word that something sent before was not accepted."""

    reason: str

    def __str__(self) -> str:
        return f'refusal "{self.reason}"'


@dataclass(frozen=True)
class LoggedOut(Arrival):
    """The server's word that it has ended this person's session."""

    reason: str

    def __str__(self) -> str:
        return f'log-out because "{self.reason}"'


@dataclass(frozen=True)
class Disconnected(Arrival):
    """The connection ended without this person's doing; whether the server said that it comes back, if it said so."""

    comes_back: bool | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return "end of the connection"


@dataclass(frozen=True)
class News(Post):
    """Something that has happened in a school, as its dashboard shows it at once."""

    what: str
    """One of `HAPPENINGS`."""
    whom: str
    """Whom it is about, or whose class it is."""
    minutes: float | None = field(default=None, compare=False)
    """How long a class lasts, if that is told."""
    position: str | None = field(default=None, compare=False)
    """In which position its actor is shown, in the system's own word."""
    changed: frozenset[str] = field(default=frozenset(), compare=False)
    """Which settings are said to be others now, in the system's own words."""

    def __str__(self) -> str:
        return f"news that {HAPPENINGS[self.what].format(self.whom)}"


#: What can happen in a school, in the words of a scenario.
HAPPENINGS = {
    "invited": "{} has been invited",
    "accepted": "{} has accepted the invitation",
    "declined": "{} has declined the invitation",
    "student": 'student "{}" has joined',
    "teacher": "{} has joined as a teacher",
    "class": "a class of {} has been planned",
    "completed": "a class of {} has been completed",
    "cancelled": "a class of {} has been cancelled",
    "settings": "{} has changed the settings",
}


@dataclass(frozen=True)
class Figure(Post):
    """How many of something a school has now, and by how many that has changed."""

    of: str
    total: int
    change: int

    def __str__(self) -> str:
        return f"word that the school now has {self.total} {self.of} ({self.change:+d})"


@dataclass(frozen=True)
class InvitationStatus(Post):
    """An invitation has gone from one status to another."""

    old: str
    new: str

    def __str__(self) -> str:
        return f"word that an invitation was {self.old} and is {self.new}"


@dataclass(frozen=True)
class Posted(Post):
    """A message from a user in a place that several people share: a room, or a thread."""

    sender: str
    text: str
    place: str

    def __str__(self) -> str:
        return f'message "{self.text}" from {self.sender} in {self.place}'


@dataclass(frozen=True)
class Published(Post):
    """A message on a topic; `kept` if it was there before one subscribed."""

    text: str
    topic: str
    kept: bool = False

    def __str__(self) -> str:
        return f'message "{self.text}"{" kept" * self.kept} on the topic "{self.topic}"'


@dataclass(frozen=True)
class Word(Arrival):
    """Word of something, in the very words of a scenario (`support.vocabulary.terms.collaboration`)."""

    what: str

    def __str__(self) -> str:
        return f"word that {self.what}"


@dataclass(frozen=True)
class Told(Word, Post):
    """Word of what others have done."""


@dataclass(frozen=True)
class Aside(Word):
    """Word of what one's own doing has led to, such as a receipt."""


@dataclass(frozen=True)
class Greeting(Word, Coming):
    """Word that comes with a user's coming."""


@dataclass(frozen=True)
class Retry(Post):
    """Word that the system tries something again, for which time, and after how many seconds."""

    number: int
    after: float

    def __str__(self) -> str:
        return f"word of attempt {self.number} after {self.after:g} s"


@dataclass(frozen=True)
class Malformed(Post):
    """A message that is not in the agreed form, and why."""

    why: str

    @classmethod
    def by(cls, error: Exception, what: str) -> "Malformed":
        """What could not be read as `what`, in the words for whatever went wrong with that."""
        if isinstance(error, KeyError):
            return cls(f"{what}: {error.args[0]} is missing or unknown")
        return cls(f"{what}: {error if isinstance(error, ValueError) else 'it is not built as agreed'}")

    def __str__(self) -> str:
        return f"a message in the wrong form: {self.why}"


@dataclass(frozen=True)
class Answered(Arrival):
    """The answer to a sign of life."""

    def __str__(self) -> str:
        return "an answer to a sign of life"


@dataclass(frozen=True)
class Acknowledged(Arrival):
    """Word that a message has been taken."""

    def __str__(self) -> str:
        return "an acknowledgement"


@dataclass(frozen=True)
class Feedback(Arrival):
    """A trainer's judgement of a message: points of 100, in words, with advice."""

    points: int
    words: str
    advice: tuple[str, ...]

    @property
    def is_of_use(self) -> bool:
        """Whether it says something, and gives one to three pieces of advice."""
        return bool(self.words.strip()) and 1 <= len(self.advice) <= 3 and all(self.advice)

    def __str__(self) -> str:
        return f'feedback of {self.points} points, "{self.words}"'
