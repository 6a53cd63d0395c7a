"""Sessions that were ended: what is left of them, a token and a connection, opens nothing and hears nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import ClassVar

from support.drivers.capabilities.collaboration import BelongsToCompany
from support.drivers.capabilities.connections import Connects, KeepsFormerConnections
from support.drivers.capabilities.messaging import ListsContacts, SendsMessages
from support.drivers.capabilities.sessions import PresentsTokens
from support.verification.exploration.model import Due, Model, Whereabouts
from support.verification.exploration.moves import AttemptOfOne, ChangeOfOne, Move, MustBeRefused
from support.verification.exploration.topic import Topic
from support.verification.exploration.topics.comings import ComesOnline


@dataclass(frozen=True)
class ShowsFormerToken(MustBeRefused, AttemptOfOne):
    """With the token of the session before, by a user who has signed in anew."""

    says = "{who} tries to {way} with the token of the session before"
    needs = (SendsMessages, ListsContacts, PresentsTokens)
    unless = (BelongsToCompany,)
    weight = 5
    other: str
    way: str

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        for way in ("read the contact list", 'send "Is this still me?" to {other}'):
            yield from (cls(one, other, way.format(other=other)) for one, other in permutations(people, 2))

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who, self.other) and model.participants[self.who].was_signed_out


@dataclass(frozen=True)
class ComesBesideFormer(ChangeOfOne):
    """A user who has signed out comes online anew, and the last of their connections is open still."""

    says = "{who} comes online again on a new connection, with a former one still open"
    needs: ClassVar[tuple[type, ...]] = (Connects, KeepsFormerConnections, ListsContacts)
    weight = 6
    other: str

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls(one, other) for one, other in permutations(people, 2))

    def fits(self, model: Model) -> bool:
        several = model.participants[self.who].connections > 1
        gone = model.whereabouts(self.who) is Whereabouts.OUT and several
        return gone and model.is_online(self.other) and ComesOnline((self.who,)).fits(model)

    def happen(self, model: Model) -> None:
        ComesOnline((self.who,)).happen(model)
        model.talked.add(frozenset((self.who, self.other)))
        heard = f"{self.who} hears {self.other} on the new connection, and not on the former one"
        model.dues.append(Due(heard, frozenset((self.who, self.other))))


TOPIC = Topic((ShowsFormerToken, ComesBesideFormer))
