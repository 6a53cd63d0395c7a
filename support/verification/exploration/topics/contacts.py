"""Contact lists: who there is, in which room with whom; and the list that is the administrator's alone."""

from collections.abc import Iterator
from dataclasses import dataclass

from support.drivers.capabilities.messaging import KeepsRooms, ListsContacts
from support.drivers.capabilities.sessions import KnowsEverybody, TellsAdministrators
from support.verification.exploration.lines import WalkLine, listed
from support.verification.exploration.model import Due, Model
from support.verification.exploration.moves import AttemptOfOne, MustBeRefused
from support.verification.exploration.topic import Topic


@dataclass(frozen=True)
class LooksAtContacts(AttemptOfOne):
    """A user reads the list: it names everybody, and a room for each, which is the same one on both sides."""

    says = "{who} asks for the contact list"
    needs = (ListsContacts, KeepsRooms, KnowsEverybody)
    weight = 4
    at_once = True

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who)

    def happen(self, model: Model) -> None:
        one, other = (name for name in model.participants if name != self.who)
        model.due(
            self.who,
            "sees every existing user and no other",
            "sees a room for each other user and no further room",
            f"sees a different room for {one} and for {other}",
        )
        whose = frozenset((self.who,))
        for name in (one, other):
            if model.is_online(name):
                model.dues.append(Due(f"{self.who} and {name} see the same room for each other", whose))


@dataclass(frozen=True)
class ReadsWhoIsOnline(MustBeRefused, AttemptOfOne):
    """In one's own name, without being the administrator."""

    says = "{who} tries to read the administrator's list of who is online"
    needs = (TellsAdministrators,)
    weight = 2

    def fits(self, model: Model) -> bool:
        return model.is_online(self.who)


def standing(model: Model, last: bool) -> Iterator[WalkLine]:
    """Judge what the administrator is told of who is online."""
    if model.can(TellsAdministrators) and model.online:
        yield WalkLine("then", f"the administrator's list of who is online has {listed(model.online)}")


TOPIC = Topic((LooksAtContacts, ReadsWhoIsOnline), standing=standing)
