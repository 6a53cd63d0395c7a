"""The explorer, on systems that are a line of Python: what is found, shrunk, flaky, and kept when it is stopped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest
from hypothesis import strategies as st

from support.core.errors import EnvironmentFailure
from support.reporting.outcome import Outcome
from support.verification.exploration.command import told
from support.verification.exploration.drawing import walks
from support.verification.exploration.explorer import Counterexample, Explorer
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.moves import Move
from support.verification.exploration.playing import WalkResult
from support.verification.exploration.tidying import tidied
from support.verification.exploration.topics.comings import ComesOnline, SignsOut
from support.verification.exploration.topics.messages import SendsText
from support.verification.exploration.walk import Walk, walked
from support.verification.exploration.words import SPECIAL
from tests.exploration.everything import Everything


@dataclass
class Player:
    """Plays walks against a rule: at which step a walk fails; None if it passes."""

    fails: Callable[[Sequence[WalkLine]], int | None]
    played: list[tuple[WalkLine, ...]] = field(default_factory=list)

    def play(self, lines: Sequence[WalkLine]) -> WalkResult:
        self.played.append(tuple(lines))
        at = self.fails(lines)
        status = "passed" if at is None else "failed"
        phrase = None if at is None else lines[at].form
        steps = [] if at is None else [line.text for line in lines[: at + 1]]
        outcome = Outcome("", "", "", 0, [], status, phrase=phrase, steps=steps, message="user B did not get it")  # type: ignore[arg-type]
        return WalkResult(outcome, "what was said")


def forgets_cached(lines: Sequence[WalkLine]) -> int | None:
    """A system that loses what user B is sent while offline: user B gets none of it on coming online."""
    online, lost = False, set[str]()
    for number, line in enumerate(lines):
        if line.keyword == "given" and "online" in line.text:
            online = "user B" in line.people
        elif "user B" in line.people and "online" in line.text and line.keyword == "when":
            online = True
        elif line.text in ("user B signs out", "the client of user B goes away without a word"):
            online = False
        elif line.keyword == "when" and line.text.endswith("to user B") and '" to' in line.text and not online:
            lost.add(line.text.split('"')[1])
        elif line.keyword == "then" and line.text.startswith('user B receives "') and line.text.split('"')[1] in lost:
            return number
    return None


def anew(online: Sequence[str], moves: Sequence[Move]) -> Walk:
    return walked(online, moves, Everything(), len(moves))


def explorer(player: Player, count: int = 60) -> Explorer:
    return Explorer(walks(Everything(), 12), player.play, anew, count, 12, most=1)


def test_what_fails_is_found_and_shrunk_to_what_it_takes() -> None:
    player = Player(forgets_cached)
    one = explorer(player)
    one.run(seed=2)
    (counterexample,) = one.counterexamples
    short, fails = tidied(counterexample, player.play)
    assert fails
    keywords = [line.keyword for line in short.lines]
    assert len(keywords) <= 6
    assert keywords[-1] == "then"
    assert keywords.count("then") == 1
    assert any("online" in line.text for line in short.lines if line.keyword == "when")


def test_what_fails_is_shrunk_in_few_plays_and_told_in_plain_words() -> None:
    """Twelve moves, of which it takes the fourth and the ninth, whatever their words: 30 plays and more before."""
    player, moves = Player(forgets_cached), [SignsOut("user A"), ComesOnline(("user A",))] * 4
    moves[3:3] = [SendsText("user C", "user B", next(iter(SPECIAL)))]
    moves[8:8] = [ComesOnline(("user B",))]
    one = explorer(player, 1)
    one.strategy = st.just(walked(("user A", "user C"), moves, Everything(), 12))
    one.run(seed=1)
    (counterexample,) = one.counterexamples
    assert counterexample.walk
    assert [move.phrase for move in counterexample.walk.moves] == [
        'user C sends "Lunch at noon?" to user B', "user B comes online",
    ]  # fmt: skip
    assert len(player.played) <= 16


def test_no_walk_is_played_of_which_nothing_is_left() -> None:
    """Who signs out has come online before: without that there is no move."""
    player = Player(lambda lines: next((at for at, line in enumerate(lines) if "signs out" in line.text), None))
    one = explorer(player, 1)
    moves = [ComesOnline(("user A",)), SignsOut("user A")] * 4
    one.strategy = st.just(walked((), moves, Everything(), 8))
    one.run(seed=1)
    (counterexample,) = one.counterexamples
    assert counterexample.walk
    assert [move.phrase for move in counterexample.walk.moves] == ["user A comes online", "user A signs out"]
    assert all(any(line.keyword == "when" for line in lines) for lines in player.played)


def test_the_same_seed_finds_the_same() -> None:
    found = []
    for _ in range(2):
        one = explorer(Player(forgets_cached))
        one.run(seed=3)
        found.append([counterexample.lines for counterexample in one.counterexamples])
    assert found[0] == found[1] != []


def test_a_clean_system_gives_no_alarm_and_is_walked_as_often_as_asked() -> None:
    player = Player(lambda lines: None)
    one = explorer(player, 15)
    one.run(seed=1)
    assert (one.counterexamples, one.flaky_walks, one.tally.walks) == ([], [], 15)
    assert len(player.played) == len(set(player.played)) == 15


def test_what_fails_once_and_not_again_is_flaky_with_both_records() -> None:
    player = Player(lambda lines: None)
    player.fails = lambda lines: len(lines) - 1 if len(player.played) == 3 else None
    one = explorer(player, 5)
    one.run(seed=1)
    assert one.counterexamples == []
    (flaky_walk,) = one.flaky_walks
    assert [result.failed for result in flaky_walk.results] == [True, False]
    assert told(flaky_walk).count("what was said") == 2
    assert "user B did not get it" in told(flaky_walk)


@pytest.mark.parametrize("trouble", [KeyboardInterrupt, EnvironmentFailure])
def test_what_ends_the_hunt_ends_it_at_once_and_what_was_found_stays(trouble: type[BaseException]) -> None:
    player = Player(forgets_cached)
    one = explorer(player)

    def play(lines: Sequence[WalkLine]) -> WalkResult:
        if one.shrinking:
            raise trouble("enough")
        return player.play(lines)

    one.play = play
    with pytest.raises(trouble):
        one.run(seed=2)
    assert len(one.counterexamples) == 1


def test_a_finding_is_not_found_twice() -> None:
    one = explorer(Player(forgets_cached))
    one.most = 5
    one.run(seed=1)
    signatures = [counterexample.result.signature for counterexample in one.counterexamples]
    assert len(signatures) == len(set(signatures))


def test_what_fails_at_two_phrases_for_one_cause_is_counted_once() -> None:
    """Whatever user B is sent comes twice: which is seen in the silence of user B, and in that of all."""

    def fails(lines: Sequence[WalkLine]) -> int | None:
        sent = [number for number, line in enumerate(lines) if '" to user B' in line.text and line.keyword == "when"]
        heard = (number for number, line in enumerate(lines) if sent and number > sent[0] and line.keyword == "then")
        return next((number for number in heard if "receives" in lines[number].text), None)

    one = explorer(Player(fails), 8)
    one.most = 5
    one.run(seed=1)
    causes = [counterexample.cause for counterexample in one.counterexamples]
    assert len(causes) == len(set(causes))
    assert one.repetitions
    assert {repetition.cause for repetition in one.repetitions} <= set(causes)


def test_silence_is_told_with_something_that_was_heard() -> None:
    lines = (
        WalkLine("given", "user A, user B and user C are online"),
        WalkLine("when", 'user A sends "Yes" to user B'),
        WalkLine("then", 'user B receives "Yes" from user A'),
        WalkLine("then", "user C receives nothing else"),
    )
    player = Player(lambda lines: len(lines) - 1)
    short, _ = tidied(Counterexample(lines, player.play(lines)), player.play)
    assert [line.text for line in short.lines] == [line.text for line in lines]


def test_what_would_count_against_a_judgement_is_told_with_it() -> None:
    """Else it would fail on a system that does all as it should."""
    lines = (
        WalkLine("given", "user A, user B and user C are online"),
        WalkLine("when", 'user A sends "Yes" to user B'),
        WalkLine("then", 'user B receives "Yes" from user A'),
        WalkLine("then", "user A sees user B as online"),
        WalkLine("when", 'user A sends "At last" to user C'),
        WalkLine("then", 'user C receives "At last" from user A'),
        WalkLine("then", "user B receives nothing else"),
    )
    player = Player(lambda told: len(told) - 1)
    short, _ = tidied(Counterexample(lines, player.play(lines)), player.play)
    assert [line.text for line in short.lines] == [
        *(line.text for line in lines[:3]), *(line.text for line in lines[4:]),
    ]  # fmt: skip


def test_a_move_that_fails_is_told_with_the_judgement_after_it() -> None:
    def fails(lines: Sequence[WalkLine]) -> int | None:
        return next((number for number, line in enumerate(lines) if line.text == "user A signs out"), None)

    one = explorer(Player(fails))
    one.run(seed=1)
    (counterexample,) = one.counterexamples
    assert [line.keyword for line in counterexample.lines[-2:]] == ["when", "then"]
    assert counterexample.lines[-2].text == "user A signs out"
    assert len(counterexample.lines) <= 4


def test_a_loss_is_told_with_what_shows_that_it_was_noticed() -> None:
    """Else the database would be back before, and what fails then would fail on any server."""
    lines = (
        WalkLine("given", "user A is online"),
        WalkLine("when", "Postgres hangs", breaks_system=True),
        WalkLine("then", "user A is disconnected"),
        WalkLine("when", "Postgres is back", breaks_system=True),
        WalkLine("then", "user A can no longer read the contact list"),
    )
    player = Player(lambda told: len(told) - 1)
    short, _ = tidied(Counterexample(lines, player.play(lines)), player.play)
    assert short.lines == lines


def test_what_was_tried_in_vain_is_told_with_its_refusal() -> None:
    """Else it would fail on any server, for no step asks about it."""
    lines = (
        WalkLine("given", "user A and user B are online"),
        WalkLine("when", "user A tries to end the session of user B"),
        WalkLine("then", "user A is refused"),
        WalkLine("then", "user B sees user A as online"),
        WalkLine("then", "user B can no longer read the contact list"),
    )
    player = Player(lambda told: len(told) - 1)
    short, _ = tidied(Counterexample(lines, player.play(lines)), player.play)
    assert [line.text for line in short.lines] == [line.text for line in lines if "sees" not in line.text]
