"""What users of a company say of themselves: how available they are. All of the company who are online are told."""

from dataclasses import dataclass, field
from typing import ClassVar

from support.drivers.capabilities.collaboration import BelongsToCompany, ChangesBothWays, ShowsAvailability
from support.verification.exploration.model import Model
from support.verification.exploration.moves import ChangeOfOne, Choices
from support.verification.exploration.topic import Topic


@dataclass
class SaidOfThemselves:
    """The states that each user has said to be in: each once, for the same one again need not be news."""

    people: tuple[str, ...]
    of: dict[str, list[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Becomes(ChangeOfOne):
    """Another state than before. Users are told of their own too, on whichever connection it was said."""

    says = "{who} becomes {state} {way}"
    choices: ClassVar[Choices] = (("busy", "away"), ("by request", "live"))
    needs = (BelongsToCompany, ChangesBothWays, ShowsAvailability)
    weight = 4
    state: str
    way: str

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who) and self.state not in model.part(SaidOfThemselves).of.get(self.who, [])

    def happen(self, model: Model) -> None:
        model.part(SaidOfThemselves).of.setdefault(self.who, []).append(self.state)
        model.owe(model.online, f"{self.who} is {self.state}")


TOPIC = Topic((Becomes,))
