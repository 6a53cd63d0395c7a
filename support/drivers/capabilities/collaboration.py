"""What people can do together: talk in places, share files, and change what others see."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from typing_extensions import Protocol, runtime_checkable

from support.core.events import Arrival
from support.drivers.kit.read_only import reads_only


@runtime_checkable
class HasPlaces(Protocol):
    """has places where several people talk"""

    async def open_place(self, name: str, others: list[str]) -> None: ...
    async def add_to(self, name: str, who: str) -> None: ...
    async def remove_from(self, name: str, who: str) -> None: ...
    @reads_only
    async def rooms(self) -> frozenset[str]: ...
    async def history(self, name: str) -> list[tuple[str, str]]: ...


@runtime_checkable
class ClosesPlaces(Protocol):
    """has places that can be closed"""

    async def close_place(self, name: str) -> None: ...


@runtime_checkable
class StopsListening(Protocol):
    """lets one stay in a place without hearing it"""

    async def stop_listening(self, name: str) -> None: ...


@runtime_checkable
class Posts(Protocol):
    """takes messages by requests"""

    async def post(self, text: str, name: str) -> None: ...


@runtime_checkable
class ReadsByPages(Protocol):
    """gives long lists page by page"""

    async def history_by_pages(self, name: str, size: int) -> list[list[tuple[str, str]]]:
        """The pages of what has been said in a place, newest first, of so many messages."""
        ...

    async def last_of_history(self, name: str, size: int) -> list[tuple[str, str]]:
        """The first of these pages alone."""
        ...

    async def length_of_history(self, name: str) -> int:
        """How many messages there are in a place, as its history says."""
        ...

    @reads_only
    async def listed_by_pages(self, what: str, size: int) -> list[list[str]]:
        """The pages of the rooms, the threads or the files that one is shown, of so many: their ids."""
        ...

    @reads_only
    def listed_here(self, what: str) -> frozenset[str]:
        """The ids of those that the scenario itself knows."""
        ...

    @reads_only
    async def members_by_pages(self, size: int) -> list[list[str]]:
        """The pages of everybody in the company, of so many people."""
        ...


@runtime_checkable
class BelongsToCompany(Protocol):
    """belongs to a company"""

    @property
    def company(self) -> str | None:
        """How the system calls it; None for a user who is in none yet."""
        ...


@runtime_checkable
class TakesIn(Protocol):
    """lets a company take people in"""

    async def take_in(self, whom: str) -> None: ...


@runtime_checkable
class ShowsTyping(Protocol):
    """tells that a user is typing"""

    async def type(self, how: str, name: str) -> None: ...


@dataclass(frozen=True)
class Change:
    """A change that a user has made: what others are to be told of it, and what a look at it is to show."""

    what: str
    news: Arrival
    shows: str
    by: str


@runtime_checkable
class ChangesBothWays(Protocol):
    """can be changed by requests and on the live connection"""

    async def change(self, what: str, way: str) -> Change: ...
    async def look(self, change: Change) -> str: ...


@runtime_checkable
class ShowsAvailability(Protocol):
    """shows how available people say they are"""

    @reads_only
    async def availability_of(self, whom: str) -> str: ...


@dataclass(frozen=True)
class File:
    """A file as it came, and as it was sent; kinds such as "application/pdf". It may come without a name."""

    content: bytes = field(repr=False)
    kind: str
    name: str
    sent: bytes = field(repr=False)
    sent_kind: str


@runtime_checkable
class DatesThreads(Protocol):
    """shows when something was last said in a thread"""

    async def last_said_in(self, name: str) -> tuple[datetime | None, datetime | None]: ...


@runtime_checkable
class HasAddresses(Protocol):
    """has companies that are called by a name of their own in addresses"""

    @reads_only
    async def company_address(self) -> str: ...
    async def move_company(self, address: str) -> None: ...


@runtime_checkable
class KeepsFiles(Protocol):
    """keeps files that are sent piece by piece"""

    async def begin_upload(self, name: str, to: str | None, pieces: int) -> None: ...
    async def send_pieces(self, name: str, count: int | None = None) -> None: ...
    async def send_piece(self, name: str, manner: str) -> None: ...
    async def complete_upload(self, name: str) -> None: ...
    async def finish_upload(self, name: str) -> None: ...
    async def cancel_upload(self, name: str) -> None: ...
    async def follow(self, name: str) -> None: ...
    @reads_only
    async def open_file(self, name: str) -> File: ...
    async def delete_file(self, name: str) -> None: ...
    @reads_only
    def milestones(self, name: str) -> list[int]: ...
    @reads_only
    def reported(self, name: str) -> list[int]: ...


@runtime_checkable
class FindsFiles(Protocol):
    """finds files by their names"""

    @reads_only
    async def find_files(self, words: str) -> frozenset[str]: ...


@runtime_checkable
class ListsFiles(Protocol):
    """lists the files of a place, and one's own"""

    @reads_only
    async def files_in(self, place: str | None) -> frozenset[str]:
        """The files in a place; those that one has uploaded oneself if no place is given."""
        ...


@runtime_checkable
class SharesFiles(Protocol):
    """lets files be shared in further places"""

    async def share_file(self, name: str, place: str) -> None: ...
    async def take_out_file(self, name: str, place: str) -> None: ...


@runtime_checkable
class LinksFiles(Protocol):
    """gives links that open a file without a session"""

    async def get_link(self, name: str) -> None: ...
    @reads_only
    async def open_link(self, name: str, altered: Callable[[str], str | None] | None = None) -> File:
        """Open a file by one's link to it, or by what is made of that which the link shows in place of a session."""
        ...

    @reads_only
    def link_ends(self, name: str) -> tuple[float, float]:
        """When one's link to a file ends: as one was told, and as the link itself shows; in seconds since 1970."""
        ...


@runtime_checkable
class LimitsFiles(Protocol):
    """limits how large files may be"""

    async def announce_file(self, size: str, more: int) -> None:
        """Say that a file is to come: as large as one of `collaboration.SIZES`, and so many bytes more."""
        ...


@dataclass(frozen=True)
class CompanyUsage:
    """What a company uses: how many people it has, and how many bytes its files take."""

    people: int
    stored: int


@runtime_checkable
class TellsUsage(Protocol):
    """tells what a company uses"""

    @reads_only
    async def usage(self) -> CompanyUsage: ...


@runtime_checkable
class TellsProgress(Protocol):
    """tells how far an upload is"""

    @reads_only
    async def progress(self, name: str) -> int: ...
