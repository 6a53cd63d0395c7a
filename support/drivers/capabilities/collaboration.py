"""What people can do together: talk in places, share files, and change what others see."""

from dataclasses import dataclass, field

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


@dataclass(frozen=True)
class File:
    """A file as it came, and as it was sent; kinds such as "application/pdf"."""

    content: bytes = field(repr=False)
    kind: str
    sent: bytes = field(repr=False)
    sent_kind: str


@runtime_checkable
class KeepsFiles(Protocol):
    """keeps files that are sent piece by piece"""

    async def begin_upload(self, name: str, to: str, pieces: int) -> None: ...
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
