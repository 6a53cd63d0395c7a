"""Topics that users subscribe to: what is published there, what a topic keeps, and what waits for who is away.

The model promises what the standard does: a session outlasts its connection, and each subscriber gets what was
published while they were subscribed. Whether what is to arrive at most once waits for a user who is away, and how often
a message comes to a user who has two subscriptions that fit, the standard leaves open: such moves are left out.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import ClassVar

from support.drivers.capabilities.connections import Connects, TakesLeave
from support.drivers.capabilities.topics import KeepsSessions, PublishesOnTopics
from support.verification.exploration.lines import WalkLine, listed
from support.verification.exploration.model import Model, Whereabouts
from support.verification.exploration.moves import AttemptOfOne, ChangeOfOne, Choices
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.comings import Leaves
from support.verification.exploration.words import PLAIN
from support.vocabulary.terms.topics import QUALITIES

#: Topics that single messages are published on, one for numbered messages, and a wildcard.
SINGLE, NUMBERED, ALL_WEATHER = ("weather/oslo", "weather/bergen", "orders"), "readings", "weather/#"
_CITIES = SINGLE[:2]
#: Numbered messages that are published without a pause.
_COUNT = 20


@dataclass(frozen=True)
class OwedPublication:
    """What a subscriber is owed once they are online; without a text, all numbered messages."""

    who: str
    text: str
    topic: str
    kept: bool = False


@dataclass
class Subscriptions:
    """Who is subscribed to what, what each topic keeps, what is owed, and whether numbered messages were published."""

    people: tuple[str, ...]
    of: dict[str, set[str]] = field(init=False)
    kept: dict[str, str] = field(default_factory=dict, init=False)
    owed: list[OwedPublication] = field(default_factory=list, init=False)
    numbered: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.of = {name: set() for name in self.people}

    def subscribers(self, topic: str) -> list[str]:
        """Those who are told what is published on a topic."""
        return [name for name in self.people if self.of[name] & fitting(topic)]

    def published(self, text: str, topic: str) -> None:
        """All subscribers are owed it, who publishes it included."""
        self.owed += [OwedPublication(name, text, topic) for name in self.subscribers(topic)]


def fitting(topic: str) -> set[str]:
    """The subscriptions that a topic fits."""
    return {topic, ALL_WEATHER} if topic in _CITIES else {topic}


@dataclass(frozen=True)
class Subscribes(ChangeOfOne):
    """From now on what is published reaches the user, and first what the topic keeps."""

    says = '{who} subscribes to the topic "{topic}"'
    choices: ClassVar[Choices] = ((*SINGLE, ALL_WEATHER, NUMBERED, NUMBERED),)
    needs = (PublishesOnTopics, Connects)
    weight = 14
    topic: str

    def fits(self, model: Model) -> bool:
        own = model.part(Subscriptions).of[self.who]
        overlaps = any({self.topic, *own} >= {ALL_WEATHER, city} for city in _CITIES)
        return model.is_online(self.who) and self.topic not in own and not overlaps

    def happen(self, model: Model) -> None:
        part = model.part(Subscriptions)
        part.of[self.who].add(self.topic)
        found = [(topic, text) for topic, text in part.kept.items() if self.topic in fitting(topic)]
        part.owed += [OwedPublication(self.who, text, topic, kept=True) for topic, text in found]


@dataclass(frozen=True)
class Unsubscribes(Subscribes):
    """From now on nothing of one of the topics reaches the user."""

    says = '{who} unsubscribes from the topic "{topic}"'
    choices = (("",),)
    weight = 8

    def worded(self, model: Model) -> "Unsubscribes":
        return type(self)(self.who, min(model.part(Subscriptions).of[self.who], default=""))

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who) and bool(self.topic)

    def happen(self, model: Model) -> None:
        model.part(Subscriptions).of[self.who].remove(self.topic)


@dataclass(frozen=True)
class Publishes(AttemptOfOne):
    """A message that is to arrive so often; at most once only where no subscriber is away."""

    says = '{who} publishes "{text}" on the topic "{topic}" {quality}'
    choices: ClassVar[Choices] = (SINGLE, QUALITIES)
    needs: ClassVar[tuple[type, ...]] = (PublishesOnTopics, Connects)
    weight = 18
    topic: str
    quality: str = ""
    text: str = ""

    def worded(self, model: Model) -> "Publishes":
        text = next(text for text in PLAIN if text not in model.said)
        return type(self)(self.who, self.topic, self.quality, text)

    def fits(self, model: Model) -> bool:
        there = model.is_online(*model.part(Subscriptions).subscribers(self.topic))
        return model.is_online(self.who) and (there or self.quality != QUALITIES[0])

    def happen(self, model: Model) -> None:
        model.said.add(self.text)
        model.part(Subscriptions).published(self.text, self.topic)


@dataclass(frozen=True)
class PublishesToKeep(Publishes):
    """The topic keeps it for those who subscribe later; to those who have subscribed already it is a new message."""

    says = '{who} publishes "{text}" on the topic "{topic}", to be kept'
    choices: ClassVar[Choices] = (SINGLE,)
    weight = 8

    def happen(self, model: Model) -> None:
        super().happen(model)
        model.part(Subscriptions).kept[self.topic] = self.text


@dataclass(frozen=True)
class TakesAwayKept(PublishesToKeep):
    """The topic keeps nothing any more; where no user is subscribed, for subscribers get it as an empty message."""

    says = '{who} takes away what the topic "{topic}" keeps'
    choices = (("",),)
    weight = 5

    def worded(self, model: Model) -> "TakesAwayKept":
        part = model.part(Subscriptions)
        return type(self)(self.who, next((topic for topic in part.kept if not part.subscribers(topic)), ""))

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who) and bool(self.topic)

    def happen(self, model: Model) -> None:
        del model.part(Subscriptions).kept[self.topic]


@dataclass(frozen=True)
class PublishesMany(Publishes):
    """Numbered messages without a pause, once in a walk, for they are always numbered alike."""

    choices = ((NUMBERED,), QUALITIES)
    weight = 6

    def worded(self, model: Model) -> "PublishesMany":
        return self

    @property
    def phrase(self) -> str:
        return f'{self.who} publishes {_COUNT} messages on the topic "{self.topic}" {self.quality}, without a pause'

    def fits(self, model: Model) -> bool:
        return super().fits(model) and not model.part(Subscriptions).numbered

    def happen(self, model: Model) -> None:
        model.part(Subscriptions).numbered = True
        model.part(Subscriptions).published("", self.topic)


@dataclass(frozen=True)
class SignsOff(Leaves):
    """The client takes its leave, and the session waits for it."""

    says = "the client of {who} takes its leave"
    needs = (TakesLeave, PublishesOnTopics)
    weight = 10
    leads_to = Whereabouts.AWAY


@dataclass(frozen=True)
class BeginsAnew(ChangeOfOne):
    """The former session is forgotten, with its subscriptions and all that waits in it."""

    says = "{who} begins a new session"
    needs = (KeepsSessions, PublishesOnTopics)
    weight = 5

    def fits(self, model: Model) -> bool:
        return model.whereabouts(self.who) in (Whereabouts.ONLINE, Whereabouts.AWAY)

    def happen(self, model: Model) -> None:
        part = model.part(Subscriptions)
        part.of[self.who].clear()
        part.owed = [one for one in part.owed if one.who != self.who]
        model.participants[self.who].whereabouts = Whereabouts.ONLINE


def settled(model: Model, people: Collection[str]) -> Iterator[WalkLine]:
    """Judge what has to have reached these people."""
    part = model.part(Subscriptions)
    there = [one for one in part.owed if one.who in people and model.is_online(one.who)]
    part.owed = [one for one in part.owed if one not in there]
    for one in dict.fromkeys((one.text, one.topic, one.kept) for one in there):
        text, topic, kept = one
        who = [owed.who for owed in there if (owed.text, owed.topic, owed.kept) == one]
        if kept:
            yield from (WalkLine("then", f'{name} finds "{text}" kept on the topic "{topic}"') for name in who)
        elif text:
            yield WalkLine("then", f'"{text}" on the topic "{topic}" reaches {listed(who)}')
        else:
            told = f'receives all {_COUNT} messages on the topic "{topic}" in the order published'
            yield from (WalkLine("then", f"{name} {told}") for name in who)


TOPIC = Topic(
    (Subscribes, Publishes, PublishesToKeep, PublishesMany, Unsubscribes, TakesAwayKept, SignsOff, BeginsAnew), settled
)
