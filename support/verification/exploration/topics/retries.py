"""Messages that cannot be delivered at once: they are tried again, and have failed after so many attempts.

While the workers are cut off, one message is submitted, and no more: how many attempts are made of it is known.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from support.drivers.capabilities.delivery import FollowsMessages, SubmitsMessages
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.model import Model
from support.verification.exploration.moves import Move
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.deliveries import Queue, Submits, WorkersGo

#: Attempts after which a message has failed.
_MOST = 5


class RetriedMessage:
    """Whose message is tried in vain, and whose has failed and is not judged yet; empty if no user's."""

    def __init__(self, people: Sequence[str]) -> None:
        self.whose = ""
        self.failed = ""


@dataclass(frozen=True)
class WorkersAreCutOff(WorkersGo):
    """The workers take messages up and cannot report what becomes of them."""

    weight = 5
    disturbs_all = True

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield cls("every worker", "is cut off")

    def happen(self, model: Model) -> None:
        super().happen(model)
        queue = model.part(Queue)
        queue.retrying, queue.tried = True, False


@dataclass(frozen=True)
class SubmitsInVain(Submits):
    """The one message that is tried while the workers are cut off."""

    weight = 12
    always = False
    in_outage = True

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who) for who in people)

    def fits(self, model: Model) -> bool:
        queue = model.part(Queue)
        waits = queue.retrying and not queue.tried and not model.part(RetriedMessage).whose
        return waits and self.who not in queue.revoked and self.text not in model.said

    def happen(self, model: Model) -> None:
        super().happen(model)
        model.part(RetriedMessage).whose = self.who


@dataclass(frozen=True)
class FirstAttemptFails(Move):
    """A message is not delivered at the first attempt; it is when the workers are back."""

    says = "the first attempt to deliver has failed"
    needs: ClassVar[tuple[type, ...]] = (SubmitsMessages, FollowsMessages)
    weight = 8
    in_outage = True

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield cls()

    @property
    def process(self) -> str:
        """What the workers were cut off for."""
        return "every worker"

    def fits(self, model: Model) -> bool:
        return model.part(Queue).retrying and bool(model.part(RetriedMessage).whose)

    def happen(self, model: Model) -> None:
        model.part(Queue).tried = True
        model.part(RetriedMessage).whose = ""


@dataclass(frozen=True)
class AttemptsAreUsedUp(FirstAttemptFails):
    """The only message of a user fails for good; after that it is not judged any more that each is delivered."""

    says = f"all {_MOST} attempts to deliver are used up"

    def fits(self, model: Model) -> bool:
        return super().fits(model) and model.part(Queue).accepted[model.part(RetriedMessage).whose] == 1

    def happen(self, model: Model) -> None:
        tried = model.part(RetriedMessage)
        tried.failed = tried.whose
        super().happen(model)
        model.part(Queue).in_order = False


def settled(model: Model, people: Collection[str]) -> Iterator[WalkLine]:
    """Judge that a message has failed, when the workers can say so."""
    tried = model.part(RetriedMessage)
    if tried.failed and not model.down:
        yield WalkLine("then", f"the message of {tried.failed} has failed after {_MOST} attempts")
        tried.failed = ""


TOPIC = Topic((WorkersAreCutOff, SubmitsInVain, FirstAttemptFails, AttemptsAreUsedUp), settled)
