"""Where something stands in a file, and that a file cannot be read there."""

import os
from pathlib import Path
from typing import NamedTuple

from behave.parser import ParserError

from support.core.errors import SuiteError


class Location(NamedTuple):
    """A line of a file, for what is no statement of its own."""

    filename: str
    line: int

    def __str__(self) -> str:
        return f"{os.path.relpath(Path(self.filename).absolute())}:{self.line}"


class NotReadable(SuiteError, ParserError):  # type: ignore[misc]  # noqa: N818 - a fact about one file
    """A file of the suite that cannot be read: the line at fault, and why. A ParserError, as behave expects."""

    def __init__(self, place: Location, reason: str) -> None:
        Exception.__init__(self, reason)
        self.filename = place.filename
        self.line = place.line
        self.place = place
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.place}: {self.reason}"
