"""What is changed in a room or a thread by request: messages said, answered, edited and deleted there.

The driver chooses the words, so of a place in which something was changed the whole history is judged no more.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from support.drivers.capabilities.collaboration import ChangesBothWays, HasPlaces
from support.drivers.capabilities.messaging import SendsMessages
from support.verification.exploration.lines import agreeing
from support.verification.exploration.model import Due, Model
from support.verification.exploration.moves import NOT_ALLOWED, AttemptOfOne, Move, MustBeRefused
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.places import ROOM, THREADS, OpenPlace, OpenPlaces, hearers

#: What is changed in the first room; the same in the only thread, where there is a phrase for it.
_IN_ROOM = ("sends a message in the room", "answers a message", "edits a message", "deletes a message")
_IN_THREAD = ("sends a message in the thread", "edits a message in the thread", "deletes a message in the thread")


def _place_of(model: Model, what: str) -> str:
    """Where it is done: the first room, or the thread, if there never was but one; else nowhere, which is not open."""
    places = model.part(OpenPlaces)
    threads = [name for name in THREADS if name in places.open or name in places.closed]
    if not what.endswith("thread"):
        return ROOM
    return threads[0] if len(threads) == 1 else ""


def _edited(place: OpenPlace) -> str:
    """What stands for the word of an edited message, which is always the same in a place."""
    return f"a message in {place.name} is another"


@dataclass(frozen=True)
class ChangesPlace(AttemptOfOne):
    """A change that those who hear the place are told of, and that all who are in it see in a new look."""

    says = "{who} {what} by request"
    choices = ((*_IN_ROOM, *_IN_THREAD),)
    needs = (HasPlaces, SendsMessages, ChangesBothWays)
    weight = 10
    disturbs_all = True
    at_once = True
    what: str

    def fits(self, model: Model) -> bool:
        place = model.part(OpenPlaces).named(_place_of(model, self.what))
        if place is None or self.who not in place.members:
            return False
        return model.is_online(self.who) and self._may(model, place)

    def _may(self, model: Model, place: OpenPlace) -> bool:
        """Whether the last message there is such a one. That it was edited is told each time in the same words."""
        if self.what.startswith("edits"):
            return place.last_author == self.who and model.part(OpenPlaces).can_be_told(self.who, _edited(place))
        if self.what.startswith("deletes"):
            return place.last_author == self.who
        return self.what.startswith("sends") or bool(place.last_author)

    def happen(self, model: Model) -> None:
        place = model.part(OpenPlaces).open[_place_of(model, self.what)]
        deletes = self.what.startswith("deletes")
        place.is_changed, place.last_author = True, "" if deletes else self.who
        if self.what.startswith("edits"):
            model.part(OpenPlaces).done(self.who, _edited(place))
        told = [name for name in hearers(model, place) if deletes or name != self.who]
        seeing = [name for name in model.online if name in place.members]
        news = [f"{agreeing(told, 'is', 'are')} told once of what {self.who} has done"] if told else []
        news.append(f"{agreeing(seeing, 'sees', 'see')} what {self.who} has done after reloading")
        model.dues += [Due(phrase, frozenset(model.participants)) for phrase in news]


@dataclass(frozen=True)
class EditsAnothers(MustBeRefused, AttemptOfOne):
    """The last message of the first room is another user's."""

    says = "{who} requests a change to another's message"
    needs = (HasPlaces, SendsMessages, ChangesBothWays)
    weight = 5
    disturbs_all = True
    refusal = NOT_ALLOWED

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who) for who in people)

    def fits(self, model: Model) -> bool:
        place = model.part(OpenPlaces).named(ROOM)
        theirs = place is not None and self.who in place.members and place.last_author not in ("", self.who)
        return theirs and model.is_online(self.who)


TOPIC = Topic((ChangesPlace, EditsAnothers))
