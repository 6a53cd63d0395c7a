"""A system that a profile does not name is not tested, and says so; the rest decides."""

from pathlib import Path

import pytest

from support.core.errors import SuiteError
from support.core.exit_codes import Verdict
from support.execution import running
from support.execution.launch import Launch
from support.reporting import results_file
from support.reporting.outcome import Outcome, RunResults

HOUSE = Path(__file__).parents[2]
TRAINING, THREADS = "features/training/7_safety.feature", "features/threads/8_isolation.feature"


@pytest.fixture(autouse=True)
def house(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(HOUSE)


@pytest.fixture
def only_training(tmp_path: Path) -> list[str]:
    text = (HOUSE / "profiles" / "embedded.toml").read_text(encoding="utf-8")
    part = text[text.index("[systems.training]") :]
    profile = tmp_path / "only.toml"
    profile.write_text(part[: part.index("[systems.broker]")], encoding="utf-8")
    return ["-D", f"profile={profile}"]


def test_what_the_profile_does_not_name_is_not_run_and_the_rest_decides(
    tmp_path: Path, only_training: list[str]
) -> None:
    assert running.run(Launch([*only_training, TRAINING, THREADS], reports=tmp_path)) == Verdict.GREEN
    outcomes = results_file.read(tmp_path / "results.jsonl").outcomes
    reasons = {outcome.reason for outcome in outcomes if outcome.file == THREADS}
    assert reasons == {"the profile names no threads"}
    assert {outcome.status for outcome in outcomes if outcome.file == TRAINING} == {"passed"}
    shown = [file.read_text(encoding="utf-8") for file in (tmp_path / "allure-results").glob("*-result.json")]
    assert len(shown) == sum(outcome.file == TRAINING for outcome in outcomes)
    assert not any(THREADS in text for text in shown), "the Allure report has no place for it"


def test_if_it_names_nothing_of_it_nothing_was_selected(tmp_path: Path, only_training: list[str]) -> None:
    assert running.run(Launch([*only_training, THREADS], reports=tmp_path, junit=True)) == Verdict.EMPTY
    assert "nothing was selected" in (tmp_path / "junit" / "TESTS-run.xml").read_text()


def test_a_misspelt_name_of_a_system_is_no_way_to_leave_it_out(tmp_path: Path) -> None:
    profile = tmp_path / "slip.toml"
    profile.write_text("[systems.trainig]\n")
    assert running.run(Launch(["-D", f"profile={profile}", TRAINING], reports=tmp_path)) == Verdict.SUITE
    assert "there is no system 'trainig'; there are: " in str(results_file.read(tmp_path / "results.jsonl"))


def test_a_failure_beside_it_is_still_one() -> None:
    left_out = Outcome("s", "F", "f", 1, [], "not run", reason="the profile names no chat")
    other = Outcome("t", "F", "f", 2, [], "not run", reason="no TLS")
    failed = Outcome("u", "F", "f", 3, [], "failed", "product")
    assert RunResults(1, [left_out]).verdict is Verdict.EMPTY
    assert RunResults(2, [left_out, other]).verdict is Verdict.GREEN
    assert RunResults(2, [left_out, failed]).verdict is Verdict.PRODUCT


@pytest.mark.parametrize(
    "leasing",
    [
        '[systems.chat]\naccounts = [{ login = "Lisa" }]\n',
        '[systems.broker.driver]\nclients = [{ name = "acme", certificate = "a.pem", key = "a.key" }]\n',
    ],
)
@pytest.mark.parametrize("sharing", [{"jobs": 2}, {"shard": (1, 2)}, {"cluster": "tcp://127.0.0.1:9"}])
def test_leased_accounts_are_not_shared_by_processes(tmp_path: Path, leasing: str, sharing: dict[str, object]) -> None:
    profile = tmp_path / "leasing.toml"
    profile.write_text(leasing)
    with pytest.raises(
        SuiteError, match=r"^--\w+: the profile leasing names the accounts of \w+, .*run it without --\w+$"
    ):
        running.run(Launch(["-D", f"profile={profile}", TRAINING, THREADS], reports=tmp_path, **sharing))  # type: ignore[arg-type]
    assert results_file.read(tmp_path / "results.jsonl").verdict is Verdict.SUITE
