"""A walk: moves that fit, one after the other, with the judgements that the model owes between and after them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from support.verification.exploration.abilities import Abilities
from support.verification.exploration.cast import Cast, cast_of
from support.verification.exploration.judgements import due, settled, standing
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.model import Model
from support.verification.exploration.moves import Move


@dataclass(frozen=True)
class Walk:
    """What is played: its steps, the moves that they tell, whose they are, and who is online at the beginning."""

    lines: tuple[WalkLine, ...]
    moves: tuple[Move, ...]
    cast: Cast
    online: tuple[str, ...]

    def told(self, lines: Sequence[WalkLine]) -> list[WalkLine]:
        """Some of its steps, with the set-up of those alone whom they speak of."""
        steps = [line for line in lines if line.keyword != "given"]
        return [*self.cast.begins(self.online, steps), *steps]

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
    cast = cast_of(abilities)
    people = cast.people
    model, lines, moves = Model.of(people, online, abilities), list[WalkLine](), list[Move]()
    for wish in wishes:
        if len(moves) == length:
            break
        if wish is None:
            lines += settled(model, people) + list(standing(model, last=False)) if moves else []
        elif wish.always or bool(model.down) == wish.in_outage:
            move = wish.worded(model)
            if _can(move, model):
                lines += _played(model, move)
                moves.append(move)
    if moves:
        lines += [*settled(model, people), *standing(model, last=True)]
    lines = [line for line in lines if line.keyword == "when" or not abilities.lacks(line.form)]
    return Walk((*cast.begins(online, lines), *lines), tuple(moves), cast, tuple(online))


def _can(move: Move, model: Model) -> bool:
    return move.fits(model) and not model.abilities.lacks(WalkLine("when", move.phrase).form)


def _played(model: Model, move: Move) -> list[WalkLine]:
    people = tuple(model.participants)
    before = due(model, move.actors) + settled(model, people if move.disturbs_all else move.disturbed)
    done = WalkLine("when", move.phrase, breaks_system=bool(move.process))
    if move.process:  # a scenario judges all silences before something is done to its system
        model.quiet.clear()
    move.happen(model)
    return [*before, done, *(settled(model, people) if move.at_once else [])]
