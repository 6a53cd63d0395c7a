"""A walk: moves that fit, one after the other, with the judgements that the model owes between and after them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from support.verification.exploration.abilities import Abilities
from support.verification.exploration.judgements import settled, standing
from support.verification.exploration.lines import WalkLine, agreeing
from support.verification.exploration.model import Model
from support.verification.exploration.moves import Move
from support.verification.exploration.system_moves import Befalls

#: The people of a walk. A real chat server has four accounts, and one of them sends the markers of silence.
PEOPLE = ("user A", "user B", "user C")


@dataclass(frozen=True)
class Walk:
    """What is played: its steps, the moves that they tell, and who is online at the beginning."""

    lines: tuple[WalkLine, ...]
    moves: tuple[Move, ...]
    online: tuple[str, ...] = PEOPLE

    @property
    def kinds(self) -> list[str]:
        """The kinds of its moves, in order."""
        return [type(move).__name__ for move in self.moves]


def walked(online: Sequence[str], wishes: Iterable[Move | None], abilities: Abilities, length: int) -> Walk:
    """Make those moves that can be made, and judge.

    Args:
        online: who is online at the beginning.
        wishes: moves in order; those that do not fit where they stand are left out, and None is a look: all is
            judged that can be.
        abilities: those of the system.
        length: moves after which the walk ends.
    """
    model, lines, moves = Model.of(PEOPLE, online), list[WalkLine](), list[Move]()
    for wish in wishes:
        if len(moves) == length:
            break
        if wish is None:
            lines += settled(model, PEOPLE) + list(standing(model, abilities, last=False)) if moves else []
        elif bool(model.down) == wish.in_outage and _can(move := wish.worded(model), model, abilities):
            lines += _played(model, move)
            moves.append(move)
    if moves:
        lines += [*settled(model, PEOPLE), *standing(model, abilities, last=True)]
    lines = [line for line in lines if line.keyword == "when" or not abilities.lacks(line.form)]
    return Walk((*_beginning(online, lines), *lines), tuple(moves), tuple(online))


def _can(move: Move, model: Model, abilities: Abilities) -> bool:
    return move.fits(model) and not abilities.lacks(WalkLine("when", move.phrase).form)


def _played(model: Model, move: Move) -> list[WalkLine]:
    before = settled(model, move.actors, only_dues=True) + settled(model, move.disturbed)
    done = WalkLine("when", move.phrase, breaks_system=isinstance(move, Befalls))
    move.happen(model)
    return [*before, done, *(settled(model, PEOPLE) if move.at_once else [])]


def _beginning(online: Sequence[str], lines: Sequence[WalkLine]) -> list[WalkLine]:
    """The set-up of those whom the steps speak of."""
    spoken_of = set[str]().union(*(line.people for line in lines))
    there = [name for name in PEOPLE if name in online and name in spoken_of]
    others = [name for name in PEOPLE if name not in online and name in spoken_of]
    given = []
    if there:
        given.append(WalkLine("given", f"{agreeing(there, 'is', 'are')} online"))
    if others:
        given.append(WalkLine("given", agreeing(others, "has an account", "have accounts")))
    return given
