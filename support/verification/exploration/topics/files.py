"""Files that are sent into rooms: who is told, who can open them, and who cannot."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from support.drivers.capabilities.collaboration import HasPlaces, KeepsFiles, ListsFiles
from support.verification.exploration.lines import WalkLine, agreeing, listed
from support.verification.exploration.model import Model
from support.verification.exploration.moves import NOT_ALLOWED, AttemptOfOne, Move, MoveOfOne, MustBeRefused
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.places import ROOM, ROOMS, OpenPlaces, hearers

_NAMES = ("plan.pdf", "costs.csv", "map.pdf", "notes.txt")


class KnownFiles:
    """The files that are there, name -> uploader and room; and those that were deleted."""

    def __init__(self, people: Sequence[str]) -> None:
        self.there: dict[str, tuple[str, str]] = {}
        self.deleted: list[str] = []

    def is_known(self, name: str) -> bool:
        return name in self.there or name in self.deleted


@dataclass(frozen=True)
class Uploads(AttemptOfOne):
    """A whole file into a room, in so many pieces; each name once."""

    needs = (HasPlaces, KeepsFiles)
    weight = 6
    name: str
    pieces: int
    room: str

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for number, name in enumerate(_NAMES):
            yield from (cls(who, name, 1 + number % 3, room) for room in (ROOM, *ROOMS) for who in people)

    @property
    def phrase(self) -> str:
        pieces = f"{self.pieces} piece{'s' if self.pieces > 1 else ''}"
        return f'{self.who} uploads the file "{self.name}" in {pieces} to {self.room}'

    def is_member(self, model: Model) -> bool:
        return self.who in model.part(OpenPlaces).open[self.room].members

    def fits(self, model: Model) -> bool:
        fresh = self.room in model.part(OpenPlaces).open and not model.part(KnownFiles).is_known(self.name)
        return fresh and model.is_online(self.who) and self.is_member(model)

    def happen(self, model: Model) -> None:
        model.part(KnownFiles).there[self.name] = (self.who, self.room)
        told = hearers(model, model.part(OpenPlaces).open[self.room])
        told += [] if self.who in told else [self.who]
        for what in ("has been uploaded", "is ready"):
            model.owe(told, f'the file "{self.name}" {what}')


@dataclass(frozen=True)
class UploadsWrongly(MustBeRefused, Uploads):
    """Into a room that the user is not in."""

    weight = 2
    refusal = NOT_ALLOWED

    def is_member(self, model: Model) -> bool:
        return not super().is_member(model)


@dataclass(frozen=True)
class DeletesFile(MoveOfOne):
    """One's own last file; all who were told of it have been told before."""

    says = '{who} deletes the file "{name}"'
    needs = (HasPlaces, KeepsFiles)
    weight = 5
    disturbs_all = True
    name: str = ""

    def worded(self, model: Model) -> "DeletesFile":
        own = [name for name, (uploader, _) in model.part(KnownFiles).there.items() if uploader == self.who]
        return DeletesFile(self.who, own[-1] if own else "")

    def fits(self, model: Model) -> bool:
        place = model.part(OpenPlaces).named(model.part(KnownFiles).there[self.name][1]) if self.name else None
        return place is not None and model.is_online(self.who) and self.who in place.members

    def happen(self, model: Model) -> None:
        files = model.part(KnownFiles)
        files.there.pop(self.name)
        files.deleted.append(self.name)


def standing(model: Model, last: bool) -> Iterator[WalkLine]:
    """Judge who can open files, and who cannot; what becomes of those in a room that was closed is left open."""
    files, online = model.part(KnownFiles), model.online
    for name, (uploader, room) in files.there.items():
        place = model.part(OpenPlaces).named(room)
        within = [one for one in online if place and one in place.members]
        without = [one for one in online if place and one not in place.members and one != uploader]
        if within:
            yield WalkLine("then", f'{listed(within)} can open the file "{name}", as it was sent')
            if model.can(ListsFiles):
                yield WalkLine("then", f'{agreeing(within, "finds", "find")} the file "{name}" in {room}')
        if without:
            yield WalkLine("then", f'{listed(without)} cannot open the file "{name}"')
    for name in files.deleted if online else ():
        yield WalkLine("then", f'{listed(online)} cannot open the file "{name}"')


TOPIC = Topic((Uploads, DeletesFile, UploadsWrongly), standing=standing)
