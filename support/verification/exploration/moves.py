"""What is done on a walk. Each move is a phrase of the vocabulary with its arguments, and changes the model."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, ClassVar

from support.verification.exploration.model import Model

#: How a user is refused who has no right to something.
NOT_ALLOWED = "is refused because that is not allowed"
#: For each field of a move the values that there may be.
Choices = tuple[Sequence[object], ...]


@dataclass(frozen=True)
class Move:
    """One thing that is done.

    `says` is the phrase for it, with the names of fields where their values stand; `needs` are the capabilities without
    which there is no such move, `unless` those with each of which there is another one in its place; `process` is the
    one that it is done to, if any; `asks_bots` if the bots' stand-in is asked; `weight` is how often it is drawn. With
    `at_once` all that it leads to is judged before the next move, with `disturbs_all` everybody has to have what they
    are owed before. `in_outage` moves are made while a process is away, and no others, unless they are made `always`.
    """

    says: ClassVar[str] = ""
    needs: ClassVar[tuple[type, ...]] = ()
    unless: ClassVar[tuple[type, ...]] = ()
    asks_bots: ClassVar[bool] = False
    weight: ClassVar[int] = 1
    at_once: ClassVar[bool] = False
    in_outage: ClassVar[bool] = False
    always: ClassVar[bool] = False
    disturbs_all: ClassVar[bool] = False

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator["Move"]:
        """All moves of this kind that these people can make, the simplest first."""
        raise NotImplementedError

    @property
    def phrase(self) -> str:
        """The When."""
        return self.says.format_map(vars(self))

    @property
    def process(self) -> str:
        """The process of the deployment that it is done to; empty if it is people's doing."""
        return ""

    def worded(self, model: Model) -> "Move":
        """The move with its words, if it has some that depend on what was said before."""
        return self

    @property
    def plain(self) -> "Move":
        """The same move in plain words, if it has special ones."""
        return self

    @property
    def actors(self) -> tuple[str, ...]:
        """Whose earlier attempts have to be judged before."""
        return ()

    @property
    def disturbed(self) -> tuple[str, ...]:
        """Who has to have what they are owed before."""
        return ()

    def fits(self, model: Model) -> bool:
        """Whether it can be done now, and the documents say what comes of it."""
        raise NotImplementedError

    def happen(self, model: Model) -> None:
        """Change the model."""
        raise NotImplementedError


@dataclass(frozen=True)
class MoveOfOne(Move):
    """What one user does, or has done to them. `choices` are the values of the fields after `who` that there may be."""

    choices: ClassVar[Choices] = ()
    who: str

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        kind: Any = cls  # only the class itself knows which fields it has
        drawn = (choice[::-1] for choice in product(*cls.choices[::-1]))
        yield from (kind(who, *choice) for choice in drawn for who in people)


@dataclass(frozen=True)
class MustBeRefused(MoveOfOne):
    """What must be refused, in the words of `refusal`, and leads to nothing else. It comes before other bases."""

    refusal: ClassVar[str] = "is refused"

    def happen(self, model: Model) -> None:
        model.due(self.who, self.refusal)


@dataclass(frozen=True)
class AttemptOfOne(MoveOfOne):
    """What one user tries, whose earlier attempts have to be judged before."""

    @property
    def actors(self) -> tuple[str, ...]:
        return (self.who,)


@dataclass(frozen=True)
class ChangeOfOne(MoveOfOne):
    """What changes how one user stands, who has to have what they are owed before."""

    @property
    def disturbed(self) -> tuple[str, ...]:
        return (self.who,)
