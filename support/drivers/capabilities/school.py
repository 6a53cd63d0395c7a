"""What people can do in a school, and what its screens tell them."""

from collections.abc import Collection

from typing_extensions import Protocol, runtime_checkable

from support.core.events import Arrival
from support.core.inbox import Inbox
from support.drivers.kit.read_only import reads_only


@runtime_checkable
class RunsSchool(Protocol):
    """has schools, with students and classes"""

    async def register_student(self, name: str) -> None: ...
    async def plan_class(self, teacher: str, *, minutes: int = 60, today: bool = False) -> None: ...
    async def end_class(self, teacher: str, how: str) -> None: ...
    async def describe_school(self, words: str) -> None: ...
    async def move_school(self, place: str) -> None: ...
    async def rename_school(self, name: str) -> None: ...
    async def describe_and_move_school(self, words: str, place: str) -> None: ...


@runtime_checkable
class SpansProcesses(Protocol):
    """is served by processes that can be told apart"""

    processes: int

    async def register_student_at(self, process: int, name: str) -> None: ...
    @reads_only
    async def figures_at(self, process: int) -> dict[str, int]: ...


@runtime_checkable
class Appoints(Protocol):
    """gives its members positions, and takes them away"""

    async def appoint(self, whom: str, position: str) -> None: ...
    async def dismiss(self, whom: str, how: str) -> None: ...


@runtime_checkable
class GivesSeveralPositions(Protocol):
    """has members with several positions, each of which can be taken from them"""

    async def end_position(self, whom: str, position: str) -> None: ...


@runtime_checkable
class AppointsForLater(Protocol):
    """has members whose membership does not count yet"""

    async def appoint_for_later(self, whom: str, position: str) -> None: ...


@runtime_checkable
class Invites(Protocol):
    """lets members invite others"""

    async def invite(self, whom: str, position: str | None = None) -> None:
        """Invite a user into a position, by default into that which most have."""
        ...

    async def answer_invitation(self, how: str) -> None: ...


@runtime_checkable
class WithdrawsInvitations(Protocol):
    """has invitations that can be withdrawn, and that are for one person each"""

    async def withdraw_invitation(self, whom: str) -> None: ...
    async def answer_invitation(self, how: str, of: str | None = None) -> None: ...


@runtime_checkable
class InvitesUsers(Protocol):
    """lets members invite people by their accounts"""

    async def invite_user(self, whom: str) -> None: ...


@runtime_checkable
class InvitesTogether(Protocol):
    """lets members invite several people by one request"""

    async def invite_together(self, whom: list[str]) -> None: ...


@runtime_checkable
class InvitesByAddress(Protocol):
    """lets members invite people by an address that they type"""

    async def invite_by_address(self, whom: str, address: str) -> None: ...


@runtime_checkable
class InvitesNewcomers(Protocol):
    """lets members invite people who have no account yet"""

    async def invite_newcomer(self, address: str) -> None: ...


@runtime_checkable
class TurnsIntrudersAway(Protocol):
    """has things that not everybody may do"""

    async def intrude(self, how: str, owner: str) -> None: ...


@runtime_checkable
class GuardsSchools(Protocol):
    """has schools that outsiders have no access to"""

    @reads_only
    async def connect_to(self, owner: str | None) -> None: ...
    @reads_only
    async def connect_as(self, client: str) -> None: ...


@runtime_checkable
class KeepsFeed(Protocol):
    """keeps a record of what has happened"""

    @reads_only
    async def feed(self) -> list[Arrival]: ...
    @reads_only
    async def feed_of_kinds(self, happenings: Collection[str]) -> tuple[list[Arrival], set[int]]:
        """The entries of some of `HAPPENINGS`, and how many there are, by all that is said of it."""
        ...


@runtime_checkable
class LeafsThroughFeed(Protocol):
    """keeps its record on pages that lead to each other"""

    @reads_only
    async def feed_there_and_back(self) -> tuple[list[str], list[str]]: ...


@runtime_checkable
class KeepsTrends(Protocol):
    """counts what there has been in a school over time, and how much of it has come to a good end"""

    @reads_only
    async def trend(self, of: str) -> list[list[int]]: ...
    @reads_only
    async def completion_rate(self) -> float: ...


@runtime_checkable
class KeepsFigures(Protocol):
    """counts what there is in a school"""

    @reads_only
    async def figures(self) -> dict[str, int]: ...


@runtime_checkable
class ListsSchools(Protocol):
    """shows each user which schools are theirs"""

    @reads_only
    async def times_listed(self, owner: str) -> int: ...


@runtime_checkable
class TellsNews(Protocol):
    """tells of what has happened at once, in messages of different kinds"""

    @reads_only
    def tells(self, kind: type[Arrival]) -> bool: ...


@runtime_checkable
class HasScreens(Protocol):
    """can be watched by one person on several screens at once"""

    screens: list[Inbox]

    @reads_only
    async def open_screens(self, count: int) -> None: ...
    @reads_only
    async def close_screen(self) -> None: ...
