"""What befalls the system on a walk, and what people then try; and the bots that it passes questions on to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from support.drivers.capabilities.messaging import AsksBots
from support.drivers.capabilities.sessions import SignsIn
from support.verification.exploration.model import Due, Model, Whereabouts
from support.verification.exploration.moves import Move, MoveOfOne
from support.verification.exploration.words import QUESTIONS
from support.vocabulary.parameters import BOTS
from support.vocabulary.terms.faults import RESTARTS


@dataclass(frozen=True)
class Befalls(Move):
    """Something is done to a process. All are judged before; `holds` is the process that is needed for it."""

    people: tuple[str, ...]
    holds: str
    way: str

    @property
    def disturbed(self) -> tuple[str, ...]:
        return self.people

    @property
    def keeps_cache(self) -> bool:
        """Whether what is cached outlives it for certain: Redis may lose what it keeps when it ends."""
        return True

    def fits(self, model: Model) -> bool:
        return self.keeps_cache or model.caches_nothing

    def happen(self, model: Model) -> None:
        model.log_everybody_out()


@dataclass(frozen=True)
class Restarts(Befalls):
    """The server ends, kindly or not, and is started again."""

    weight = 2

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(tuple(people), "chat server", way) for way in RESTARTS)

    @property
    def phrase(self) -> str:
        return f"the {self.holds} {self.way}"


@dataclass(frozen=True)
class LosesDatabase(Befalls):
    """A database is lost, and is back at once."""

    weight = 2

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for way in ("is out of reach for a while", "is lost and comes back"):
            yield from (cls(tuple(people), database, way) for database in ("Redis", "Postgres"))

    @property
    def keeps_cache(self) -> bool:
        return self.holds != "Redis" or "out of reach" in self.way

    @property
    def phrase(self) -> str:
        return f"{self.holds} {self.way}"


@dataclass(frozen=True)
class TakesDatabaseAway(LosesDatabase):
    """A database is lost, until it is brought back."""

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for way in ("is stopped", "is cut off", "hangs"):
            yield from (cls(tuple(people), database, way) for database in ("Redis", "Postgres"))

    @property
    def keeps_cache(self) -> bool:
        return self.holds != "Redis" or self.way != "is stopped"

    def happen(self, model: Model) -> None:
        super().happen(model)
        model.down = self.holds


@dataclass(frozen=True)
class BringsBack(Befalls):
    """The outage ends."""

    weight = 30
    in_outage = True

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(tuple(people), database, "is back") for database in ("Redis", "Postgres"))

    @property
    def phrase(self) -> str:
        return f"{self.holds} {self.way}"

    def fits(self, model: Model) -> bool:
        return model.down == self.holds

    def happen(self, model: Model) -> None:
        model.down = ""


@dataclass(frozen=True)
class TriesInVain(MoveOfOne):
    """A user tries to sign in while a database is away."""

    needs = (SignsIn,)
    weight = 15
    in_outage = True

    @property
    def phrase(self) -> str:
        return f"{self.who} tries to sign in"

    def fits(self, model: Model) -> bool:
        return bool(model.down)

    def happen(self, model: Model) -> None:
        model.dues.append(Due(f"{self.who} is told that {model.down} is unavailable", frozenset((self.who,))))


@dataclass(frozen=True)
class AsksBot(Move):
    """A question to a bot, each once in a walk."""

    needs = (AsksBots,)
    weight = 4
    who: str
    bot: str
    question: str = ""

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(who, bot) for bot in BOTS for who in people)

    def worded(self, model: Model) -> "AsksBot":
        return replace(self, question=next((one for one in QUESTIONS if one not in model.said), ""))

    @property
    def phrase(self) -> str:
        return f'{self.who} asks {self.bot} "{self.question}"'

    @property
    def actors(self) -> tuple[str, ...]:
        return (self.who,)

    def fits(self, model: Model) -> bool:
        return model.whereabouts(self.who) is Whereabouts.ONLINE and bool(self.question)

    def happen(self, model: Model) -> None:
        model.said.add(self.question)
        model.asked[self.bot] = self.question
        whose = frozenset((self.who,))
        model.dues.append(Due(f'{self.who} receives the answer of {self.bot} to "{self.question}"', whose))
        model.dues.append(Due(f'{self.bot} is asked "{self.question}" once', whose))
