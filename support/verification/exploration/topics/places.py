"""Rooms and threads: who is in each, who hears it, and what was said there."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations
from typing import ClassVar, Self

from support.drivers.capabilities.collaboration import HasPlaces, ShowsTyping, StopsListening
from support.drivers.capabilities.messaging import SendsMessages
from support.verification.exploration.lines import WalkLine, agreeing, listed
from support.verification.exploration.model import Model
from support.verification.exploration.moves import AttemptOfOne, Move
from support.verification.exploration.topic import Topic
from support.verification.exploration.words import PLAIN, SPECIAL

#: The room that a walk may begin with, with everybody in it, and the places that are opened on the way.
ROOM = 'the room "Launch"'
ROOMS, THREADS = ('the room "Lunch"',), ('the thread "Plan"', 'the thread "Budget"')
PLACES = (ROOM, *ROOMS, *THREADS)
#: What is said of the first room without its name.
IN_ROOM = "in the room by request"


@dataclass
class OpenPlace:
    """A place that is open.

    `room` is the one that a thread belongs to; `stopped` are those members who have stopped listening, in which of
    their visits; `said` is its history, sender and text; `owed` is that part of it which is on its way, with those who
    are to hear it; `is_changed` if messages there were changed, in words that the driver chooses; `last_author` has
    sent the last message, unless it was deleted.
    """

    name: str
    opener: str
    members: list[str]
    room: str = ""
    stopped: dict[str, int] = field(default_factory=dict)
    said: list[tuple[str, str]] = field(default_factory=list)
    owed: list[tuple[str, str, tuple[str, ...]]] = field(default_factory=list)
    is_changed: bool = False
    last_author: str = ""

    def __post_init__(self) -> None:
        self.room = self.room or self.name

    @property
    def is_thread(self) -> bool:
        return self.room != self.name

    def take_out(self, who: str) -> None:
        """The user is a member no longer."""
        self.members = [name for name in self.members if name != who]


class OpenPlaces:
    """The places that there are, and those that were closed."""

    def __init__(self, people: Sequence[str]) -> None:
        self.open = {ROOM: OpenPlace(ROOM, people[0], list(people))}
        self.closed: list[str] = []
        self.doers: dict[str, set[str]] = {}

    def done(self, who: str, words: str) -> None:
        """A user has done something of which others are told in these words. The same words reach that user too."""
        self.doers.setdefault(words, set()).add(who)

    def can_be_told(self, who: str, words: str) -> bool:
        """Whether word of it can be told apart from what others have done: who has done it before is told again."""
        return self.doers.get(words, set()) <= {who}

    def named(self, name: str) -> OpenPlace | None:
        return self.open.get(name)

    def threads_of(self, room: str) -> list[OpenPlace]:
        return [place for place in self.open.values() if place.room == room and place.name != room]


def hears(model: Model, place: OpenPlace, who: str) -> bool:
    """Whether a user hears a place now: members do, from coming online until they stop listening."""
    here = model.is_online(who) and who in place.members
    return here and place.stopped.get(who) != model.participants[who].visits


def hearers(model: Model, place: OpenPlace) -> list[str]:
    """Those who hear a place now."""
    return [name for name in model.online if hears(model, place, name)]


@dataclass(frozen=True)
class InPlace(AttemptOfOne):
    """What a user does in or to a place. `other` is the user it is done to, if there is one."""

    choices = (PLACES,)
    needs: ClassVar[tuple[type, ...]] = (HasPlaces, SendsMessages)
    place: str
    other: str = ""

    def worded(self, model: Model) -> Self:
        """In the room that a walk begins with, if the place is not open: most places are not at first."""
        return self if model.part(OpenPlaces).named(self.place) else replace(self, place=ROOM)

    def at(self, model: Model) -> OpenPlace:
        """The place, which is open."""
        return model.part(OpenPlaces).open[self.place]

    def fits(self, model: Model) -> bool:
        place = model.part(OpenPlaces).named(self.place)
        return place is not None and model.is_online(self.who) and self.may(model, place)

    def may(self, model: Model, place: OpenPlace) -> bool:
        """Whether the user may do it in a place that is open."""
        return self.who in place.members


@dataclass(frozen=True)
class SaysIn(InPlace):
    """A message to all who are in a place; none while messages to one user are under way, for their order is judged."""

    says = '{who} sends "{text}" in {place}'
    weight = 20
    kind: str = ""
    text: str = ""

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, place) for place in PLACES for who in people)
        yield from (cls(people[number % len(people)], ROOM, "", kind) for number, kind in enumerate(SPECIAL))

    @property
    def plain(self) -> Move:
        return replace(self, kind="")

    def worded(self, model: Model) -> Self:
        text = SPECIAL.get(self.kind) or next(text for text in PLAIN if text not in model.said)
        return replace(super().worded(model), text=text)

    def may(self, model: Model, place: OpenPlace) -> bool:
        orderly = all(one.sender != self.who for one in model.messages)
        return super().may(model, place) and orderly and self.text not in model.said

    def happen(self, model: Model) -> None:
        place, heard = self.at(model), tuple(name for name in hearers(model, self.at(model)) if name != self.who)
        model.said.add(self.text)
        place.said.append((self.who, self.text))
        place.last_author = self.who
        place.owed += [(self.who, self.text, heard)] if heard else []


@dataclass(frozen=True)
class SaysAgainIn(SaysIn):
    """The same words as the last ones there, by the same user or another."""

    weight = 6

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, place) for place in PLACES for who in people)

    def worded(self, model: Model) -> Self:
        there = InPlace.worded(self, model)
        place = model.part(OpenPlaces).named(there.place)
        return replace(there, text=place.said[-1][1] if place and place.said else "")

    def may(self, model: Model, place: OpenPlace) -> bool:
        """What is on its way there has to be judged first: it could be taken for what is said again."""
        orderly = all(one.sender != self.who for one in model.messages)
        return InPlace.may(self, model, place) and orderly and bool(self.text) and not place.owed


@dataclass(frozen=True)
class OpensPlace(InPlace):
    """A room with one other user; or a thread, with one or all who are in the first room, if all are there still."""

    weight = 8
    others: tuple[str, ...] = ()

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, room, "", (other,)) for room in ROOMS for who, other in permutations(people, 2))
        all_others = {who: tuple(name for name in people if name != who) for who in people}
        yield from (cls(who, thread, "", others) for thread in THREADS for who, others in all_others.items())
        yield from (cls(who, thread, "", (other,)) for thread in THREADS for who, other in permutations(people, 2))

    def worded(self, model: Model) -> Self:
        return self

    @property
    def phrase(self) -> str:
        return f"{self.who} opens {self.place} with {listed(self.others)}"

    def fits(self, model: Model) -> bool:
        places = model.part(OpenPlaces)
        fresh = self.place not in places.open and self.place not in places.closed
        room = places.named(ROOM)
        whole = room is not None and len(room.members) == len(model.participants)
        fits = self.place in ROOMS or (whole and self._belongs_to_room(model))
        return fresh and fits and model.is_online(self.who)

    def _belongs_to_room(self, model: Model) -> bool:
        """Whether a thread is one of the first room: where people have a smaller one together, it is one of that."""
        people = {self.who, *self.others}
        smaller = [place for place in model.part(OpenPlaces).open.values() if place.name in ROOMS]
        return frozenset(people) not in model.talked and not any(people <= set(place.members) for place in smaller)

    def happen(self, model: Model) -> None:
        places, members = model.part(OpenPlaces), [self.who, *self.others]
        places.open[self.place] = opened = OpenPlace(
            self.place, self.who, members, ROOM if self.place in THREADS else ""
        )
        if opened.is_thread:
            listening = [name for name in hearers(model, places.open[ROOM]) if name != self.who]
            model.owe(listening, f"{self.place} has been opened")
        for name in () if opened.is_thread else self.others:
            words = f"{name} has been added to {self.place}"
            model.owe([name], words)
            places.done(self.who, words)


@dataclass(frozen=True)
class StopsHearing(InPlace):
    """A user who stays in a place and does not listen there, on the one connection that they have."""

    says = "{who} stops listening in {place}"
    weight = 3
    needs = (HasPlaces, StopsListening, SendsMessages)

    @property
    def disturbed(self) -> tuple[str, ...]:
        return (self.who,)

    def may(self, model: Model, place: OpenPlace) -> bool:
        return hears(model, place, self.who) and model.participants[self.who].connections == 1

    def happen(self, model: Model) -> None:
        self.at(model).stopped[self.who] = model.participants[self.who].visits


@dataclass(frozen=True)
class Types(InPlace):
    """A user who begins to type, and types no more, is soon said to have stopped."""

    says = "{who} begins to type in {place}"
    weight = 6
    at_once = True
    needs = (HasPlaces, ShowsTyping, SendsMessages)

    def may(self, model: Model, place: OpenPlace) -> bool:
        return hears(model, place, self.who) and len(hearers(model, place)) > 1

    def happen(self, model: Model) -> None:
        told = [name for name in hearers(model, self.at(model)) if name != self.who]
        for done in ("begun to type", "stopped typing"):
            model.owe(told, f"{self.who} has {done} in {self.place}")


def settled(model: Model, people: Collection[str]) -> Iterator[WalkLine]:
    """Judge what was said in places and has to reach these people."""
    for place in model.part(OpenPlaces).open.values() if model.can(HasPlaces) else ():
        due = [one for one in place.owed if set(one[2]) & set(people)]
        place.owed = [one for one in place.owed if one not in due]
        for sender, text, heard in due:
            told = f'{agreeing(heard, "receives", "receive")} "{text}" from {sender} in {place.name}'
            yield WalkLine("then", told)


def standing(model: Model, last: bool) -> Iterator[WalkLine]:
    """Judge what is found and read in places, by whom, and by whom not."""
    if not model.can(HasPlaces):
        return
    places = model.part(OpenPlaces)
    there = model.online
    for place in places.open.values():
        within = [name for name in there if name in place.members]
        if place.said and within and not place.is_changed:
            title = f"{agreeing(within, 'finds', 'find')} all that was said in {place.name}, in order"
            text = f"{agreeing(within, 'finds', 'find')} in {place.name}, in this order"
            senders, texts = zip(*place.said, strict=True)
            yield WalkLine("then", text, texts, title, senders=senders)
        without = [name for name in there if name not in place.members]
        if without:
            yield WalkLine("then", f"{listed(without)} cannot read what is said in {place.name}")
    for name in places.closed if there else ():
        yield WalkLine("then", f"{listed(there)} cannot read what is said in {name}")


TOPIC = Topic((SaysIn, SaysAgainIn, OpensPlace, Types, StopsHearing), settled, standing)
