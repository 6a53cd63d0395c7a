"""Messages while Redis or the main server is away: they are refused, or accepted and delivered later."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from support.verification.exploration.model import Model
from support.verification.exploration.moves import Choices, Move
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.deliveries import DeliveryFault, Queue, Submits, SubmitsMany, WorkersGo

_REDIS, _MAIN = "Redis", "main server"


class MainServerOutage:
    """Whether messages were accepted in it: in a long one all attempts to deliver them might be used up."""

    def __init__(self, people: Sequence[str]) -> None:
        self.was_used = False


@dataclass(frozen=True)
class ServerGoes(WorkersGo):
    """Redis or the main server is away, until it is back."""

    weight = 5
    disturbs_all = True

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(server, way) for way in ("is stopped", "is cut off") for server in (_REDIS, _MAIN))

    def happen(self, model: Model) -> None:
        super().happen(model)
        model.part(MainServerOutage).was_used = False


@dataclass(frozen=True)
class ServerIsBack(DeliveryFault):
    """The outage ends."""

    weight = 10
    always: ClassVar[bool] = False
    disturbs_all = False
    in_outage = True

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(server, "is back") for server in (_REDIS, _MAIN))

    def fits(self, model: Model) -> bool:
        return model.down == self.holds

    def happen(self, model: Model) -> None:
        model.down = ""


@dataclass(frozen=True)
class SubmitsWithoutRedis(Submits):
    """What cannot be kept is refused with the reason, and delivered never."""

    says = '{who} tries to submit "{text}"'
    weight = 12
    always = False
    in_outage = True

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who) for who in people)

    def fits(self, model: Model) -> bool:
        return model.down == _REDIS and self.who not in model.part(Queue).revoked and self.text not in model.said

    def happen(self, model: Model) -> None:
        model.said.add(self.text)
        model.due(self.who, f"is told that {_REDIS} is unavailable")


@dataclass(frozen=True)
class SubmitsWithoutMain(SubmitsMany):
    """What is accepted then, once in an outage, is registered when the main server is back, and delivered."""

    choices: ClassVar[Choices] = ((3,), ("",))
    weight = 12
    always = False
    in_outage = True

    def fits(self, model: Model) -> bool:
        unused = model.down == _MAIN and not model.part(MainServerOutage).was_used
        return unused and self.who not in model.part(Queue).revoked

    def happen(self, model: Model) -> None:
        super().happen(model)
        model.part(MainServerOutage).was_used = True


TOPIC = Topic((ServerGoes, ServerIsBack, SubmitsWithoutRedis, SubmitsWithoutMain))
