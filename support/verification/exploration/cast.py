"""Who walks, and how a walk begins: by what its people come to the system for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.school import RunsSchool
from support.drivers.capabilities.training import Trains
from support.verification.exploration.abilities import Abilities
from support.verification.exploration.lines import WalkLine, agreeing, listed
from support.verification.exploration.topics.places import IN_ROOM, ROOM, THREADS
from support.verification.exploration.topics.school import TEACHERS

#: The people of a walk. A real chat server has four accounts, and one of them sends the markers of silence.
PEOPLE = ("user A", "user B", "user C")
#: Those who are there by themselves.
STAFF = ("the administrator", "the operator")


@dataclass(frozen=True)
class Cast:
    """The people of a walk; who of them may be online at first; and the set-up of those whom its steps speak of."""

    people: tuple[str, ...]
    beginnings: tuple[tuple[str, ...], ...]
    setup: Callable[[Sequence[str], Sequence[str]], list[WalkLine]]

    def begins(self, online: Sequence[str], lines: Sequence[WalkLine]) -> list[WalkLine]:
        """The set-up for these steps, with these people online."""
        spoken_of = set[str]().union(*(line.people for line in lines))
        opened = any(place in line.text for line in lines for place in (ROOM, IN_ROOM, *THREADS))
        spoken_of |= set(self.people if opened else ())
        there = [name for name in self.people if name in online and name in spoken_of]
        others = [name for name in self.people if name not in online and name in spoken_of]
        others += sorted(spoken_of.difference(self.people, STAFF))
        opener, *with_them = self.people
        places = [WalkLine("given", f"{opener} has opened {ROOM} with {listed(with_them)}")]
        return [*self.setup(there, others), *(places if opened else [])]


def cast_of(abilities: Abilities) -> Cast:
    """Those who walk on a system."""
    if abilities.can(RunsSchool):
        owner, admin, outsider = "the school owner", "user B", "the owner of another school"
        everybody = (owner, admin, outsider)
        return Cast(everybody, (everybody, (owner, outsider), (owner,)), _in_a_school)
    if abilities.can(Trains):
        pilots = ("pilot user 1", "pilot user 2")
        return Cast(pilots, (pilots, pilots[:1]), _online)
    if not abilities.can(Connects):
        return Cast(PEOPLE[:2], ((),), _online)
    return Cast(PEOPLE, (PEOPLE, PEOPLE[:2], (PEOPLE[0], PEOPLE[2]), PEOPLE[:1]), _online)


def _online(there: Sequence[str], others: Sequence[str]) -> list[WalkLine]:
    given = [WalkLine("given", f"{agreeing(there, 'is', 'are')} online")] if there else []
    return given + ([WalkLine("given", agreeing(others, "has an account", "have accounts"))] if others else [])


def _in_a_school(there: Sequence[str], others: Sequence[str]) -> list[WalkLine]:
    """The admin is made one by the owner, who has to be signed in for that; and so have those who are invited."""
    invited = [name for name in others if name in TEACHERS]
    given = _online(there, [name for name in others if name not in (*TEACHERS, "user B")])
    if "user B" in (*there, *others):
        appointed = ("the school owner is signed in", "the school owner has made user B an admin of the school")
        given = [*(WalkLine("given", text) for text in appointed), *given]
    return given + ([WalkLine("given", f"{agreeing(invited, 'is', 'are')} signed in")] if invited else [])
