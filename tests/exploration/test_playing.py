"""Playing a walk on the reference chat server, in this process."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from support.core.errors import SuiteError
from support.reporting.outcome import Outcome, RunResults
from support.verification.exploration import playing
from support.verification.exploration.abilities import AbilitiesOf
from support.verification.exploration.cast import PEOPLE
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.playing import WalkPlayer
from support.verification.exploration.topics.attempts import ReadsForeignContacts
from support.verification.exploration.topics.messages import SendsText
from support.verification.exploration.walk import walked

ROOT = Path(__file__).parents[2]
ONLINE = WalkLine("given", "user A is online")
CAN = WalkLine("then", "user A can read the contact list")


@pytest.fixture(scope="module")
def player() -> Iterator[WalkPlayer]:
    (ROOT / ".earshot").mkdir(exist_ok=True)
    with TemporaryDirectory(dir=ROOT / ".earshot") as folder, pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        player = WalkPlayer("chat", [], Path(folder))
        try:
            player.open()
            yield player
        finally:
            player.close()


def test_a_walk_passes_with_its_record(player: WalkPlayer) -> None:
    walk = walked(PEOPLE, [SendsText(*PEOPLE[:2])], AbilitiesOf(player.sut), 1)
    result = player.play(walk.lines)
    assert result.outcome.status == "passed"
    assert "Lunch at noon?" in result.transcript


def test_a_step_that_fails_is_known_by_its_place_and_its_phrase(player: WalkPlayer) -> None:
    result = player.play([ONLINE, CAN, WalkLine("then", "user A can no longer read the contact list"), CAN])
    assert result.failed
    assert result.failed_at == 2
    assert result.signature == "{users} can no longer read the contact list"


def verdicts(player: WalkPlayer, patch: pytest.MonkeyPatch, kinds: list[str]) -> None:
    """Have the next walks end in these ways, whatever they do."""

    def read(path: object) -> RunResults:
        kind = kinds.pop(0)
        status = "passed" if kind == "passed" else "broken"
        return RunResults(
            outcomes=[Outcome("", "", "", 0, [], status, None if kind == "passed" else kind, message="why")]
        )  # type: ignore[arg-type]

    patch.setattr(playing.results_file, "read", read)


def test_what_the_machine_was_too_busy_to_judge_is_played_again(
    player: WalkPlayer, monkeypatch: pytest.MonkeyPatch
) -> None:
    verdicts(player, monkeypatch, ["stalled", "invalid", "passed"])
    assert player.play([ONLINE, CAN]).outcome.status == "passed"
    verdicts(player, monkeypatch, ["stalled"] * 3)
    with pytest.raises(SuiteError, match="why"):
        player.play([ONLINE, CAN])
    verdicts(player, monkeypatch, ["suite", "passed"])
    with pytest.raises(SuiteError, match="why"):
        player.play([ONLINE, CAN])


def test_what_the_system_cannot_do_is_on_no_further_walk(player: WalkPlayer) -> None:
    player.lacking.clear()
    result = player.play([ONLINE, CAN, WalkLine("when", "user A looks at the rooms"), CAN])
    assert not result.failed
    assert list(player.lacking) == ["when {users} looks at the rooms"]
    player.lacking |= {"then {users} is refused": "so it is", "when {users} sends {string} to {users}": "so it is"}
    moves = [SendsText(*PEOPLE[:2]), ReadsForeignContacts(*PEOPLE[:2], "of user B")]
    lines = walked(PEOPLE, moves, AbilitiesOf(player.sut, player.lacking), 2).lines
    assert [line.text for line in lines if line.keyword == "when"] == [moves[1].phrase]
    assert not any("refused" in line.text for line in lines)


def test_a_step_that_is_no_phrase_is_a_defect_of_the_suite(player: WalkPlayer) -> None:
    with pytest.raises(SuiteError):
        player.play([ONLINE, WalkLine("when", "user A does something that no phrase says"), CAN])
