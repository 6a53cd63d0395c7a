"""What an examination finds, and how it is shown: a plain table."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

#: "ok"; "note" for what is worth knowing; "WRONG" for what keeps scenarios from being played as the profile says.
State = Literal["ok", "note", "WRONG"]


@dataclass(frozen=True)
class CheckResult:
    """One line: which part was looked at, the thing itself, how it is, and what was seen."""

    part: str
    thing: str
    state: State
    seen: str = ""

    @property
    def cells(self) -> tuple[str, str, str, str]:
        return self.part, self.thing, self.state, " ".join(self.seen.split())


def table(findings: Iterable[CheckResult]) -> str:
    """The findings in columns as wide as what stands in them."""
    rows = [finding.cells for finding in findings]
    widths = [max((len(row[column]) for row in rows), default=0) for column in range(3)]
    return "\n".join("  ".join((*map(str.ljust, row, widths), row[3])).rstrip() for row in rows)
