"""How a feature file is laid out: indentation, blank lines, and tables in columns. What it says is never changed."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from behave import i18n

from support.vocabulary.gherkin.grammar import DOC_STRINGS
from support.vocabulary.gherkin.tables import raw_cells
from support.vocabulary.lint.source import Source

INDENT = "  "

#: How deep a heading stands; below a rule it is one deeper.
_DEPTHS = {"feature": 0, "rule": 1, "background": 1, "scenario": 1, "scenario_outline": 1, "examples": 2}
_STEPS = ("given", "when", "then", "and", "but")
_WITH_STEPS = ("background", "scenario", "scenario_outline")


@dataclass
class _Line:
    """One line, or one doc string. `kind` is a heading's, or "step", "row", "text", "doc", "tags" or "comment"."""

    kind: str
    text: str
    after_blank: bool
    depth: int = 0

    @property
    def leads(self) -> bool:
        """Whether it belongs to what comes after it."""
        return self.kind in ("tags", "comment")

    def __str__(self) -> str:
        return self.text if self.kind == "doc" else f"{INDENT * self.depth}{self.text}"


def laid_out(source: Source) -> str:
    """The text of a feature file as it should stand; doc strings stay to the letter, comments where they are."""
    lines = list(_lines(source))
    _set_depths(lines)
    _align_tables(lines)
    written = [f"{chr(10) * gap}{line}" for line, gap in zip(lines, _gaps(lines), strict=True)]
    return "\n".join(written) + "\n" * bool(lines)


def _lines(source: Source) -> Iterator[_Line]:
    """The lines by kind; blank ones are remembered by the line after them."""
    words = i18n.languages[str(source.feature.language) if source.feature else "en"]
    heading, blank, doc = "", False, list[str]()
    for raw in source.lines:
        text = raw.strip()
        if doc or text.startswith(DOC_STRINGS):
            doc.append(raw)
            if len(doc) > 1 and text.startswith(doc[0].strip()[:3]):
                yield _Line("doc", "\n".join(doc), blank)
                doc, blank = [], False
        elif text:
            kind, text = _kind(text, words, heading)
            heading = kind if kind in _DEPTHS else heading
            yield _Line(kind, text, blank)
            blank = False
        else:
            blank = True
    if doc:  # never closed, so it is no doc string to behave either
        yield _Line("doc", "\n".join(doc), blank)


def _kind(text: str, words: dict[str, list[str]], heading: str) -> tuple[str, str]:
    """What a line is below `heading`, and how it is written."""
    if text.startswith("@"):
        return "tags", " ".join(text.split())
    if text.startswith("#"):
        return "comment", text
    if text.startswith("|"):
        return "row", text
    for kind in _DEPTHS:
        for word in words[kind]:
            if text.startswith(f"{word}:"):
                return kind, f"{word}: {text[len(word) + 1 :].strip()}".rstrip()
    said = tuple(word for kind in _STEPS for word in words[kind])
    return "step" if heading in _WITH_STEPS and text.startswith(said) else "text", text


def _set_depths(lines: list[_Line]) -> None:
    """Headings by their kind, all else below them; tags and comments as deep as what they lead to."""
    heading, below, in_rule = "", 0, 0
    for line in lines:
        if line.kind in _DEPTHS:
            heading = line.kind
            line.depth = _DEPTHS[heading] + (in_rule if heading not in ("feature", "rule") else 0)
            in_rule, below = int(in_rule or heading == "rule"), line.depth + 1
        else:
            line.depth = below + (line.kind == "row" and heading in _WITH_STEPS)
    for after, line in pairwise(reversed(lines)):
        line.depth = after.depth if line.leads else line.depth


def _align_tables(lines: list[_Line]) -> None:
    """Bars under bars; a table with an open row stays, as its last letter is in danger already."""
    rest = (line for line in lines if line.kind != "comment")
    for is_table, rows in groupby(rest, key=lambda line: line.kind == "row"):
        table = list(rows) if is_table else []
        cells = [row for row in (raw_cells(line.text) for line in table) if row is not None]
        if len(cells) < len(table):
            continue
        widths = [max(map(_width, column)) for column in zip(*cells, strict=False)]
        for row, texts in zip(table, cells, strict=True):
            padded = (text + " " * (width - _width(text)) for text, width in zip(texts, widths, strict=False))
            row.text = f"| {' | '.join(padded)} |"


def _width(text: str) -> int:
    """How many columns of a terminal a text takes: pictures and Chinese two, joiners and accents none."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    return len(text) + wide - sum(unicodedata.category(letter) in ("Mn", "Me", "Cf") for letter in text)


def _gaps(lines: list[_Line]) -> Iterator[bool]:
    """Whether a blank line stands before each: before a heading and its tags, and between paragraphs if it did."""
    headings = [line.kind in _DEPTHS for line in lines]
    for number in range(len(lines) - 1, 0, -1):
        headings[number - 1] |= headings[number] and lines[number - 1].leads
    yield from [False] * bool(lines)
    for (before, line), opens in zip(pairwise(lines), headings[1:], strict=True):
        paragraph = line.after_blank and before.kind in ("text", "comment") and line.kind not in ("step", "row")
        yield paragraph or (opens and not before.leads)
