"""Trainings: what is said to the trainer is acknowledged, answered, judged and kept, until the session is completed."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from support.drivers.capabilities.messaging import AsksBots
from support.drivers.capabilities.probing import TakesFrames
from support.drivers.capabilities.training import CompletesSessions, KeepsRecords, Trains
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.model import Due, Model, Whereabouts
from support.verification.exploration.moves import ChangeOfOne, Move, MustBeRefused
from support.verification.exploration.topic import Topic
from support.verification.exploration.words import PLAIN, SPECIAL
from support.vocabulary.terms.words import KINDS

TRAINER = "ChatGPT"
#: Words that are given so many points, whatever is said before and after: taking part, and one helpful word.
_JUDGED = {"Zzz": 70, "I am glad that you called": 90, "Helpful assistance": 70}
#: Things said with which a session is too short to be completed for certain, and with which it is long enough.
_SHORT, _LONG = 2, 5
#: Things said in a session after which no more is said, for the system takes so many a minute and no more.
_MOST = 18
#: What a client may send that is no message.
_NONSENSE = (
    "something garbled",
    "nothing at all",
    "a list",
    "raw bytes",
    "a message whose kind is a list",
    "a blank message",
    "a message without words",
    "a message of an unknown kind",
    "words in the trainer's name",
)


@dataclass
class SessionUnderWay:
    """How much was said in a pilot user's session, whether it is completed, and how what is said there is judged."""

    said: int = 0
    completed: bool = False
    judged: str = ""
    under_way: bool = False
    """Whether something was said without a pause that is not judged yet."""
    in_vain: bool = False
    """Whether something was said that was refused: it has no reply, so nothing is said of what is found again."""


class SessionsUnderWay:
    """The session of each."""

    def __init__(self, people: Sequence[str]) -> None:
        self.of = {name: SessionUnderWay() for name in people}


@dataclass(frozen=True)
class InSession(ChangeOfOne):
    """What a pilot user does in the session, who has got what came of all before."""

    needs: ClassVar[tuple[type, ...]] = (Trains, AsksBots)
    always_heard: ClassVar[bool] = True
    """Whether what comes of it can be told from what comes of things said without a pause."""
    judged: ClassVar[str] = ""
    """How: a phrase about the whole of what comes of each cannot be told together with one about a part of it."""

    def session(self, model: Model) -> SessionUnderWay:
        return model.part(SessionsUnderWay).of[self.who]

    def fits(self, model: Model) -> bool:
        heard = self.always_heard or self.who not in model.unsettled
        judged = self.session(model).judged
        alike = not self.judged or judged in ("", self.judged)
        return model.is_online(self.who) and heard and alike and self.may(self.session(model))

    def say(self, model: Model, count: int = 1) -> None:
        """So many things were said."""
        session = self.session(model)
        session.said += count
        session.judged = self.judged

    def say_without_pause(self, model: Model, count: int) -> None:
        """So many things were said, and what comes of each is not told apart."""
        self.say(model, count)
        self.session(model).under_way = True
        model.unsettled.add(self.who)

    def may(self, session: SessionUnderWay) -> bool:
        """Whether it can be done in the session as it is."""
        return not session.completed and session.said <= _MOST


@dataclass(frozen=True)
class SaysToTrainer(InSession):
    """Something, each once in a walk: a reply comes of it, and points. `kind` is what is special about the words."""

    weight = 14
    always_heard = False
    judged = "as a whole"
    text: str = ""
    kind: str = ""

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who) for who in people)
        yield from (cls(people[number % len(people)], "", kind) for number, kind in enumerate(SPECIAL))

    @property
    def plain(self) -> Move:
        return replace(self, kind="")

    def worded(self, model: Model) -> "SaysToTrainer":
        text = SPECIAL.get(self.kind) or next(text for text in PLAIN if text not in model.said)
        return type(self)(self.who, text, self.kind)

    def fits(self, model: Model) -> bool:
        return super().fits(model) and self.text not in model.said

    @property
    def phrase(self) -> str:
        return f'{self.who} asks {TRAINER} "{self.text}"'

    def happen(self, model: Model) -> None:
        model.said.add(self.text)
        self.say(model)
        model.due(self.who, "gets an acknowledgement, a reply and feedback, in this order")
        model.dues.append(Due(f'{TRAINER} is asked "{self.text}" once', frozenset((self.who,))))


@dataclass(frozen=True)
class Asks(SaysToTrainer):
    """The same; and the reply is one to these very words."""

    weight = 10
    always_heard = True
    judged = "in parts"

    def happen(self, model: Model) -> None:
        model.said.add(self.text)
        self.say(model)
        model.due(self.who, f'receives the answer of {TRAINER} to "{self.text}"', "is told how to do better")


@dataclass(frozen=True)
class IsGivenPoints(SaysToTrainer):
    """Words of which it is known what they are worth."""

    weight = 6
    judged = "in parts"

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, words) for words in _JUDGED for who in people)

    def worded(self, model: Model) -> "IsGivenPoints":
        return self

    def happen(self, model: Model) -> None:
        self.say(model)
        answer = f'receives the answer of {TRAINER} to "{self.text}"'
        model.due(self.who, answer, f"is given {_JUDGED[self.text]} points")


@dataclass(frozen=True)
class SaysMany(InSession):
    """Several things without a pause; each is answered, which what is kept of the session tells."""

    says = "{who} says 3 things without a pause"
    weight = 5
    judged = "in parts"

    def fits(self, model: Model) -> bool:
        return super().fits(model) and self.who not in model.quiet

    def happen(self, model: Model) -> None:
        self.say_without_pause(model, 3)


@dataclass(frozen=True)
class SaysEveryKind(InSession):
    """Words of every kind that the suite knows, those that stand in no line of a walk too; once in a walk."""

    says = f"{{who}} asks {TRAINER} words of every kind"
    weight = 4
    judged = "in parts"

    def fits(self, model: Model) -> bool:
        return super().fits(model) and self.who not in model.quiet and not model.said & set(SPECIAL.values())

    def may(self, session: SessionUnderWay) -> bool:
        return super().may(session) and session.said + len(KINDS) <= _MOST

    def happen(self, model: Model) -> None:
        self.say_without_pause(model, len(KINDS))
        model.said |= set(SPECIAL.values())
        words = f"{TRAINER} is asked the words of every kind, each once, as they were written"
        model.dues.append(Due(words, frozenset((self.who,))))


@dataclass(frozen=True)
class SaysNonsense(MustBeRefused, InSession):
    """Something that is no message; the conversation goes on."""

    says = "the client of {who} sends {frame}"
    choices = (_NONSENSE,)
    weight = 5
    needs = (Trains, AsksBots, TakesFrames)
    frame: str = ""


@dataclass(frozen=True)
class Completes(InSession):
    """A session that is long enough."""

    says = "{who} tries to complete the session"
    weight = 16
    needs = (Trains, AsksBots, CompletesSessions)

    def may(self, session: SessionUnderWay) -> bool:
        return super().may(session) and session.said >= _LONG

    def happen(self, model: Model) -> None:
        self.session(model).completed = True


@dataclass(frozen=True)
class CompletesWrongly(MustBeRefused, Completes):
    """A session that is too short, or completed already."""

    weight = 4

    def may(self, session: SessionUnderWay) -> bool:
        return session.completed or session.said <= _SHORT


@dataclass(frozen=True)
class SaysTooLate(SaysToTrainer):
    """Something in a session that is completed, to which nothing is added."""

    weight = 16
    judged = ""

    def may(self, session: SessionUnderWay) -> bool:
        return session.completed

    def happen(self, model: Model) -> None:
        model.said.add(self.text)
        self.session(model).in_vain = True
        model.due(self.who, "is refused")


def settled(model: Model, people: Collection[str]) -> Iterator[WalkLine]:
    """Judge that all is answered and kept which these people have said without a pause: then nothing is under way."""
    for name, session in model.part(SessionsUnderWay).of.items() if model.can(Trains, KeepsRecords) else ():
        if name in people and session.under_way and model.is_online(name):
            session.under_way = False
            yield from _found_again(name)


def _found_again(name: str) -> Iterator[WalkLine]:
    yield WalkLine("then", f"{name} finds the conversation again")
    yield WalkLine("then", f"{name} finds the points for each message again")


def standing(model: Model, last: bool) -> Iterator[WalkLine]:
    """Judge that what was said and given is found again, and that conversations go on."""
    if not model.can(Trains):
        return
    for name, session in model.part(SessionsUnderWay).of.items():
        if model.whereabouts(name) is not Whereabouts.ONLINE:
            continue
        if model.can(KeepsRecords) and session.said and not session.in_vain:
            yield from _found_again(name)
        if last and not session.completed and session.judged != SaysToTrainer.judged:
            yield WalkLine("then", f"{name} can talk to {TRAINER}")


TOPIC = Topic(
    (
        SaysToTrainer, Asks, IsGivenPoints, SaysMany, SaysEveryKind, SaysNonsense, Completes, CompletesWrongly,
        SaysTooLate,
    ),
    settled,
    standing,
)  # fmt: skip
