"""What people can do in a training, and what is kept of it."""

from dataclasses import dataclass

from typing_extensions import Protocol, runtime_checkable

from support.core.transcript import Transcript
from support.drivers.kit.read_only import reads_only


@dataclass(frozen=True)
class Document:
    """A document as it came, and as it was announced: its size, its kind ("application/pdf"), and its title.

    Its `fingerprint` is what it came with to tell it from what it was before.
    """

    name: str
    content: bytes
    kind: str
    announced_size: int
    announced_kind: str
    title: str
    fingerprint: str = ""


@dataclass(frozen=True)
class ShownText:
    """A text as it is shown, how many bytes it is said to have, if that is told, and its document."""

    name: str
    shown: str
    size: int | None
    document: bytes


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

    @reads_only
    async def well(self) -> bool: ...
    @reads_only
    async def trainings(self) -> list[str]: ...
    @reads_only
    async def titles(self) -> dict[int, str]: ...
    @reads_only
    async def documents(self, training: str) -> list[Document]: ...
    async def start(self, training: str) -> TrainingSession: ...
    async def session(self) -> TrainingSession: ...


@runtime_checkable
class ShowsContent(Protocol):
    """shows the texts of its documents, and whether a training is complete"""

    @reads_only
    async def texts(self, training: str) -> list[ShownText]:
        """Each document that is a text, as it is shown and as it stands there."""
        ...

    @reads_only
    async def is_complete(self, training: str) -> bool:
        """Whether a training, by its own id, is found complete."""
        ...

    @reads_only
    async def is_said_complete(self, training: str) -> bool:
        """Whether that is said of it as a whole."""
        ...


@runtime_checkable
class TakesContentOver(Protocol):
    """takes its content over anew when it is told to"""

    async def take_content_over(self, transcript: Transcript) -> None: ...


@runtime_checkable
class Greets(Protocol):
    """greets a user who connects"""

    async def be_greeted(self) -> None: ...


@runtime_checkable
class CompletesSessions(Protocol):
    """completes a session and sums it up"""

    async def complete(self) -> float: ...


@runtime_checkable
class KeepsRecords(Protocol):
    """gives back what was said in a session, and the points for it"""

    said: list[str]

    @reads_only
    async def conversation(self) -> list[tuple[str, str]]: ...
    @reads_only
    async def points(self) -> list[tuple[str, int]]: ...


@runtime_checkable
class StoresMessages(Protocol):
    """stores messages where we can look"""

    @reads_only
    async def stored(self, words: str) -> int: ...


@runtime_checkable
class TakesItsTime(Protocol):
    """has trainings that last for minutes"""

    minute: float


@runtime_checkable
class GuardsContent(Protocol):
    """has content that is not for everybody, or can be asked for what it does not have"""

    async def open(self, what: str) -> str: ...
