"""What counts as a kill, and what keeps a matrix from being enough: judged over forged runs."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from support.reporting.outcome import Outcome, RunResults
from support.verification.kill_matrix.faults import SeededFault
from support.verification.kill_matrix.matrix import KillMatrix, measure, widest_first
from support.verification.kill_matrix.output import page, show_findings, summary, verdict
from support.verification.kill_matrix.trial import FaultTrial, attempt_clean, is_kill, place

FAULT = SeededFault("drops-all", "loses every message", ("STP-3.1",))
OTHER = SeededFault("does-nothing", "is not wrong at all", ("STP-3.1",))


def outcome(scenario: str, status: str = "passed", **more: Any) -> Outcome:
    kind = {"failed": "product", "broken": "suite"}.get(status)
    return Outcome(scenario, "3. Messages", "features/x.feature", 1, [], status, kind, **more)  # type: ignore[arg-type]


def killed(scenario: str) -> Outcome:
    return outcome(scenario, "failed", at="assertion", step="user B receives it", step_keyword="then")


def matrix(*trials: FaultTrial, clean: list[Outcome], left_out: tuple[SeededFault, ...] = ()) -> KillMatrix:
    return KillMatrix("chat", FaultTrial(None, RunResults(1, clean)), list(trials), seconds=1.0, left_out=left_out)


def test_an_assertion_at_a_then_is_a_kill() -> None:
    assert is_kill(killed("3.1"))


def test_a_leak_found_by_the_audit_is_a_kill() -> None:
    assert is_kill(outcome("3.3", "failed", at="audit"))


@pytest.mark.parametrize(
    "other",
    [
        outcome("3.1"),
        outcome("3.1", "failed", at="assertion", step_keyword="given"),
        outcome("3.1", "broken", at="exception", step_keyword="then"),
        outcome("3.1", "broken", at="hook"),
        outcome("3.1", "failed", at="timeout", step_keyword="then"),
        outcome("3.1", "not run"),
    ],
    ids=lambda given: f"{given.status} {given.at} {given.step_keyword}",
)
def test_nothing_else_is(other: Outcome) -> None:
    assert not is_kill(other)


def test_what_survives_beside_others_is_tried_once_more_alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told: list[FaultTrial] = []
    tried = Counter[SeededFault | None]()

    def attempt(_system: str, fault: SeededFault | None, **_: bool) -> FaultTrial:
        tried[fault] += 1
        noticed = fault is FAULT and tried[fault] == 2
        return FaultTrial(fault, RunResults(1, [killed("3.1") if noticed else outcome("3.1")]))

    monkeypatch.setattr("support.verification.kill_matrix.matrix.attempt", attempt)
    monkeypatch.setattr("support.verification.kill_matrix.trial.attempt", attempt)
    monkeypatch.setattr("support.verification.kill_matrix.matrix.seeded", lambda _: [FAULT, OTHER])
    monkeypatch.setattr("support.verification.kill_matrix.matrix.KEPT", tmp_path)
    found = measure("chat", quick=True, jobs=2, told=told.append)
    assert found.survivors == [OTHER]
    assert tried == {None: 1, FAULT: 2, OTHER: 2}
    assert [trial.fault for trial in told] == [None, FAULT, OTHER]


def test_enough_is_a_green_clean_run_with_every_fault_killed_by_every_scenario_at_least_once() -> None:
    found = matrix(FaultTrial(FAULT, RunResults(1, [killed("3.1")])), clean=[outcome("3.1")])
    assert found.findings() == []
    assert summary(found) == "1 of 1 faults killed, 1 of 1 scenarios kill, 1 s"
    assert verdict(found.trials[0]) == "killed by 1"


def test_a_survivor_is_a_finding() -> None:
    trials = FaultTrial(FAULT, RunResults(1, [killed("3.1")])), FaultTrial(OTHER, RunResults(1, [outcome("3.1")]))
    assert matrix(*trials, clean=[outcome("3.1")]).findings() == ["survived: does-nothing (is not wrong at all)"]


def test_a_scenario_that_kills_nothing_is_a_finding() -> None:
    clean = [outcome("3.1"), outcome("3.2")]
    findings = matrix(FaultTrial(FAULT, RunResults(1, [killed("3.1")])), clean=clean).findings()
    assert findings == ["kills nothing: features/x.feature:1 3.2"]


def test_faults_that_there_was_no_time_for_are_told_and_no_scenario_is_blamed_for_them() -> None:
    clean = [outcome("3.1"), outcome("3.2")]
    found = KillMatrix(
        "chat",
        FaultTrial(None, RunResults(1, clean)),
        [FaultTrial(FAULT, RunResults(1, [killed("3.1")]))],
        1.0,
        (OTHER,),
    )
    assert found.findings() == []
    assert summary(found).endswith("; left out for lack of time: 1")


def test_when_time_is_short_a_trial_ends_at_its_first_kill(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    asked: dict[str, Any] = {}

    def run(arguments: list[str], **more: Any) -> RunResults:
        asked[arguments[-1]] = more.get("enough")
        return RunResults(1, [killed("3.1") if "-D" in arguments else outcome("3.1"), outcome("3.2")])

    monkeypatch.setattr("support.execution.behave_process.run", run)
    monkeypatch.setattr("support.verification.kill_matrix.matrix.seeded", lambda _: [FAULT])
    monkeypatch.setattr("support.verification.kill_matrix.matrix.KEPT", tmp_path)
    found = measure("chat", quick=False, jobs=1, within=60.0, told=lambda _: None)
    enough = asked["server.fault=drops-all"]
    assert (enough([outcome("3.1")]), enough([outcome("3.1"), killed("3.2")])) == (False, True)
    assert asked["--tags=not @load"] is None, "the clean back end is played to the end, beside the others"
    assert found.findings() == [], "what the rest would have noticed is not known"
    assert summary(found).startswith("1 of 1 faults killed, ")
    measure("chat", quick=False, jobs=1, told=lambda _: None)
    assert asked["server.fault=drops-all"] is None, "with time enough, all is played"
    assert asked["features/chat"] is None, "and load, for nothing is beside it"


def test_no_time_for_any_fault_is_a_finding() -> None:
    found = matrix(clean=[outcome("3.1")], left_out=(FAULT,))
    assert found.findings() == ["there was no time for any fault"]


def test_when_time_is_short_every_requirement_has_its_turn_first() -> None:
    faults = [SeededFault(f"{id}-{number}", "", (id,)) for id in ("A", "B", "C") for number in range(3)]
    order = widest_first(faults, random.Random(1))
    assert sorted(fault.name for fault in order) == sorted(fault.name for fault in faults)
    assert {fault.requirements for fault in order[:3]} == {("A",), ("B",), ("C",)}
    assert order != widest_first(faults, random.Random(2)), "another day, another order"


def test_a_clean_back_end_that_is_not_green_is_a_finding() -> None:
    findings = matrix(FaultTrial(FAULT, RunResults(1, [killed("3.1")])), clean=[killed("3.1")]).findings()
    assert findings == [f"not green on the clean back end: {place(killed('3.1'))} None"]


def test_what_is_red_on_the_clean_back_end_is_played_again_and_told_as_flaky(monkeypatch: pytest.MonkeyPatch) -> None:
    first = RunResults(1, [outcome("3.1"), killed("3.2"), killed("3.3")])
    played: list[list[str]] = []

    def again(arguments: list[str], **_: Any) -> RunResults:
        played.append(arguments)
        return RunResults(1, [outcome("3.2"), killed("3.3")]) if len(played) > 1 else first

    monkeypatch.setattr("support.execution.behave_process.run", again)
    clean = attempt_clean("chat")
    found = matrix(FaultTrial(FAULT, RunResults(1, list(map(killed, ("3.1", "3.2", "3.3"))))), clean=clean.run.outcomes)
    assert played == [["features/chat"], ["features/x.feature:1"] * 2]
    assert [one.scenario for one in found.flaky] == ["3.2"]
    assert found.findings() == [f"not green on the clean back end: {place(killed('3.3'))} None"]
    assert verdict(clean) == "NOT GREEN"


def test_findings_of_all_systems_stand_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    show_findings({"chat": ["survived: a"], "broker": []}, Console())
    assert capsys.readouterr().out == "- chat: survived: a\n"


def test_the_page_shows_every_fault_and_first_those_that_nobody_noticed() -> None:
    said = '<b>"lost"</b>'
    noticed = FaultTrial(FAULT, RunResults(1, [killed(said)]))
    third = SeededFault("comes-late", "is late", ("STP-3.2",))
    survived = FaultTrial(third, RunResults(1, [outcome(said)]))
    text = page(
        KillMatrix("chat", FaultTrial(None, RunResults(1, [outcome(said)])), [noticed, survived], 1.0, (OTHER,))
    )
    places = [text.index(f'id="{fault.name}"') for fault in (third, OTHER, FAULT)]
    assert places == sorted(places)
    assert [text.count(f'"state {state}"') for state in ("noticed", "not-tried", "not-noticed")] == [2, 2, 2]
    assert "kills nothing" not in text, "nobody knows, as there was no time for all faults"
    assert "<b>" not in text, "what is shown is escaped"
    assert "http" not in text, "the page needs nothing else"
