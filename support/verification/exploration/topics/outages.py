"""Restarts and lost databases on a walk, and what users try meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from support.drivers.capabilities.connections import Connects, Recovers
from support.drivers.capabilities.school import RunsSchool
from support.drivers.capabilities.sessions import SignsIn
from support.drivers.capabilities.training import Trains
from support.verification.exploration.model import Model
from support.verification.exploration.moves import ChangeOfOne, Move
from support.verification.exploration.topic import Topic
from support.vocabulary.terms.faults import RESTARTS


@dataclass(frozen=True)
class ProcessFault(Move):
    """Something is done to a process. All are judged before."""

    needs: ClassVar[tuple[type, ...]] = (Connects,)
    people: tuple[str, ...]
    holds: str
    way: str

    @property
    def process(self) -> str:
        return self.holds

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
class Restarts(ProcessFault):
    """The server ends, kindly or not, and is started again."""

    says = "the {holds} {way}"
    weight = 2

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        servers = ("chat server", "threads server", "dashboard server", "message broker")
        yield from (cls(tuple(people), server, way) for server in servers for way in RESTARTS)


@dataclass(frozen=True)
class LosesDatabase(ProcessFault):
    """A database is lost, and is back at once."""

    says = "{holds} {way}"
    weight = 2

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for way in ("is out of reach for a while", "is lost and comes back"):
            yield from (cls(tuple(people), database, way) for database in ("Redis", "Postgres", "SQLite"))

    def fits(self, model: Model) -> bool:
        """What becomes of a school's dashboards without its records, the document does not say."""
        left_open = model.can(RunsSchool) and self.holds != "Redis"
        return super().fits(model) and not left_open

    def happen(self, model: Model) -> None:
        """Where clients get connections back, and where trainings go on, the loss of a database ends none."""
        if not model.can(Recovers) and not model.can(Trains):
            super().happen(model)

    @property
    def keeps_cache(self) -> bool:
        return self.holds != "Redis" or "out of reach" in self.way


@dataclass(frozen=True)
class TakesDatabaseAway(LosesDatabase):
    """A database is lost, until it is brought back."""

    unless = (Recovers, Trains)

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for way in ("is stopped", "is cut off", "hangs"):
            yield from (cls(tuple(people), database, way) for database in ("Redis", "Postgres"))

    @property
    def keeps_cache(self) -> bool:
        return self.holds != "Redis" or self.way != "is stopped"

    def fits(self, model: Model) -> bool:
        """Unless somebody shows that the loss was noticed, it might not be before the database is back."""
        return super().fits(model) and (bool(model.surely_disconnected) or not model.online)

    def happen(self, model: Model) -> None:
        super().happen(model)
        model.down = self.holds


@dataclass(frozen=True)
class BringsBack(ProcessFault):
    """The outage ends."""

    says = "{holds} {way}"
    unless = (Recovers, Trains)
    weight = 30
    in_outage = True

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(tuple(people), database, "is back") for database in ("Redis", "Postgres"))

    def fits(self, model: Model) -> bool:
        return model.down == self.holds

    def happen(self, model: Model) -> None:
        model.down = ""


@dataclass(frozen=True)
class TriesInVain(ChangeOfOne):
    """A user tries to sign in while a database is away."""

    says = "{who} tries to sign in"
    needs = (SignsIn, Connects)
    weight = 15
    in_outage = True
    unless = (RunsSchool, Recovers)

    def fits(self, model: Model) -> bool:
        return bool(model.down)

    def happen(self, model: Model) -> None:
        model.due(self.who, f"is told that {model.down} is unavailable")


TOPIC = Topic((Restarts, LosesDatabase, TakesDatabaseAway, BringsBack, TriesInVain))
