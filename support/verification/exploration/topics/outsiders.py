"""What people try in a school that is not theirs, or with a session that they have ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from support.drivers.capabilities.school import GuardsSchools, RunsSchool, TurnsIntrudersAway
from support.verification.exploration.model import Model, Whereabouts
from support.verification.exploration.moves import AttemptOfOne, Move, MustBeRefused
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.school import SIGNED_IN
from support.vocabulary.terms.school import INTRUSIONS

#: Clients beside a script, which show what they have kept.
_CLIENTS = ("the web client", "a browser")


@dataclass(frozen=True)
class Intrudes(MustBeRefused, AttemptOfOne):
    """What the owner of the other school tries in the first one."""

    needs = (RunsSchool, TurnsIntrudersAway)
    weight = 4
    owner: str
    way: str

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(people[-1], people[0], way) for way in INTRUSIONS)

    @property
    def phrase(self) -> str:
        return f"{self.who} tries to {self.way} in the school of {self.owner}"

    def fits(self, model: Model) -> bool:
        return model.whereabouts(self.who) in SIGNED_IN


@dataclass(frozen=True)
class ConnectsSignedOut(MustBeRefused, AttemptOfOne):
    """With what another client than a script has kept of a session that its user has ended."""

    says = "{who} tries to connect with {client}"
    choices = (_CLIENTS,)
    needs = (RunsSchool, GuardsSchools)
    weight = 8
    client: str

    def fits(self, model: Model) -> bool:
        return model.whereabouts(self.who) is Whereabouts.OUT


TOPIC = Topic((Intrudes, ConnectsSignedOut))
