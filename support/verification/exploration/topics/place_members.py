"""Who comes into rooms and threads and goes out of them, and how they end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Self

from support.drivers.capabilities.collaboration import ClosesPlaces, HasPlaces, ShowsTyping
from support.drivers.capabilities.messaging import SendsMessages
from support.verification.exploration.model import Model
from support.verification.exploration.moves import NOT_ALLOWED, Move, MustBeRefused
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.places import PLACES, InPlace, OpenPlace, OpenPlaces, hearers


def _is_fresh(model: Model, who: str, words: str) -> bool:
    """Whether word of it is neither on its way already nor, to a listener, the same as of what they have done."""
    return not model.owes(words) and model.part(OpenPlaces).can_be_told(who, words)


@dataclass(frozen=True)
class WithAnother(InPlace):
    """What is done to another user in a place."""

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, place, other) for place in PLACES for who, other in permutations(people, 2))

    @property
    def disturbed(self) -> tuple[str, ...]:
        """Messages that are under way arrive before a user comes or goes."""
        return (self.who, self.other)


@dataclass(frozen=True)
class Adds(WithAnother):
    """A user who comes in finds what was said before; none who had stopped listening there: left open if they hear."""

    says = "{who} adds {other} to {place}"
    weight = 10

    def may(self, model: Model, place: OpenPlace) -> bool:
        room = model.part(OpenPlaces).open.get(place.room)
        in_room = room is not None and (room is place or self.other in room.members)
        fresh = _is_fresh(model, self.who, f"{self.other} has been added to {self.place}")
        stopped = place.stopped.get(self.other) == model.participants[self.other].visits
        return super().may(model, place) and self.other not in place.members and in_room and fresh and not stopped

    def happen(self, model: Model) -> None:
        place = self.at(model)
        place.members.append(self.other)
        if not place.is_thread:
            told = [name for name in hearers(model, place) if name != self.who]
            words = f"{self.other} has been added to {self.place}"
            model.owe(told, words)
            model.part(OpenPlaces).done(self.who, words)


@dataclass(frozen=True)
class Removes(WithAnother):
    """A user who is out of a room is out of its threads, and hears and reads no more of it."""

    says = "{who} removes {other} from {place}"
    weight = 8

    def may(self, model: Model, place: OpenPlace) -> bool:
        fresh = _is_fresh(model, self.who, f"{self.other} has been removed from {self.place}")
        return self.who == place.opener and self.other in place.members and fresh and self.who in place.members

    def happen(self, model: Model) -> None:
        place = self.at(model)
        told = {*hearers(model, place), self.other} - {self.who}
        for left in (place, *(model.part(OpenPlaces).threads_of(place.name))):
            left.take_out(self.other)
        if not place.is_thread:
            listening = [name for name in model.participants if name in told]
            words = f"{self.other} has been removed from {self.place}"
            model.owe(listening, words)
            model.part(OpenPlaces).done(self.who, words)


@dataclass(frozen=True)
class LeavesPlace(Removes):
    """A user who goes of their own accord; the user who has opened a place stays."""

    says = "{who} leaves {place}"
    weight = 3

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, place, who) for place in PLACES for who in people)

    def may(self, model: Model, place: OpenPlace) -> bool:
        fresh = _is_fresh(model, self.who, f"{self.who} has been removed from {self.place}")
        return self.who != place.opener and self.who in place.members and fresh


@dataclass(frozen=True)
class RemovesWrongly(MustBeRefused, WithAnother):
    """Another user's place is not one's own to remove people from; and a user who is not in a place is not heard."""

    says = "{who} removes {other} from {place}"
    weight = 2
    refusal = NOT_ALLOWED

    def may(self, model: Model, place: OpenPlace) -> bool:
        return self.who in place.members and self.other in place.members and self.who != place.opener


@dataclass(frozen=True)
class SaysWrongly(MustBeRefused, InPlace):
    """A user who is not in a place is not heard there."""

    says = '{who} sends "May I?" in {place}'
    weight = 8
    refusal = NOT_ALLOWED

    def may(self, model: Model, place: OpenPlace) -> bool:
        return self.who not in place.members


@dataclass(frozen=True)
class TypesWrongly(SaysWrongly):
    """A user who is not in a place is not shown typing there, and no user is in a place that was closed."""

    says = "{who} begins to type in {place}"
    weight = 4
    needs = (HasPlaces, ShowsTyping, SendsMessages)

    def _is_closed(self, model: Model) -> bool:
        return self.place in model.part(OpenPlaces).closed

    def worded(self, model: Model) -> Self:
        return self if self._is_closed(model) else super().worded(model)

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who) if self._is_closed(model) else super().fits(model)


@dataclass(frozen=True)
class ClosesPlace(InPlace):
    """A place with all that is in it; those who hear it, its opener too, are told."""

    says = "{who} closes {place} for everybody"
    weight = 3
    needs = (HasPlaces, ClosesPlaces, SendsMessages)
    disturbs_all = True

    def may(self, model: Model, place: OpenPlace) -> bool:
        return self.who == place.opener and self.who in place.members

    def happen(self, model: Model) -> None:
        places, place = model.part(OpenPlaces), self.at(model)
        room = places.open.get(place.room, place)
        model.owe(hearers(model, room), f"{self.place} has been closed")
        for closed in (place, *places.threads_of(place.name)):
            places.open.pop(closed.name)
            places.closed.append(closed.name)


@dataclass(frozen=True)
class ClosesWrongly(MustBeRefused, ClosesPlace):
    """Another user's place is not one's own to close."""

    weight = 2
    refusal = NOT_ALLOWED

    def may(self, model: Model, place: OpenPlace) -> bool:
        return self.who in place.members and self.who != place.opener


TOPIC = Topic(
    (Adds, Removes, LeavesPlace, ClosesPlace, SaysWrongly, TypesWrongly, RemovesWrongly, ClosesWrongly),
)
