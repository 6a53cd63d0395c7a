"""Bots that users ask as they write to each other; what is for other users they are never asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from support.drivers.capabilities.connections import ConnectsOften
from support.drivers.capabilities.messaging import AsksBots, SendsMessages
from support.verification.exploration.lines import listed
from support.verification.exploration.model import Due, Model
from support.verification.exploration.moves import AttemptOfOne, Move
from support.verification.exploration.topic import Topic
from support.verification.exploration.words import QUESTIONS
from support.vocabulary.parameters import BOTS


@dataclass(frozen=True)
class AsksBot(AttemptOfOne):
    """A question to a bot, each once in a walk."""

    says = '{who} asks {bot} "{question}"'
    choices = (BOTS,)
    needs = (AsksBots, SendsMessages)
    asks_bots = True
    weight = 4
    bot: str
    question: str = ""

    def worded(self, model: Model) -> "AsksBot":
        return replace(self, question=next((one for one in QUESTIONS if one not in model.said), ""))

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who) and bool(self.question)

    def happen(self, model: Model) -> None:
        model.said.add(self.question)
        model.asked[self.bot] = self.question
        whose = frozenset((self.who,))
        several = model.participants[self.who].connections > 1 and model.can(ConnectsOften)
        where = " on every connection" if several else ""
        model.dues.append(Due(f'{self.who} receives the answer of {self.bot} to "{self.question}"{where}', whose))
        model.dues.append(Due(f'{self.bot} is asked "{self.question}" once', whose))


@dataclass(frozen=True)
class AskTogether(Move):
    """Several users ask a bot before any has an answer; once in a walk, for each asks the same words each time."""

    says = "{everybody} ask {bot} at the same time, each something else"
    needs: ClassVar[tuple[type, ...]] = (AsksBots, SendsMessages)
    asks_bots = True
    weight = 2
    who: tuple[str, ...]
    bot: str

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(tuple(some), bot) for bot in BOTS for some in (people, people[:2], people[1:]))

    @property
    def phrase(self) -> str:
        return self.says.format(everybody=listed(self.who), bot=self.bot)

    @property
    def actors(self) -> tuple[str, ...]:
        return self.who

    def fits(self, model: Model) -> bool:
        return model.is_online(*self.who) and self.says not in model.said

    def happen(self, model: Model) -> None:
        model.said.add(self.says)
        whose = frozenset(self.who)
        model.dues.append(Due(f"{listed(self.who)} each receive the answer of {self.bot} to their own question", whose))


TOPIC = Topic((AsksBot, AskTogether))
