"""What all would feel who are in a system that runs already is played beside nothing else."""

import asyncio
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.core import clock
from support.core.errors import NotSupported
from support.execution import running, sharding, start_checks
from support.execution.behave_processes import Children
from support.execution.dry_runs import DryRuns
from support.execution.launch import Launch
from support.execution.turns import Turn, in_groups, turns
from support.reporting import results_file
from support.reporting.allure_files import ResultFolder
from support.scenario import needs
from support.scenario.rendezvous import Rendezvous
from support.verification.doctor.dry_run import Phrases
from support.vocabulary.lint.vocabulary import load as load_phrases
from tests.external.standin import profile as standin

HERE = Path(__file__).parents[2]
SIX, EIGHT = "features/chat/6_server_restarted.feature", "features/chat/8_third_party_bots.feature"
ONE, THREE = "features/chat/1_authorization.feature", "features/chat/3_messages.feature"


def lone(profile: str, *places: str, processes: int = 1) -> list[str]:
    """The titles of those."""
    config = cast(Any, SimpleNamespace(userdata={"profile": profile}))
    dry_runs = DryRuns(profile, places)
    return [one.name for one in start_checks.alone(config, start_checks.running(config), dry_runs, processes)]


def test_what_breaks_a_system_and_what_steers_its_bots(tmp_path: Path) -> None:
    controls = '[systems.chat.controls."chat server"]\nkill = "true"\nstart = "true"\nrestart = "true"\n'
    bots = '[systems.chat.addresses]\n"bot API" = "http://127.0.0.1:9"\n'
    path = standin(tmp_path, "http://127.0.0.1:9", more=bots + controls)
    found = lone(path, ONE, SIX, EIGHT)
    assert "6.2 Users can sign in again after a restart" in found
    assert "8.2 A user is told when Leonid cannot answer" in found
    assert not any(name.startswith(("1.", "8.2 The answer", "8.1 A message to ChatGPT is passed on")) for name in found)


def test_what_changes_the_settings_of_a_system(tmp_path: Path) -> None:
    path, recovery = tmp_path / "changed.toml", "features/threads/7_recovery.feature"
    described = '[systems.threads]\ndeployment = "external"\naddress = "http://127.0.0.1:9"\n'
    setting = '[systems.threads.settings."short sessions"]\nchange = "true"\nback = "true"\n'
    refreshed = "TFS-REC-2 A user whose session has expired refreshes it and goes on, without signing in"
    for text, by_itself in ((described + setting, True), (described, False)):
        path.write_text(text)
        assert (refreshed in lone(str(path), recovery)) is by_itself


def test_what_takes_more_people_than_a_share_of_the_accounts_has(tmp_path: Path) -> None:
    many = "3.5.1 No message is lost or doubled while many users are just coming online"
    for count, found in (("abcdefghijklmnopqrst", [many]), ("abcdefghijkl", [])):  # all of these twelve are too few
        accounts = ", ".join(f'{{ login = "{login}" }}' for login in count)
        path = standin(tmp_path, "http://127.0.0.1:9", accounts=f"accounts = [{accounts}]")
        assert lone(path, THREE, processes=3) == found
        assert not lone(path, THREE)


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
    assert "TC-P-007 The proxy says that no message waits once all are delivered" in alone
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


WORKERS = "features/broker/2_3_workers.feature"


def test_who_asks_another_question_of_the_same_outage_is_played_together(tmp_path: Path) -> None:
    chosen = [one for one in every(WORKERS) if "breaks_system" in one.effective_tags]
    ((one, other),) = in_groups(chosen, 2)
    assert [one.name.split()[0], other.name.split()[0]] == ["TC-W-004", "TC-W-009"]
    assert not in_groups(chosen, 1)
    assert not in_groups([one], 2)
    planned = turns([WORKERS], chosen, 2, tmp_path, ["broker"])
    assert [(turn.lone, len(turn.portions)) for turn in planned] == [(False, 2), (True, 1), (True, 2)]
    assert [len(turn.scenarios) for turn in planned] == [len(every(WORKERS)) - len(chosen), len(chosen) - 2, 2]


def test_who_is_on_another_machine_is_played_with_nobody_here(tmp_path: Path) -> None:
    chosen = [one for one in every(WORKERS) if "together" in one.effective_tags]
    place = f"{WORKERS}:{chosen[0].line}"
    (turn,) = turns([place], chosen, 2, tmp_path, ["broker"])
    assert turn.portions == [[place]]
    assert [turn.lone for turn in turns([ONE], chosen, 2, tmp_path)] == [False]


def test_what_is_played_together_does_nothing_that_cannot_be_done_twice() -> None:
    """What two have cut off is cut off until both heal it; a process that both have killed is back with the first."""
    together = [one for one in sharding.selected(["features"]) if "together" in one.effective_tags]
    outages = {step.name.partition(" is ")[2] for one in together for step in one.all_steps if " is " in step.name}
    assert outages >= {"cut off"}
    assert outages <= {"cut off", "back", "not delivered any more"}


async def test_they_begin_when_all_are_there_or_without_who_does_not_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told, order = f"2:{tmp_path / 'meeting'}", list[str]()

    async def joins(name: str, pid: int, after: float) -> None:
        await clock.pause(after)
        monkeypatch.setattr("os.getpid", lambda: pid)
        order.append(f"{name} comes")
        await Rendezvous(told).join(within=5.0)
        order.append(f"{name} begins")

    await asyncio.gather(joins("one", 1, 0.0), joins("other", 2, 0.2))
    assert order[:2] == ["one comes", "other comes"]
    assert sorted(order[2:]) == ["one begins", "other begins"]
    alone = f"2:{tmp_path / 'nobody'}"
    await Rendezvous(alone).join(within=0.1)
    with pytest.raises(NotSupported, match="gone on without it"):
        await Rendezvous(alone).join(within=0.1)
    await Rendezvous(None).join()


class _Children(Children):
    """Whose processes are over at once; `began` says in which order they started and ended."""

    def __init__(self, *, interrupts: bool) -> None:
        super().__init__()
        self.began: list[str] = []
        self.met: list[str | None] = []
        self.beside, self.numbers = list[int](), list[int]()
        self._interrupts = interrupts

    def start(self, arguments: list[str], path: Path, *_: Any, beside: int = 1, number: int = 1, **__: Any) -> Any:
        name = " ".join(arguments)
        self.numbers.append(number)
        self.beside.append(beside)
        self.began.append(f"{name} begins")
        self.met.append(self.rendezvous)
        results_file.leave_empty(path)
        return SimpleNamespace(results=path, wait=lambda look, display: self._over(name))

    def _over(self, name: str) -> None:
        self.began.append(f"{name} ends")
        self.interrupted = self._interrupts


@pytest.mark.parametrize("interrupts", [False, True])
def test_they_begin_when_all_others_are_through(tmp_path: Path, interrupts: bool) -> None:
    children = _Children(interrupts=interrupts)
    launch = Launch([], 2, reports=tmp_path, children=children)
    assert isinstance(launch.allure_results, ResultFolder)
    running._in_turn(launch, [Turn([["one"], ["other"]]), Turn([[f"{SIX}:19"]], lone=True)], tmp_path)
    through = ["one begins", "other begins", "one ends", "other ends"]
    assert children.began == [*through, *([] if interrupts else [f"{SIX}:19 begins", f"{SIX}:19 ends"])]
    assert len(results_file.read(tmp_path / "2.jsonl").outcomes) == interrupts


def test_those_of_one_group_meet_and_nobody_else(tmp_path: Path) -> None:
    children = _Children(interrupts=False)
    launch = Launch([], 2, reports=tmp_path, children=children)
    planned = [Turn([["one"], ["other"]]), Turn([["three"]], lone=True), Turn([["four"], ["five"]], lone=True)]
    assert len(running._in_turn(launch, planned, tmp_path)) == 5
    assert children.met == [None, None, None, *[f"2:{tmp_path / '3'}"] * 2]
    assert children.rendezvous is None
    assert children.beside == [2, 2, 1, 1, 1]  # those of a group expect nothing of each other
    assert children.numbers == [1, 2, 3, 4, 5], "each comes from an address that no earlier one has used"
