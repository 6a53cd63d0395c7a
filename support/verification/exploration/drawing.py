"""Drawing walks with Hypothesis.

A walk has a fixed number of places. Each holds a move with all its arguments, or nothing, whatever stands at the
others; what does not fit is left out.
"""

from collections.abc import Sequence

from hypothesis import strategies as st

from support.verification.exploration.abilities import Abilities
from support.verification.exploration.cast import cast_of
from support.verification.exploration.judgements import KINDS
from support.verification.exploration.moves import Move
from support.verification.exploration.walk import Walk, walked

#: Places for each move that a walk is to have: many a move that is drawn does not fit.
SPARE = 3
#: A place of a walk: nothing, a look (all is judged that can be), or a move.
Place = Move | str
NOTHING, LOOK = "nothing", "a look"


def possible(
    abilities: Abilities, kinds: Sequence[type[Move]] = KINDS, without: Sequence[str] = ()
) -> list[list[Move]]:
    """The moves that can be made in a system, kind by kind, but for those that are told `without` some words."""

    def is_wanted(move: Move) -> bool:
        return _is_in_hand(move, abilities) and not any(words in move.phrase for words in without)

    able = [kind for kind in kinds if all(map(abilities.can, kind.needs)) and not any(map(abilities.can, kind.unless))]
    people = cast_of(abilities).people
    found = [[one for one in kind.variants(people) if is_wanted(one)] for kind in able]
    return [variants for variants in found if variants]


def _is_in_hand(move: Move, abilities: Abilities) -> bool:
    has_bots = abilities.has_bots or not move.asks_bots
    return has_bots and (not move.process or abilities.holds(move.process))


def walks(abilities: Abilities, length: int, without: Sequence[str] = ()) -> st.SearchStrategy[Walk]:
    """Walks of so many moves at most.

    Args:
        abilities: what can be done in the system.
        length: how many moves.
        without: words that stand in the phrase of no move.
    """
    variants = possible(abilities, without=without)
    # A kind is drawn by its weight, however many variants it has; the lists differ in length, so each has its own draw.
    weighted = [moves for moves in variants for _ in range(moves[0].weight)]
    place = st.one_of(st.just(NOTHING), st.just(LOOK), *map(st.sampled_from, weighted))
    places = st.tuples(*[place] * (length * SPARE))

    def made(online: Sequence[str], drawn: Sequence[Place]) -> Walk:
        wishes = [one if isinstance(one, Move) else None for one in drawn if one != NOTHING]
        return walked(online, wishes, abilities, length)

    return st.builds(made, st.sampled_from(cast_of(abilities).beginnings), places)
