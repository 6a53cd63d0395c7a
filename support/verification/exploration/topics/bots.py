"""Bots that users ask as they write to each other; what is for other users they are never asked."""

from dataclasses import dataclass, replace

from support.drivers.capabilities.messaging import AsksBots, SendsMessages
from support.verification.exploration.model import Due, Model
from support.verification.exploration.moves import AttemptOfOne
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
        model.dues.append(Due(f'{self.who} receives the answer of {self.bot} to "{self.question}"', whose))
        model.dues.append(Due(f'{self.bot} is asked "{self.question}" once', whose))


TOPIC = Topic((AsksBot,))
