"""What was found, as a file: it passes lint and format, and can be kept."""

from pathlib import Path

import pytest

from support.core.errors import SuiteError
from support.reporting.outcome import Outcome
from support.verification.exploration import found
from support.verification.exploration.explorer import Counterexample
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.playing import WalkResult
from support.vocabulary.lint import formatting, lint

ROOT = Path(__file__).parents[2]
FAILED = WalkResult(Outcome("", "", "", 0, [], "failed"))
LATE = (
    WalkLine("given", "user A is online"),
    WalkLine("given", "user B has an account"),
    WalkLine("when", 'user A sends "Yes" to user B'),
    WalkLine("when", "user B comes online"),
    WalkLine("then", 'user B receives "Yes" from user A'),
)
CRASH = (
    WalkLine("given", "user A and user B are online"),
    WalkLine("when", "the chat server crashes and is started again", breaks_system=True),
    WalkLine("then", "user A and user B are disconnected"),
    WalkLine("when", "user A and user B come online"),
    WalkLine("when", 'user A sends "🎉👩‍👩‍👧🏽" to user B'),
    WalkLine("when", 'user A sends "Yes" to user B'),
    WalkLine(
        "then", "user B receives from user A, in this order", ("🎉👩‍👩‍👧🏽", "Yes"), "user B receives them in order"
    ),
)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout of its own, with the features, the steps and the code of this one."""
    (tmp_path / "features").mkdir()
    for name in ("steps", "support", "features/chat"):
        (tmp_path / name).symlink_to(ROOT / name)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_what_was_found_passes_lint_and_format(root: Path) -> None:
    path = found.write(
        "chat", 7, [Counterexample(LATE, FAILED), Counterexample(CRASH, FAILED), Counterexample(LATE, FAILED)]
    )
    assert path == Path("reports/found/chat_7.feature")
    assert formatting.main([path], check=True) == 0
    assert lint([path], root) == []
    text = path.read_text(encoding="utf-8")
    assert "@found @STP-3.5 @" in text
    assert 'Scenario: 3.5 User B receives "Yes" from user A after user B comes online\n' in text
    assert "after user B comes online, in another way\n" in text
    assert "@breaks_system @journey" in text


def test_a_title_names_what_its_people_have_done_last(root: Path) -> None:
    other = WalkLine("when", "user C asks for the contact list")
    path = found.write("chat", 7, [Counterexample((*LATE[:4], other, LATE[4]), FAILED)])
    assert 'receives "Yes" from user A after user B comes online\n' in path.read_text(encoding="utf-8")


def test_what_is_kept_is_a_feature_of_its_spec(root: Path) -> None:
    (root / "features/chat").unlink()
    (root / "features/chat").mkdir()
    found.write("chat", 7, [Counterexample(LATE, FAILED)])
    assert found.keep("chat") == [Path("features/chat/found_7.feature")]
    assert not list((root / "reports/found").iterdir())
    with pytest.raises(SuiteError, match="there is nothing in reports/found of chat"):
        found.keep("chat")
    found.write("chat", 7, [Counterexample(LATE, FAILED)])
    with pytest.raises(SuiteError, match=r"features/chat/found_7\.feature is there already"):
        found.keep(None)


def test_lint_does_not_look_at_what_was_found_unless_asked(root: Path) -> None:
    (root / "reports/found").mkdir(parents=True)
    (root / "reports/found/chat_1.feature").write_text("no feature at all\n")
    assert not [one for one in lint([root / "features"], root) if "reports" in one.file]
    assert lint([root / "reports/found"], root)
