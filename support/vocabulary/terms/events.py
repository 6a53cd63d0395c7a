"""What a phrase says has happened, as what to look for in an inbox or in an activity feed."""

import re
from dataclasses import dataclass

from support.core.events import HAPPENINGS, Arrival, Figure, InvitationStatus, Message, News, Posted, Word
from support.core.inbox import Wanted
from support.vocabulary.terms import collaboration

_FIGURE = r"the school now has (\d+) (student|teacher|class|pending invitation)(?:s|es)?(?:, (\d+) (more|fewer))?"
_LESSON = r"a class of (.*) of (\d+) minutes has been planned"
_NEWCOMER = r"(.*) has joined as a teacher, and is shown as one"
_SETTING = r"(.*) has changed the (address|description) of the school alone"
_STATUS = r"an invitation has gone from (\w+) to (\w+)"


@dataclass(frozen=True)
class Happening:
    """Something that has happened: its words in the scenario, the kind of arrival that tells of it, and which."""

    words: str
    kind: type[Arrival]
    wanted: Wanted

    @property
    def called(self) -> str:
        """How a failure names it: a message by itself, all else as word of it."""
        return self.words if issubclass(self.kind, Message | Posted) else f"word that {self.words}"


def pattern(person: str) -> str:
    """The expression for everything that can have happened, in a school and wherever people work together.

    Args:
        person: the expression for a person.
    """
    whom = rf'(?:{person}|[^"]*)'
    news = (re.escape(words).replace(r"\{\}", whom) for words in HAPPENINGS.values())
    others = (re.sub(r"\((?!\?)", "(?:", other) for other in (_FIGURE, _STATUS, _NEWCOMER, _SETTING))
    return "|".join((collaboration.pattern(person), *news, *others))


def happening(words: str) -> Happening:
    """What a phrase names."""
    if figure := re.fullmatch(_FIGURE, words):
        total, of = int(figure[1]), figure[2]
        by = int(f"{'-' if figure[4] == 'fewer' else ''}{figure[3]}") if figure[3] else None
        return Happening(words, Figure, lambda what: _is_figure(what, of, total, by))
    if status := re.fullmatch(_STATUS, words):
        return Happening(words, InvitationStatus, InvitationStatus(old=status[1], new=status[2]))
    if lesson := re.fullmatch(_LESSON, words):
        whom, minutes = lesson[1], int(lesson[2])
        return Happening(words, News, lambda what: what == News("class", whom) and _minutes_of(what) == minutes)
    if newcomer := re.fullmatch(_NEWCOMER, words):
        joined = News("teacher", newcomer[1])
        return Happening(words, News, lambda what: what == joined and _position_of(what) == "teacher")
    if setting := re.fullmatch(_SETTING, words):
        change, fields = News("settings", setting[1]), {f"school.{setting[2]}"}
        return Happening(words, News, lambda what: what == change and _changed_by(what) == fields)
    for kind, template in HAPPENINGS.items():
        if news := re.fullmatch(re.escape(template).replace(r"\{\}", "(.*)"), words):
            return Happening(words, News, News(kind, news[1]))
    return Happening(words, Word, lambda what: isinstance(what, Word) and what.what == words)


def _minutes_of(what: Arrival) -> float | None:
    return what.minutes if isinstance(what, News) else None


def _position_of(what: Arrival) -> str | None:
    return what.position if isinstance(what, News) else None


def _changed_by(what: Arrival) -> frozenset[str]:
    return what.changed if isinstance(what, News) else frozenset()


def _is_figure(what: Arrival, of: str, total: int, by: int | None) -> bool:
    """Whether word came that a figure has become `total`, by so many if it is named; none at all is no news."""
    if not isinstance(what, Figure) or (what.of, what.total) != (of, total):
        return False
    return what.change != 0 if by is None else what.change == by
