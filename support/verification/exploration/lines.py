"""The lines of a walk, as Gherkin."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from support.vocabulary.parameters import PEOPLE, PERSON

_QUOTED = re.compile(r'"[^"]*"')


@dataclass(frozen=True)
class WalkLine:
    """One step of a walk.

    `keyword` is given, when or then; `messages` are those of the table below it, and `senders` who sent each, if the
    table says so; `title` says the same in a title, where the text alone would leave something open; `breaks_system`
    if it is done to the system itself.
    """

    keyword: str
    text: str
    messages: tuple[str, ...] = ()
    title: str = ""
    breaks_system: bool = False
    senders: tuple[str, ...] = ()

    @property
    def people(self) -> set[str]:
        """The people it speaks of; what is quoted is theirs."""
        return {*re.findall(PERSON, _QUOTED.sub("", self.text)), *self.senders}

    @property
    def form(self) -> str:
        """What it says, whoever it is about and whatever is quoted in it."""
        return f"{self.keyword} {re.sub(PEOPLE, '{users}', _QUOTED.sub('{string}', self.text))}"


def tags_of(lines: Iterable[WalkLine]) -> tuple[str, ...]:
    """The tags that a scenario of these steps needs."""
    told = list(lines)
    blocks = [keyword for keyword, _ in groupby(line.keyword for line in told)]
    needed = {"breaks_system": any(line.breaks_system for line in told), "journey": blocks.count("when") > 1}
    return tuple(tag for tag, is_needed in needed.items() if is_needed)


def listed(people: Iterable[str]) -> str:
    """People as a phrase names them: "user A, user B and user C"."""
    *others, last = people
    return f"{', '.join(others)} and {last}" if others else last


def agreeing(people: Sequence[str], one: str, several: str) -> str:
    """People with the form of a verb that is theirs."""
    return f"{listed(people)} {one if len(people) == 1 else several}"


def as_gherkin(lines: Iterable[WalkLine], indent: str = "    ") -> str:
    """The steps of a scenario, with And for a keyword that is repeated, laid out as `earshot format` does."""
    written, before = [], ""
    for line in lines:
        keyword = "And" if line.keyword == before else line.keyword.title()
        written.append(f"{indent}{keyword} {line.text}")
        before = line.keyword
        written += [f"{indent}  {row}" for row in _table(line)]
    return "\n".join(written) + "\n"


def _table(line: WalkLine) -> list[str]:
    columns = [("from", *line.senders)] * bool(line.senders) + [("message", *line.messages)] * bool(line.messages)
    widths = [max(map(len, column)) for column in columns]
    rows = zip(*columns, strict=True)
    return [f"| {' | '.join(f'{cell:{width}}' for cell, width in zip(row, widths, strict=True))} |" for row in rows]
