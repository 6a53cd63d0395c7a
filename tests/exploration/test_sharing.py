"""An exploration in several processes: what each plays, and what is told of all together."""

from collections import Counter

from support.reporting.outcome import Outcome
from support.verification.exploration.cast import PEOPLE
from support.verification.exploration.discoveries import Discoveries, together
from support.verification.exploration.exploration import Exploration
from support.verification.exploration.explorer import Counterexample, WalkTally
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.moves import Move
from support.verification.exploration.playing import WalkResult
from support.verification.exploration.sharing import needless, shares
from support.verification.exploration.topics.comings import SignsOut
from support.verification.exploration.topics.messages import SendsText
from support.verification.exploration.walk import walked
from tests.exploration.everything import Everything

A, B, _ = PEOPLE
SENDS, LEAVES = SendsText(A, B), SignsOut(B)


def failure(phrase: str, move: Move, steps: int = 1, message: str = "user B did not get it") -> Counterexample:
    outcome = Outcome("", "", "", 0, [], "failed", phrase=phrase, message=message)
    walk = walked(PEOPLE, [move], Everything(), 1)
    return Counterexample((WalkLine("then", phrase),) * steps, WalkResult(outcome), 1, walk)


def part(*found: Counterexample, walks: int = 5) -> Discoveries:
    tally = WalkTally(walks, 10, Counter(SendsText=walks))
    return Discoveries(walks, 20, tally, list(found), lacking={f"when {walks}": "so it is"})


def test_the_walks_are_shared_out_and_each_share_has_a_seed_of_its_own() -> None:
    parts = shares(Exploration("chat", 11, None, 12, 7), 4)
    assert [one.walks for one in parts] == [3, 3, 3, 2]
    assert parts[0].seed == 7
    assert len({one.seed for one in parts}) == 4
    assert not any(one.alone for one in parts)


def test_there_are_no_more_shares_than_walks() -> None:
    (only,) = shares(Exploration("chat", 1, None, 12, 7), 4)
    assert (only.walks, only.seed, only.alone) == (1, 7, True)


def test_walks_and_moves_of_all_are_counted() -> None:
    whole = together([part(walks=5), part(walks=3)], most=3)
    assert (whole.walks, whole.tally.walks, whole.tally.moves, whole.kinds) == (8, 8, 20, 20)
    assert whole.tally.kinds == {"SendsText": 8}
    assert set(whole.lacking) == {"when 5", "when 3"}


def test_what_fails_at_the_same_phrase_is_told_once_and_as_short_as_any_has_made_it() -> None:
    long, short = failure("is heard", SENDS, steps=4), failure("is heard", LEAVES, steps=2)
    assert together([part(long), part(short)], most=3).counterexamples == [short]
    assert together([part(short), part(long)], most=3).counterexamples == [short]


def test_what_comes_of_the_same_cause_is_told_beside_the_finding() -> None:
    one, other = failure("is heard", SENDS), failure("is seen", SENDS)
    whole = together([part(one), part(other)], most=3)
    assert (whole.counterexamples, whole.repetitions) == ([one], [other])


def test_no_more_is_told_than_an_exploration_tells() -> None:
    found = [failure("is heard", SENDS), failure("is seen", LEAVES, message="it should have received nothing")]
    assert together([part(found[0]), part(found[1])], most=1).counterexamples == found[:1]
    assert together([part(found[0]), part(found[1])], most=3).counterexamples == found


def test_it_is_made_shorter_once_no_share_has_a_walk_to_play() -> None:
    ended, under_way, shortening = part(), part(), part()
    under_way.walks, shortening.shrinking = 9, True
    assert together([ended, shortening], most=3).shrinking
    assert not together([ended, under_way, shortening], most=3).shrinking
    assert not together([ended], most=3).shrinking


def test_once_as_much_is_found_as_is_told_those_who_have_found_nothing_need_not_go_on() -> None:
    found, nothing, shortening = part(failure("is heard", SENDS)), part(), part()
    shortening.shrinking = True
    assert needless([found, nothing, shortening, None], most=1) == [False, True, False, False]
    assert not any(needless([found, nothing], most=2))
    assert not any(needless([nothing, None], most=1))
