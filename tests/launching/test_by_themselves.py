"""What all would feel who are in a system that runs already is played beside nothing else."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.execution import running, sharding, start_checks
from support.execution.rehearsals import Rehearsals
from support.reporting import results_file
from support.reporting.allure_files import ResultFolder
from support.scenario import needs
from support.verification.doctor.dry_run import Phrases
from support.vocabulary.lint.vocabulary import load as load_phrases
from tests.external.standin import profile as standin

HERE = Path(__file__).parents[2]
SIX, EIGHT = "features/chat/6_server_restarted.feature", "features/chat/8_third_party_bots.feature"
ONE = "features/chat/1_authorization.feature"


def lone(profile: str, *places: str) -> list[str]:
    """The titles of those."""
    config = SimpleNamespace(userdata={"profile": profile})
    return [one.name for one in start_checks.alone(cast(Any, config), Rehearsals(profile, places))]


def test_what_breaks_a_system_and_what_steers_its_bots(tmp_path: Path) -> None:
    controls = '[systems.chat.controls."chat server"]\nkill = "true"\nstart = "true"\nrestart = "true"\n'
    bots = '[systems.chat.addresses]\n"bot API" = "http://127.0.0.1:9"\n'
    path = standin(tmp_path, "http://127.0.0.1:9", more=bots + controls)
    found = lone(path, ONE, SIX, EIGHT)
    assert "6.2 Users can sign in again after a restart" in found
    assert "8.2 A user is told when Leonid cannot answer" in found
    assert not any(name.startswith("1.") or name.startswith("8.2 The answer") for name in found)


def test_a_load_is_measured_by_itself(tmp_path: Path) -> None:
    ours = tmp_path / "ours.toml"
    ours.write_text('[systems.broker]\ndeployment = "embedded"\n')
    found = lone(str(ours), "features/broker/4_load.feature", "features/broker/6_smoke.feature")
    assert found == [one.name for one in every("features/broker/4_load.feature") if "load" in one.effective_tags]
    assert found


def test_what_cannot_be_played_is_felt_by_nobody_and_what_is_ours_is_there_for_each(tmp_path: Path) -> None:
    assert not lone(standin(tmp_path, "http://127.0.0.1:9"), ONE, SIX, EIGHT)
    ours = tmp_path / "ours.toml"
    ours.write_text('[systems.chat]\ndeployment = "embedded"\n')
    assert not lone(str(ours), ONE, SIX, EIGHT)


def test_what_counts_all_that_a_system_does() -> None:
    phrases = Phrases(load_phrases(HERE / "steps"))
    alone = {one.name for one in sharding.selected(["features/broker"]) if needs.to_be_alone(phrases, one)}
    assert "TC-P-007 The proxy counts what it accepts" in alone
    assert "TC-I-014 The records of all components in the database agree" in alone
    assert "TC-PT-013 Administrators see everybody's messages, and what they say" in alone
    assert "SMOKE-9 Every component can write its log" in alone
    assert "TC-W-003 A message that a worker has delivered is recorded as delivered, with the time" not in alone


def test_arguments_for_the_others_and_for_those() -> None:
    arguments = ["-D", "profile=own", ONE, EIGHT]
    by_themselves = [one for one in sharding.selected([EIGHT]) if "cannot answer" in one.name]
    beside, alone = sharding.apart(arguments, by_themselves)
    assert [one.name for one in sharding.selected(alone)] == [one.name for one in by_themselves]
    assert len(sharding.selected(beside)) + len(by_themselves) == len(sharding.selected(arguments))
    assert ONE in beside
    assert sharding.apart(arguments, []) == (arguments, [])
    assert sharding.apart([EIGHT], sharding.selected([EIGHT])) == ([], [EIGHT + f":{one.line}" for one in every(EIGHT)])


def every(file: str) -> list[Any]:
    return sharding.selected([file])


class _Children(running.Children):
    """Whose processes are over at once; `began` says in which order they started and ended."""

    def __init__(self, *, interrupts: bool) -> None:
        super().__init__()
        self.began: list[str] = []
        self._interrupts = interrupts

    def start(self, arguments: list[str], path: Path, *_: Any, **__: Any) -> Any:
        name = " ".join(arguments)
        self.began.append(f"{name} begins")
        results_file.leave_empty(path)
        return SimpleNamespace(results=path, wait=lambda look, display: self._over(name))

    def _over(self, name: str) -> None:
        self.began.append(f"{name} ends")
        self.interrupted = self._interrupts


@pytest.mark.parametrize("interrupts", [False, True])
def test_they_begin_when_all_others_are_through(tmp_path: Path, interrupts: bool) -> None:
    children = _Children(interrupts=interrupts)
    launch = running._Launch([], 2, None, None, 0, tmp_path, False, children=children)
    assert isinstance(launch.allure_results, ResultFolder)
    running._side_by_side(launch, [["one"], ["other"]], [f"{SIX}:19"], tmp_path)
    through = ["one begins", "other begins", "one ends", "other ends"]
    assert children.began == [*through, *([] if interrupts else [f"{SIX}:19 begins", f"{SIX}:19 ends"])]
    assert len(results_file.read(tmp_path / "2.jsonl").outcomes) == interrupts
