"""How people come and go on a walk."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from support.drivers.capabilities.connections import (
    ComesOnlineOften,
    Connects,
    ConnectsOften,
    EndsSilentConnections,
    KeepsAlive,
)
from support.drivers.capabilities.messaging import ListsContacts
from support.drivers.capabilities.sessions import EndsSessions, SignsIn
from support.verification.exploration.lines import listed
from support.verification.exploration.model import Model, PossibleNews, Whereabouts
from support.verification.exploration.moves import ChangeOfOne, Move
from support.verification.exploration.topic import Topic


@dataclass(frozen=True)
class ComesOnline(Move):
    """One user comes online, or several at the same moment."""

    needs: ClassVar[tuple[type, ...]] = (Connects,)
    weight = 16
    who: tuple[str, ...]

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls((name,)) for _ in range(3) for name in people)
        yield from (cls((one, other)) for number, one in enumerate(people) for other in people[number + 1 :])

    @property
    def phrase(self) -> str:
        return f"{listed(self.who)} {'comes' if len(self.who) == 1 else 'come'} online"

    @property
    def disturbed(self) -> tuple[str, ...]:
        return self.who

    def _possible_news(self, model: Model) -> set[PossibleNews]:
        """Word of those who come at the same moment, or whose session was ended, may come or not."""
        unsure = [name for name in self.who if model.whereabouts(name) is Whereabouts.UNCERTAIN]
        found = {(one, other, True) for one in self.who for other in self.who if one != other}
        found |= {(one, other, True) for one in model.online for other in unsure}
        for name in self.who:
            found |= {one for one in model.overhears(name, True) if one[0] not in self.who}
        return found

    def fits(self, model: Model) -> bool:
        may = all(model.whereabouts(name) not in (Whereabouts.ONLINE, Whereabouts.BARRED) for name in self.who)
        return may and model.may_spread(self._possible_news(model))

    def happen(self, model: Model) -> None:
        model.possible_news |= self._possible_news(model)
        for name in self.who:
            model.tell(name, online=True)
        for name in self.who:
            one = model.participants[name]
            one.was_signed_out |= one.whereabouts in (Whereabouts.OUT, Whereabouts.LOST)
            one.whereabouts, one.connections = Whereabouts.ONLINE, 1
            one.visits += 1


@dataclass(frozen=True)
class ComesTwice(ComesOnline):
    """One user with two clients at the same moment, who has no connection that is open still."""

    needs = (ConnectsOften, ComesOnlineOften)
    weight = 3

    @classmethod
    def variants(cls, people: Sequence[str]) -> Iterator[Move]:
        yield from (cls((name,)) for name in people)

    @property
    def phrase(self) -> str:
        return f"{listed(self.who)} comes online on 2 connections at the same time"

    def fits(self, model: Model) -> bool:
        gone = all(model.whereabouts(name) in (Whereabouts.NEW, Whereabouts.LOST) for name in self.who)
        return gone and super().fits(model)

    def happen(self, model: Model) -> None:
        super().happen(model)
        for name in self.who:
            model.participants[name].connections = 2


@dataclass(frozen=True)
class Leaves(ChangeOfOne):
    """What ends in a user being offline; the kinds of it say how."""

    leads_to: ClassVar[Whereabouts] = Whereabouts.OUT

    def fits(self, model: Model) -> bool:
        told = model.can(ListsContacts) and not model.sessions_outlast_connections
        unnoticed = told and not model.listeners(self.who, online=False)
        unheard = self.who in model.unsettled  # what is under way to them would be lost
        at_once = self.at_once and (unnoticed or unheard)
        return model.is_online(self.who) and not at_once and model.may_spread(model.overhears(self.who, False))

    def happen(self, model: Model) -> None:
        model.possible_news |= model.overhears(self.who, False)
        model.tell(self.who, online=False)
        model.participants[self.who].whereabouts = self.leads_to


@dataclass(frozen=True)
class SignsOut(Leaves):
    """The user's own wish."""

    says = "{who} signs out"
    needs = (SignsIn, Connects)
    weight = 10

    def fits(self, model: Model) -> bool:
        alone = model.connections_share_a_session or model.participants[self.who].connections == 1
        return super().fits(model) and alone


@dataclass(frozen=True)
class GoesAway(Leaves):
    """The client goes without a word: it is not known when the system notices, until others are told."""

    says = "the client of {who} goes away without a word"
    needs = (Connects,)
    weight = 4
    at_once = True
    leads_to = Whereabouts.AWAY


@dataclass(frozen=True)
class FallsSilent(Leaves):
    """The client gives no more signs of life, and its user is logged out."""

    says = "the client of {who} gives no more signs of life"
    needs = (KeepsAlive, EndsSilentConnections)
    weight = 1
    at_once = True
    leads_to = Whereabouts.LOST

    def fits(self, model: Model) -> bool:
        return super().fits(model) and model.participants[self.who].connections == 1


@dataclass(frozen=True)
class IsEnded(Leaves):
    """The administrator ends the session. Whether its user is offline then, the document does not say."""

    says = "the administrator ends the session of {who}"
    needs = (EndsSessions,)
    weight = 2
    leads_to = Whereabouts.UNCERTAIN

    def _possible_news(self, model: Model) -> set[PossibleNews]:
        return {(name, self.who, False) for name in model.participants if name != self.who}

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who) and model.may_spread(self._possible_news(model))

    def happen(self, model: Model) -> None:
        model.possible_news |= self._possible_news(model)
        model.participants[self.who].whereabouts = self.leads_to


@dataclass(frozen=True)
class ConnectsAgain(ChangeOfOne):
    """A further connection of a user who is online, as of a second device."""

    says = "{who} tries to connect 1 more time"
    needs = (ConnectsOften,)
    weight = 6

    def _possible_news(self, model: Model) -> set[PossibleNews]:
        """Where a connection that was lost can be got back, each one may be announced, and need not be."""
        others = model.participants if model.sessions_outlast_connections else ()
        return {(name, self.who, True) for name in others if name != self.who}

    def fits(self, model: Model) -> bool:
        few = model.is_online(self.who) and model.participants[self.who].connections < 3
        return few and model.may_spread(self._possible_news(model))

    def happen(self, model: Model) -> None:
        model.possible_news |= self._possible_news(model)
        model.participants[self.who].connections += 1


@dataclass(frozen=True)
class ClosesOne(ConnectsAgain):
    """One of several connections closes without a word, and the user stays online."""

    says = "one of the clients of {who} goes away without a word"
    weight = 5

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who) and model.participants[self.who].connections > 1

    def happen(self, model: Model) -> None:
        model.participants[self.who].connections -= 1


TOPIC = Topic((ComesOnline, ComesTwice, SignsOut, GoesAway, ConnectsAgain, ClosesOne, IsEnded, FallsSilent))
