"""A mutant is played where the checkout does not see it; its fate is judged as a fault's is, and kept."""

import os
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from coverage import CoverageData

from support.execution import behave_process
from support.reporting.outcome import Outcome, RunResults, Trouble
from support.verification.coverage.measurement import Measured
from support.verification.mutation import campaign, mutants, trial
from support.verification.mutation.campaign import Campaign, Ledger
from support.verification.mutation.equivalents import Equivalents, JudgedMutant
from support.verification.mutation.mutants import Mutant
from support.verification.mutation.output import page, summary, write
from support.verification.mutation.trial import MutantTrial, State

CODE = "def open_to(age):\n    return age >= 18\n"
SCENARIO = "features/chat/1.feature:7 A user of 18 may come in"


def outcome(status: str = "passed", **more: Any) -> Outcome:
    return Outcome("A user of 18 may come in", "1", "features/chat/1.feature", 7, [], status, **more)  # type: ignore[arg-type]


NOTICED = outcome("failed", at="assertion", step="user A is <b>in</b>", step_keyword="then", kind="product")
AT_A_GIVEN = outcome("not reached", at="assertion", step_keyword="given", kind="product")
NO_SERVER = outcome("broken", at="hook", kind="environment")
NO_OPTION = outcome("broken", at="hook", kind="suite")
DIED = Trouble("process", "suite", "it died", "", "")


@pytest.fixture
def mutant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Mutant:
    monkeypatch.chdir(tmp_path)
    Path("pyproject.toml").write_text('[tool.mutmut]\nsource_paths = ["reference"]\n')
    file = Path("reference/chat/doors.py")
    file.parent.mkdir(parents=True)
    file.write_text(CODE)
    return next(one for one in mutants.all_of([file]) if one.change[1] == "return age > 18")


@pytest.fixture
def measured(mutant: Mutant) -> Measured:
    data = CoverageData(no_disk=True)
    data.set_context(SCENARIO)
    data.add_arcs({str(mutant.file.resolve()): [(-1, 2), (2, -1)]})
    return Measured(data, {SCENARIO: 1.0}, [], "as it is")


@pytest.fixture
def plays(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Has behave end with a result; returns what it was called with, call by call."""

    def ending(*outcomes: Outcome, troubles: tuple[Trouble, ...] = ()) -> list[list[str]]:
        calls: list[list[str]] = []

        def run(arguments: list[str], **_: Any) -> RunResults:
            calls.append(arguments)
            return RunResults(len(outcomes), list(outcomes), list(troubles))

        monkeypatch.setattr(behave_process, "run", run)
        return calls

    return ending


def test_the_mutant_stands_in_a_copy_that_servers_find_first(mutant: Mutant, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {}

    def run(arguments: list[str], *, environment: dict[str, str], **_: Any) -> RunResults:
        first = Path(environment["PYTHONPATH"].split(os.pathsep)[0])
        seen["played"], seen["copy"] = arguments, (first / mutant.file).read_text()
        return RunResults(1, [outcome()])

    monkeypatch.setattr(behave_process, "run", run)
    trial.play(mutant, [SCENARIO], 1.0)
    assert seen == {"played": ["features/chat/1.feature:7"], "copy": CODE.replace(">=", ">")}
    assert mutant.file.read_text() == CODE


def test_scenarios_that_take_long_are_given_as_much_time() -> None:
    slow = Measured(CoverageData(no_disk=True), {SCENARIO: 300.0, "another": 100.0}, [], "code scenarios")
    assert trial.limit([SCENARIO], slow) == trial.LIMIT + trial.GENEROUS * 300
    assert trial.limit([SCENARIO, "another"], slow) == trial.LIMIT + trial.GENEROUS * 400


@pytest.mark.parametrize(
    ("outcomes", "troubles", "state"),
    [
        ([outcome()], (), "survived"),
        ([outcome(), NOTICED], (), "killed"),
        ([AT_A_GIVEN], (), "failed elsewhere"),
        ([outcome()], (DIED,), "failed elsewhere"),
        ([], (DIED,), "failed elsewhere"),
        ([NO_SERVER, outcome("not run")], (), "void"),
        ([NO_OPTION, outcome("not run")], (), "void"),
        ([outcome(), NO_SERVER], (), "failed elsewhere"),
    ],
)
def test_a_mutant_is_killed_at_a_then_alone(
    mutant: Mutant,
    plays: Callable[..., Any],
    outcomes: list[Outcome],
    troubles: tuple[Trouble, ...],
    state: State,
) -> None:
    plays(*outcomes, troubles=troubles)
    assert trial.play(mutant, [SCENARIO], 1.0).state == state


@pytest.mark.parametrize(
    ("outcomes", "enough"),
    [
        ([outcome()] * 200, False),
        ([outcome(), NOTICED], True),
        ([AT_A_GIVEN] * 24, False),
        ([AT_A_GIVEN] * 25, True),
        ([outcome(), *[AT_A_GIVEN] * 25], False),
    ],
)
def test_a_mutant_is_given_up_once_it_is_killed_or_no_scenario_gets_to_its_question(
    mutant: Mutant, monkeypatch: pytest.MonkeyPatch, outcomes: list[Outcome], enough: bool
) -> None:
    asked = []

    def run(_: list[str], *, enough: Callable[[list[Outcome]], bool], **__: Any) -> RunResults:
        asked.append(enough(outcomes))
        return RunResults(len(outcomes), outcomes)

    monkeypatch.setattr(behave_process, "run", run)
    trial.play(mutant, [SCENARIO], 1.0)
    assert asked == [enough]


def played(mutant: Mutant, measured: Measured, *judged: JudgedMutant) -> MutantTrial:
    ledger = Ledger("chat", measured)
    (found,) = campaign.run([mutant], measured, Equivalents(list(judged), []), ledger, jobs=1, told=lambda trial: None)
    return found


def test_what_has_been_played_is_not_played_again_until_something_changes(
    mutant: Mutant, measured: Measured, plays: Callable[..., list[list[str]]]
) -> None:
    calls = plays(NOTICED)
    assert played(mutant, measured) == played(mutant, measured)
    assert len(calls) == 1
    played(mutant, Measured(measured.data, measured.seconds, [], "changed"))
    assert len(calls) == 2


@pytest.mark.parametrize(
    ("ended", "sources", "seconds", "again"),
    [
        ([NOTICED], "code more", {SCENARIO.replace(":7", ":9"): 1.0}, False),
        ([NOTICED], "code more", {"features/chat/1.feature:7 Another": 1.0}, True),
        ([NOTICED], "changed scenarios", {SCENARIO: 1.0}, True),
        ([NO_SERVER], "code more", {}, False),
        ([outcome()], "code more", {SCENARIO: 1.0}, True),
    ],
)
def test_a_new_scenario_takes_nothing_from_a_kill(
    mutant: Mutant,
    measured: Measured,
    plays: Callable[..., list[list[str]]],
    ended: list[Outcome],
    sources: str,
    seconds: dict[str, float],
    again: bool,
) -> None:
    plays(*ended)
    played(mutant, Measured(measured.data, measured.seconds, [], "code scenarios"))
    known = Ledger("chat", Measured(measured.data, seconds, [], sources)).known(mutant)
    assert (known is None) is again


def test_what_was_not_played_to_its_end_is_not_kept(
    mutant: Mutant, measured: Measured, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, ended = threading.Event(), threading.Event()

    def run(arguments: list[str], **_: Any) -> RunResults:
        began.set()
        assert ended.wait(10)
        return RunResults(1, [AT_A_GIVEN])

    def interrupt(trial: MutantTrial) -> None:
        began.wait(10)
        raise KeyboardInterrupt

    monkeypatch.setattr(behave_process, "run", run)
    monkeypatch.setattr(behave_process, "give_up", ended.set)
    no_mistake = next(one for one in mutants.all_of([mutant.file]) if one.change != mutant.change)
    judged = JudgedMutant(
        file=str(mutant.file), before=no_mistake.change[0], after=no_mistake.change[1], reason="It comes first."
    )
    ledger = Ledger("chat", measured)
    with pytest.raises(KeyboardInterrupt):
        campaign.run([no_mistake, mutant], measured, Equivalents([judged], []), ledger, jobs=2, told=interrupt)
    assert Ledger("chat", measured).known(mutant) is None


def test_what_is_judged_to_be_no_mistake_is_not_played(
    mutant: Mutant, measured: Measured, plays: Callable[..., list[list[str]]]
) -> None:
    calls = plays(NOTICED)
    before, after = mutant.change
    found = played(mutant, measured, JudgedMutant(file=str(mutant.file), before=before, after=after, reason="Why not."))
    assert (found.state, found.message, calls) == ("equivalent", "Why not.", [])


def test_what_nothing_reaches_is_not_played(mutant: Mutant, plays: Callable[..., list[list[str]]]) -> None:
    calls = plays(NOTICED)
    assert played(mutant, Measured(CoverageData(no_disk=True), {SCENARIO: 1.0}, [], "")).state == "not reached"
    assert calls == []


def result(state: State, **more: Any) -> MutantTrial:
    return MutantTrial("reference/chat/doors.py", 2, "return age >= 18", "return age > 18", state, **more)


FATES: tuple[State, ...] = ("killed", "killed", "survived", "not reached", "equivalent", "void")
EVERY = Campaign("chat", "seed 7", 90, [result(state, by="<i>", at="at") for state in FATES], 3.0)


def test_the_score_leaves_out_what_is_no_mistake_and_what_does_not_start() -> None:
    assert EVERY.score == 0.5
    assert summary(EVERY) == (
        "chat: 50 % of the mutants killed that are mistakes: 2 killed, 1 equivalent, 1 void, 1 not reached, "
        "1 survived; 6 of 90, seed 7; 3 s"
    )


def test_page_and_table_show_the_survivors_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = page(EVERY)
    assert "<i>" not in text, "what is shown is escaped"
    assert "http" not in text, "the page needs nothing else"
    monkeypatch.chdir(tmp_path)
    markdown = next(path for path in write(EVERY) if path.suffix == ".md").read_text()
    assert markdown.index("| survived |") < markdown.index("| killed |")
