"""Drawing walks with Hypothesis, so that it can shrink them.

A walk has a fixed number of places. Each holds a move with all its arguments, or nothing, whatever stands at the
others; what does not fit is left out. So a place can be emptied without any other move changing its meaning, and
shrinking is emptying places, and lowering what they hold to moves that come earlier in the list.
"""

from collections.abc import Sequence

from hypothesis import strategies as st

from support.verification.exploration import attempts, comings, messages, system_moves
from support.verification.exploration.abilities import Abilities
from support.verification.exploration.moves import Move
from support.verification.exploration.system_moves import AsksBot, Befalls
from support.verification.exploration.walk import PEOPLE, Walk, walked

#: Places for each move that a walk is to have: many a move that is drawn does not fit.
SPARE = 3
#: All kinds of moves, the simplest first.
KINDS: tuple[type[Move], ...] = (
    messages.SendsText,
    comings.ComesOnline,
    comings.SignsOut,
    messages.SaysAgain,
    messages.SendsMany,
    messages.SendsWhileComing,
    messages.SendsToNobody,
    comings.GoesAway,
    comings.ConnectsAgain,
    comings.ClosesOne,
    comings.IsEnded,
    comings.FallsSilent,
    attempts.SignsInWrongly,
    attempts.SendsWrongly,
    attempts.SpeaksForAnother,
    attempts.ReadsForeignContacts,
    attempts.EndsAnothersSession,
    system_moves.AsksBot,
    system_moves.Restarts,
    system_moves.LosesDatabase,
    system_moves.TakesDatabaseAway,
    system_moves.BringsBack,
    system_moves.TriesInVain,
)
#: A place of a walk: nothing, a look (all is judged that can be), or a move.
Place = Move | str
NOTHING, LOOK = "nothing", "a look"


def possible(kinds: Sequence[type[Move]], abilities: Abilities) -> list[list[Move]]:
    """The moves that can be made in a system, kind by kind."""
    able = [kind for kind in kinds if all(map(abilities.can, kind.needs))]
    found = [[one for one in kind.variants(PEOPLE) if _is_in_hand(one, abilities)] for kind in able]
    return [variants for variants in found if variants]


def _is_in_hand(move: Move, abilities: Abilities) -> bool:
    if isinstance(move, Befalls):
        return abilities.holds(move.holds)
    return abilities.has_bots if isinstance(move, AsksBot) else True


def walks(abilities: Abilities, length: int, kinds: Sequence[type[Move]] = KINDS) -> st.SearchStrategy[Walk]:
    """Walks of so many moves at most.

    Args:
        abilities: what can be done in the system.
        length: how many moves.
        kinds: of which kinds.
    """
    variants = possible(kinds, abilities)
    # A kind is drawn by its weight, however many variants it has; the lists differ in length, so each has its own draw.
    weighted = [moves for moves in variants for _ in range(moves[0].weight)]
    place = st.one_of(st.just(NOTHING), st.just(LOOK), *map(st.sampled_from, weighted))
    places = st.tuples(*[place] * (length * SPARE))
    beginnings = [PEOPLE, PEOPLE[:2], (PEOPLE[0], PEOPLE[2]), PEOPLE[:1]]

    def made(online: Sequence[str], drawn: Sequence[Place]) -> Walk:
        wishes = [one if isinstance(one, Move) else None for one in drawn if one != NOTHING]
        return walked(online, wishes, abilities, length)

    return st.builds(made, st.sampled_from(beginnings), places)
