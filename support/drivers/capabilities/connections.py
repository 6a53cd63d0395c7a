"""What people can do with their live connection to a system."""

from typing_extensions import Protocol, runtime_checkable

from support.core.inbox import Inbox
from support.drivers.kit.read_only import reads_only


@runtime_checkable
class Connects(Protocol):
    """keeps a live connection open"""

    connected: bool

    async def connect(self) -> None: ...
    async def come_online(self) -> None: ...
    async def settle(self) -> None: ...
    @reads_only
    async def close(self) -> None: ...


@runtime_checkable
class StaysOnline(Protocol):
    """can stay online from one scenario to the next"""

    async def is_as_it_came(self) -> bool:
        """Whether this person is online as a user is who has just come: nothing done since would show later."""
        ...

    async def take_over(self, before: object) -> None:
        """Go on with the connection and the session that the client of an earlier scenario has in the same account."""
        ...


@runtime_checkable
class ConnectsOften(Protocol):
    """can be connected to several times by one person"""

    @property
    def inboxes(self) -> list[Inbox]:
        """What reaches each connection, in the order in which they were opened."""
        ...

    async def connect_once_more(self) -> None: ...
    @reads_only
    async def close_one(self) -> None:
        """Go away without a word on the connection that was opened last, and stay on the others."""
        ...

    async def send_on(self, number: int, text: str, to: str) -> None:
        """Send to a user on the connection of this number, the first of which is 0."""
        ...


@runtime_checkable
class KeepsFormerConnections(Protocol):
    """leaves a connection open when its session is ended"""

    def set_aside(self) -> None:
        """Keep the connection that was opened last open, beside all that is to come."""
        ...

    @reads_only
    async def heard_aside(self) -> Inbox:
        """What reaches that connection, up to one round trip from now."""
        ...


@runtime_checkable
class TakesLeave(Protocol):
    """tells a client that goes away in order from one that breaks off"""

    @reads_only
    async def take_leave(self) -> None: ...


@runtime_checkable
class ClosesOneInOrder(Protocol):
    """lets a client go away in order on one of its connections"""

    @reads_only
    async def take_leave_of_one(self) -> None:
        """Go away in order on the connection that was opened last, and stay on the others."""
        ...


@runtime_checkable
class ComesOnlineOften(Protocol):
    """lets one person come online on several connections at the same moment"""

    async def come_online_on(self, count: int) -> None: ...


@runtime_checkable
class Recovers(Protocol):
    """has clients that get a lost connection back"""

    async def recover(self, within: float) -> None: ...


@runtime_checkable
class KeepsAlive(Protocol):
    """expects signs of life from its clients"""

    @reads_only
    def fall_silent(self) -> None: ...
    def signal_every(self, seconds: float, as_: str | None = None) -> None: ...


@runtime_checkable
class EndsSilentConnections(Protocol):
    """ends the connection of a user who gives no more signs of life"""

    last_sign_of_life: float
