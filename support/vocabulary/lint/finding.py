"""What a rule says, and about which line."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from support.vocabulary.gherkin import Location

__all__ = ["Located", "Location", "Spots", "Violation", "finding"]


class Located(Protocol):
    """Anything that knows where it stands: every statement of behave's model does."""

    @property
    def filename(self) -> str: ...
    @property
    def line(self) -> int: ...


#: Places that break a rule, each with what to do about it.
Spots = Iterator[tuple[Located, str]]


@dataclass(frozen=True, order=True)
class Violation:
    """One line that breaks one rule. `file` is relative to the working directory, `message` says what to do."""

    file: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message} [{self.rule}]"


def finding(place: Located, rule: str, message: str) -> Violation:
    """A finding at `place`, however its file is spelled there."""
    return Violation(os.path.relpath(Path(place.filename).absolute()), place.line, rule, message)
