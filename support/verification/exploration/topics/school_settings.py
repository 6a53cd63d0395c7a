"""The settings of a school: those that are new are shown; those that are the same as before are no news."""

from dataclasses import dataclass
from typing import ClassVar

from support.verification.exploration.model import Model
from support.verification.exploration.moves import Choices
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.school import InSchool

_WORDS = ("Music for all", "Chess and checkers", "Open on Sundays")
_ADDRESSES = ("1 Harbour Street", "2 Hill Road")


@dataclass(frozen=True)
class ChangesSettings(InSchool):
    """What is shown of settings that are sent: all that has changed, and that the address has if nothing else did."""

    weight = 2

    def sent(self) -> dict[str, str]:
        """The settings by their kinds."""
        return {kind: value for kind, value in vars(self).items() if kind in ("words", "address")}

    def happen(self, model: Model) -> None:
        school, sent = self.school(model), self.sent()
        changed = [kind for kind, value in sent.items() if school.settings.get(kind) != value]
        school.settings |= sent
        if changed:
            what = "address of the school alone" if changed == ["address"] else "settings"
            model.owe(school.viewers, f"{self.who} has changed the {what}")


@dataclass(frozen=True)
class DescribesSchool(ChangesSettings):
    """New words."""

    says = '{who} describes the school as "{words}"'
    choices: ClassVar[Choices] = (_WORDS,)
    words: str


@dataclass(frozen=True)
class MovesSchool(ChangesSettings):
    """A new address."""

    says = '{who} moves the school to "{address}"'
    choices: ClassVar[Choices] = (_ADDRESSES,)
    address: str


@dataclass(frozen=True)
class DescribesAndMoves(ChangesSettings):
    """Both together, each of which may be the same as before."""

    says = '{who} describes the school as "{words}" and moves it to "{address}"'
    choices: ClassVar[Choices] = (_WORDS[:2], _ADDRESSES)
    weight = 4
    words: str
    address: str


TOPIC = Topic((DescribesSchool, MovesSchool, DescribesAndMoves))
