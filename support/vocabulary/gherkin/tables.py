r"""Rows of tables: what stands between bars. `\|` is a bar, `\n` a new line and `\\` a backslash, as Gherkin says."""

import re
from collections import Counter

_CELL = re.compile(r"((?:[^|\\]|\\.)*+)\|")
_ROW = re.compile(r"\|(?:(?:[^|\\]|\\.)*+\|)+")
_ESCAPED = re.compile(r"\\([|n\\])")
_MEANT = {"|": "|", "n": "\n", "\\": "\\"}


def raw_cells(row: str) -> list[str] | None:
    """The cells of a row as they are written, without blanks around them; None if no bar ends the row."""
    return [cell.strip() for cell in _CELL.findall(row[1:])] if _ROW.fullmatch(row) else None


def cells(row: str) -> list[str] | None:
    """The cells of a row as they are meant; None if no bar ends the row."""
    raw = raw_cells(row)
    return None if raw is None else [_ESCAPED.sub(lambda found: _MEANT[found[1]], cell) for cell in raw]


def trouble_of_headings(headings: list[str]) -> str | None:
    """Why these cannot be the columns of a table, if they cannot: each has a name, and its own."""
    if "" in headings:
        return "a column has no name: the first row of a table names its columns"
    twice = [heading for heading, count in Counter(headings).items() if count > 1]
    return f"two columns are called {twice[0]!r}: the second would never be looked at" if twice else None
