"""Bots that users ask as they write to each other; what is for other users they are never asked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from support.drivers.capabilities.messaging import AsksBots, SendsMessages
from support.verification.exploration.model import Due, Model
from support.verification.exploration.moves import AttemptOfOne, Move
from support.verification.exploration.topic import Topic
from support.verification.exploration.words import QUESTIONS
from support.vocabulary.parameters import BOTS


@dataclass(frozen=True)
class AsksBot(AttemptOfOne):
    """A question to a bot, each once in a walk."""

    needs = (AsksBots, SendsMessages)
    asks_bots = True
    weight = 4
    bot: str
    question: str = ""

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, bot) for bot in BOTS for who in people)

    def worded(self, model: Model) -> "AsksBot":
        return replace(self, question=next((one for one in QUESTIONS if one not in model.said), ""))

    @property
    def phrase(self) -> str:
        return f'{self.who} asks {self.bot} "{self.question}"'

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who) and bool(self.question)

    def happen(self, model: Model) -> None:
        model.said.add(self.question)
        model.asked[self.bot] = self.question
        whose = frozenset((self.who,))
        model.dues.append(Due(f'{self.who} receives the answer of {self.bot} to "{self.question}"', whose))
        model.dues.append(Due(f'{self.bot} is asked "{self.question}" once', whose))


TOPIC = Topic((AsksBot,))
