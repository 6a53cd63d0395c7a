"""What a server printed, in slices."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Log(Protocol):
    """What a process prints, wherever that is kept."""

    def size(self) -> int:
        """A mark to pass to `since` later."""

    def since(self, mark: int) -> str:
        """What was printed after `mark`."""


@dataclass(frozen=True)
class ServerLog:
    """The log file of one server; all its restarts append to it."""

    path: Path

    def size(self) -> int:
        """Bytes so far: a mark to pass to `since` later."""
        return self.path.stat().st_size if self.path.exists() else 0

    def since(self, mark: int) -> str:
        """What was printed after `mark` (a former `size`)."""
        if not self.path.exists():
            return ""
        with self.path.open("rb") as file:
            file.seek(mark)
            return file.read().decode(errors="replace")
