"""What can reach a person, in words of the domain. Drivers translate the wire into these.

People are named as the scenario names them ("user B"), never by account.
"""

from dataclasses import dataclass


class Arrival:
    """Something that reached a person. Compared by value."""


class Post(Arrival):
    """What one "receives": something said by somebody, as opposed to news of the system."""


@dataclass(frozen=True)
class Message(Post):
    """A message from another person."""

    sender: str
    text: str

    def __str__(self) -> str:
        return f'message "{self.text}" from {self.sender}'


@dataclass(frozen=True)
class BotAnswer(Post):
    """A bot's answer to a prompt."""

    bot: str
    text: str

    def __str__(self) -> str:
        return f'answer "{self.text}" from {self.bot}'


@dataclass(frozen=True)
class Presence(Arrival):
    """Word that somebody has come online or gone offline."""

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
    """The connection ended without this person's doing."""

    def __str__(self) -> str:
        return "end of the connection"
