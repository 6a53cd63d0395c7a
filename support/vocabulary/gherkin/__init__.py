"""Feature files: all that Gherkin can say is taken, or refused in one line with file and line.

behave's parser drops what it has no place for, and knows nothing of files. `read` is the one way to a feature's text
for lint, format and trace, and, once behave is told by `install`, for every run.
"""

import re
from pathlib import Path

from behave import parser
from behave.model import Feature

from support.vocabulary.gherkin import never_run
from support.vocabulary.gherkin.grammar import Grammar, Text
from support.vocabulary.gherkin.locations import Location, NotReadable

__all__ = ["Location", "NotReadable", "install", "line_of", "lines", "read", "read_for_a_run"]


def read(path: Path | str, language: str | None = None) -> tuple[str, Feature | None]:
    """The text of a feature file without its byte order mark, and what it says; None if it holds no feature.

    Args:
        path: the file.
        language: of its keywords, unless its first line says otherwise; English by default.

    Raises:
        NotReadable: it is no UTF-8, or not Gherkin; says where and why.
    """
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = Path(path).read_bytes().count(b"\n", 0, error.start) + 1
        raise NotReadable(Location(str(path), line), "the file is not UTF-8: save it as UTF-8") from error
    try:
        feature = Grammar(language).parse(Text(text), str(path))
    except parser.ParserError as error:
        reason = " ".join(str(error.args[0]).split())
        raise NotReadable(Location(str(path), error.line or 1), reason) from error
    return text, feature


def lines(text: str) -> list[str]:
    """The lines of a file; a line ends at its end alone, not at what Unicode calls a separator."""
    return re.sub(r"\n\Z", "", text).split("\n")


def line_of(text: str, lines: list[str], below: int) -> int:
    """The number of the line that says `text` and stands below another; that one's, if none does."""
    return next((number for number, line in enumerate(lines[below:], below + 1) if line.strip() == text), below)


def install() -> None:
    """Have behave read its feature files as we do."""
    parser.parse_file = read_for_a_run


def read_for_a_run(filename: str, language: str | None = None) -> Feature | None:
    """Like `read`, and what a file says must also have an effect in a run.

    Raises:
        NotReadable: it is not Gherkin, or says something that would never be played.
    """
    _, feature = read(filename, language)
    for place, reason in never_run.unplayed(feature) if feature else ():
        raise NotReadable(Location(filename, place.line), reason)
    return feature
