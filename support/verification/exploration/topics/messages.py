"""What people say to each other on a walk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations
from typing import ClassVar

from support.drivers.capabilities.collaboration import HasPlaces
from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.messaging import ListsContacts, SendsMessages
from support.drivers.capabilities.sessions import KnowsEverybody
from support.verification.exploration.model import Model, OwedMessage
from support.verification.exploration.moves import AttemptOfOne, Move
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.comings import ComesOnline
from support.verification.exploration.words import PLAIN, SPECIAL
from support.vocabulary.terms.words import KINDS


@dataclass(frozen=True)
class SendsText(Move):
    """A message to a user who is online, or for certain is not."""

    says = '{sender} sends "{text}" to {receiver}'
    needs: ClassVar[tuple[type, ...]] = (SendsMessages, ListsContacts)
    weight = 24
    sender: str
    receiver: str
    kind: str = ""
    text: str = ""

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        pairs = list(permutations(people, 2))
        yield from (cls(one, other) for _ in range(2) for one, other in pairs)
        yield from (cls(*pairs[number % len(pairs)], kind) for number, kind in enumerate(SPECIAL))

    @property
    def plain(self) -> Move:
        return replace(self, kind="")

    def worded(self, model: Model) -> "SendsText":
        text = SPECIAL.get(self.kind) or next(text for text in PLAIN if text not in model.said)
        return type(self)(self.sender, self.receiver, self.kind, text)

    @property
    def actors(self) -> tuple[str, ...]:
        return (self.sender,)

    def fits(self, model: Model) -> bool:
        waits = model.keeps_for_the_absent and model.is_offline(self.receiver)
        may_arrive = model.is_online(self.receiver) or waits
        return model.is_online(self.sender) and may_arrive and self.text not in model.said

    def happen(self, model: Model) -> None:
        model.say(OwedMessage(self.sender, self.receiver, self.text))
        model.private = self.text


@dataclass(frozen=True)
class SaysAgain(SendsText):
    """The same words as just before, to the same receiver, who has not had them judged yet."""

    weight = 5

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(one, other) for one, other in permutations(people, 2))

    def worded(self, model: Model) -> "SaysAgain":
        own = [one for one in model.messages if (one.sender, one.receiver) == (self.sender, self.receiver)]
        return type(self)(self.sender, self.receiver, "", own[-1].text if own and own[-1].count == 1 else "")

    def fits(self, model: Model) -> bool:
        return bool(self.text) and model.is_online(self.sender)


@dataclass(frozen=True)
class SendsMany(SendsText):
    """Numbered messages without a pause; so many once between two people, for they are numbered alike."""

    says = "{sender} sends {count} messages to {receiver} without a pause"
    weight = 2
    count: int = 20

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(one, other) for one, other in permutations(people, 2))

    def worded(self, model: Model) -> "SendsMany":
        return type(self)(self.sender, self.receiver, "", f"{self.count} of {self.sender} to {self.receiver}")

    def happen(self, model: Model) -> None:
        model.say(OwedMessage(self.sender, self.receiver, self.text, self.count))


@dataclass(frozen=True)
class SendsWhileComing(SendsMany):
    """Numbered messages to a user who is offline and comes online meanwhile."""

    says = "{sender} sends {count} messages to {receiver}, who comes online meanwhile"
    needs = (SendsMessages, ListsContacts, Connects)
    unless = (HasPlaces,)
    weight = 2
    count: int = 10

    @property
    def disturbed(self) -> tuple[str, ...]:
        return (self.receiver,)

    def fits(self, model: Model) -> bool:
        return super().fits(model) and model.is_offline(self.receiver) and ComesOnline((self.receiver,)).fits(model)

    def happen(self, model: Model) -> None:
        ComesOnline((self.receiver,)).happen(model)
        super().happen(model)


@dataclass(frozen=True)
class SendEachOther(Move):
    """Numbered messages of two who write at the same time; they cross on their way."""

    says = "{one} and {other} send each other {count} messages at the same time"
    needs = (SendsMessages, ListsContacts)
    weight = 3
    one: str
    other: str
    count: int = 15

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(one, other) for one, other in combinations(people, 2))

    @property
    def actors(self) -> tuple[str, ...]:
        return (self.one, self.other)

    def fits(self, model: Model) -> bool:
        return model.is_online(*self.actors) and not any(one.text in model.said for one in self._messages())

    def happen(self, model: Model) -> None:
        for message in self._messages():
            model.say(message)

    def _messages(self) -> list[OwedMessage]:
        pairs = ((self.one, self.other), (self.other, self.one))
        return [OwedMessage(one, other, f"{self.count} of {one} to {other}", self.count) for one, other in pairs]


@dataclass(frozen=True)
class SendsEveryKind(SendsText):
    """Words of every kind that the suite knows, those that stand in no line of a walk too; once in a walk."""

    says = "{sender} sends words of every kind to {receiver}"
    weight = 3

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(one, other) for one, other in permutations(people, 2))

    def worded(self, model: Model) -> "SendsEveryKind":
        return type(self)(self.sender, self.receiver, "", "words of every kind")

    def fits(self, model: Model) -> bool:
        return super().fits(model) and not model.said & set(SPECIAL.values())

    def happen(self, model: Model) -> None:
        judged = "receives the words of every kind from {sender}, as they were written"
        model.say(OwedMessage(self.sender, self.receiver, self.text, len(KINDS), judged))
        model.said |= set(SPECIAL.values())


@dataclass(frozen=True)
class SendsToNobody(AttemptOfOne):
    """A message to a user who does not exist."""

    says = '{who} sends "Is there a reply?" to a user who does not exist'
    needs = (SendsMessages, KnowsEverybody)
    weight = 2

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who)

    def happen(self, model: Model) -> None:
        """No user is owed anything for it."""


TOPIC = Topic(
    (SendsText, SaysAgain, SendsMany, SendsWhileComing, SendsToNobody, SendEachOther, SendsEveryKind),
)
