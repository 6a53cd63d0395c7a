import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from support.core.clean_text import json_line
from support.core.exit_codes import Verdict
from support.reporting import results_file
from support.reporting.outcome import Kind, Outcome, RunResults, Status, Trouble


def outcome(status: Status = "passed", kind: Kind | None = None, line: int = 1, **more: Any) -> Outcome:
    return Outcome(f"scenario {line}", "F", "f.feature", line, [], status, kind, **{"worker": 7, **more})


def stub(line: int) -> dict[str, Any]:
    return {"scenario": f"scenario {line}", "feature": "F", "file": "f.feature", "line": line, "tags": []}


def written(path: Path, *lines: object) -> Path:
    path.write_text("".join((line if isinstance(line, str) else json.dumps(line)) + "\n" for line in lines))
    return path


BEGIN = {"run": 7, "selected": [stub(1), stub(2), stub(3)]}
END = {"ended": 7, "verdict": 0, "duration": 1.5, "empty": ""}


def test_what_was_written_is_read(tmp_path: Path) -> None:
    outcomes = [outcome(line=1), outcome("failed", "product", 2, message="no"), outcome("not run", line=3, reason="?")]
    trouble = Trouble("after_all", "suite", "broke", "broke\nbadly", "trace")
    path = written(tmp_path / "l", BEGIN, *map(asdict, outcomes), asdict(trouble), END)
    run = results_file.read(path)
    assert (run.selected, run.outcomes, run.troubles, run.lost) == (3, outcomes, [trouble], [])
    assert run.duration == 1.5


def test_a_later_line_amends_an_earlier_one(tmp_path: Path) -> None:
    begin = BEGIN | {"selected": [stub(1)]}
    path = written(tmp_path / "l", begin, asdict(outcome()), asdict(outcome("failed", "product")), END)
    assert [found.status for found in results_file.read(path).outcomes] == ["failed"]


def test_a_process_that_died_leaves_a_broken_scenario(tmp_path: Path) -> None:
    path = written(tmp_path / "l", BEGIN, asdict(outcome(line=1)), '{"scenario": "scenario 2", "feat')
    run = results_file.read(path)
    assert [(found.line, found.status) for found in run.outcomes] == [(1, "passed"), (2, "broken"), (3, "not run")]
    assert [found.line for found in run.lost] == [2, 3]
    assert run.verdict is Verdict.SUITE


def test_results_files_of_several_processes_become_one(tmp_path: Path) -> None:
    one = written(tmp_path / "1", BEGIN, *(asdict(outcome(line=line)) for line in (1, 2, 3)), END)
    nine = {"run": 8, "selected": [stub(9)]}
    two = written(tmp_path / "2", nine, asdict(outcome(line=9, worker=8)), END | {"ended": 8, "duration": 4.0})
    run = results_file.merge([one, two], tmp_path / "reports" / "all")
    assert (run.selected, len(run.outcomes), run.duration, run.verdict) == (4, 4, 4.0, Verdict.GREEN)
    assert results_file.read(tmp_path / "reports" / "all") == run


def test_a_run_lasts_from_its_first_beginning_to_its_last_end(tmp_path: Path) -> None:
    first = BEGIN | {"began": "2026-12-01T04:53:16", "host": "one"}
    then = {"run": 8, "selected": [stub(9)], "began": "2026-12-01T04:55:16", "host": "one"}
    outcomes = [asdict(outcome(line=line)) for line in (1, 2, 3)]
    last = [asdict(outcome(line=9, worker=8)), END | {"ended": 8, "duration": 4.0}]
    path = written(tmp_path / "1", first, *outcomes, END, then, *last)
    assert results_file.read(path).duration == 124.0
    path = written(tmp_path / "2", first, *outcomes, END, then | {"host": "two"}, *last)
    assert results_file.read(path).duration == 4.0, "clocks of two machines are not compared"


LINE_ENDS = ["\u2028", "\u2029", "\x85", "\x1c", "\x0b", "\x0c", "\r", "\n", "\ud83d"]


@pytest.mark.parametrize("sign", LINE_ENDS)
def test_no_sign_in_a_message_ends_a_line(tmp_path: Path, sign: str) -> None:
    """Python takes ten signs for line ends, and none of them is one in a results file but the line feed."""
    failed = outcome("failed", "product", message=f"a{sign}b", details=f"a{sign}b")
    path, amended = tmp_path / "l", tmp_path / "amended"
    path.write_text("".join(map(json_line, (BEGIN | {"selected": [stub(1)]}, asdict(failed), END))), encoding="utf-8")
    assert len(path.read_text(encoding="utf-8").splitlines()) == 3
    assert results_file.read(path).outcomes == [failed]
    amended.write_bytes(path.read_bytes())
    results_file.amend(amended, [outcome(message=f"{sign}now")])
    results_file.add(amended, Trouble(f"a{sign}", "suite", sign, sign, sign, 7))
    assert [found.message for found in results_file.read(amended).outcomes] == [f"{sign}now"]
    assert [found.where for found in results_file.read(amended).troubles] == [f"a{sign}"]


def test_a_results_file_that_is_not_escaped_is_read_by_line_feeds_alone(tmp_path: Path) -> None:
    failed = asdict(outcome("failed", "product", message="a\u2028b"))
    path = written(tmp_path / "l", BEGIN | {"selected": [stub(1)]}, json.dumps(failed, ensure_ascii=False), END)
    assert results_file.read(path).verdict is Verdict.PRODUCT


def test_a_verdict_that_is_missing_is_a_trouble(tmp_path: Path) -> None:
    path = written(tmp_path / "l", BEGIN, asdict(outcome(line=1)), asdict(outcome(line=3)), END)
    run = results_file.read(path)
    assert [(one.line, one.status, one.at) for one in run.lost] == [(2, "broken", "missing")]
    assert [trouble.message for trouble in run.troubles] == ["1 of 3 scenarios have no verdict: f.feature:2 …"]
    assert run.verdict is Verdict.SUITE


def test_a_line_that_cannot_be_read_is_a_trouble(tmp_path: Path) -> None:
    path = tmp_path / "l"
    lines = [json.dumps(line) for line in (BEGIN | {"selected": [stub(1)]}, asdict(outcome()), END)]
    path.write_bytes("\n".join([lines[0], '{"where": "hal', *lines[1:]]).encode() + b'\n{"\xff')
    run = results_file.read(path)
    assert [trouble.message for trouble in run.troubles] == ["2 lines of its results file cannot be read"]
    assert run.verdict is Verdict.SUITE


def test_a_results_file_without_its_beginning_is_not_whole(tmp_path: Path) -> None:
    run = results_file.read(written(tmp_path / "l", asdict(outcome()), END))
    assert [trouble.message for trouble in run.troubles] == ["the beginning of its results file is missing"]


def test_what_a_process_says_of_itself_is_not_forgotten(tmp_path: Path) -> None:
    path = written(tmp_path / "l", BEGIN | {"selected": [stub(1)]}, asdict(outcome()), END | {"verdict": 1})
    run = results_file.read(path)
    assert "ended with 'the product failed'" in run.troubles[0].message
    assert run.verdict is Verdict.SUITE


def test_half_a_line_takes_no_other_with_it(tmp_path: Path) -> None:
    half = tmp_path / "half"
    half.write_text(json.dumps(BEGIN) + '\n{"scenario": "sce', encoding="utf-8")
    whole = written(tmp_path / "whole", {"run": 8, "selected": [stub(9)]}, asdict(outcome(line=9, worker=8)),
                    END | {"ended": 8})  # fmt: skip
    run = results_file.merge([half, whole], tmp_path / "all")
    assert run.selected == 4
    assert {found.line: found.status for found in run.outcomes} == {
        1: "broken", 2: "not run", 3: "not run", 9: "passed",
    }  # fmt: skip
    results_file.add(half, Trouble("process 7", "suite", "gone", "gone", "", 7))
    assert "gone" in [trouble.message for trouble in results_file.read(half).troubles]


@pytest.mark.parametrize("statuses", [("passed", "failed"), ("failed", "passed")])
def test_two_results_of_one_scenario_stand_side_by_side(tmp_path: Path, statuses: tuple[Status, Status]) -> None:
    """A command line may name a scenario twice, and two machines may have run the same one."""
    kinds: dict[Status, Kind | None] = {"passed": None, "failed": "product"}
    first, second = (outcome(status, kinds[status], turn=turn) for turn, status in enumerate(statuses, 1))
    twice = written(tmp_path / "l", BEGIN | {"selected": [stub(1), stub(1)]}, asdict(first), asdict(second), END)
    assert [found.status for found in results_file.read(twice).outcomes] == [*statuses]
    assert results_file.read(twice).verdict is Verdict.PRODUCT
    machines = []
    for number, status in enumerate(statuses):  # the processes of two machines may have the same number
        begin = BEGIN | {"selected": [stub(1)]}
        machines.append(written(tmp_path / str(number), begin, asdict(outcome(status, kinds[status])), END))
    whole = results_file.merge(machines, tmp_path / "whole")
    assert [found.status for found in whole.outcomes] == [*statuses]
    assert whole.verdict is Verdict.PRODUCT


def test_what_is_amended_is_the_result_of_the_same_time(tmp_path: Path) -> None:
    first, second = outcome("failed", "product", turn=1), outcome(turn=2)
    path = written(tmp_path / "l", BEGIN | {"selected": [stub(1), stub(1)]}, asdict(first), asdict(second), END)
    results_file.amend(path, [outcome("failed", "flaky", turn=1)])
    assert [(found.status, found.kind) for found in results_file.read(path).outcomes] == [
        ("failed", "flaky"), ("passed", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("run", "verdict"),
    [
        (RunResults(1, [outcome()]), Verdict.GREEN),
        (RunResults(1, [outcome("not run")]), Verdict.GREEN),
        (RunResults(1, [outcome("failed", "known")]), Verdict.GREEN),
        (RunResults(0), Verdict.EMPTY),
        (RunResults(2, [outcome(), outcome("failed", "product")]), Verdict.PRODUCT),
        (RunResults(1, [outcome("failed")]), Verdict.SUITE),
        (RunResults(2, [outcome("failed", "product"), outcome("broken", "suite")]), Verdict.SUITE),
        (RunResults(2, [outcome("broken", "suite"), outcome("broken", "environment")]), Verdict.ENVIRONMENT),
        (RunResults(1, [outcome()], [Trouble("after_all", "suite", "x", "x", "")]), Verdict.SUITE),
        (RunResults(0, [], [Trouble("loading the suite", "suite", "x", "x", "")]), Verdict.SUITE),
    ],
)
def test_verdicts(run: RunResults, verdict: Verdict) -> None:
    assert run.verdict is verdict


def test_the_verdict_line_says_it_all() -> None:
    run = RunResults(
        5, [outcome(), outcome("failed", "product"), outcome("failed", "known"), outcome("not run", reason="no TLS")]
    )
    assert str(run) == "1 passed, 1 failed, 1 failed as known, 1 not run (no TLS): the product failed"
    assert str(RunResults(0, empty="no @smok")) == "0 passed; no @smok: nothing was selected"


@pytest.mark.parametrize("left", ["", '{"run": 7, "sele'])
def test_a_process_that_died_before_its_first_line_is_in_the_results_file(tmp_path: Path, left: str) -> None:
    path = tmp_path / "l"
    path.write_text(left and f"{left}\n")
    results_file.seal(path, 7, -9)
    assert results_file.read(path).verdict is Verdict.SUITE


def test_a_process_that_had_nothing_to_do_has_not_died(tmp_path: Path) -> None:
    path = written(tmp_path / "l", BEGIN | {"selected": []}, END | {"verdict": 4, "empty": "no scenario"})
    results_file.seal(path, 7, 1)
    assert results_file.read(path).verdict is Verdict.EMPTY


def test_a_process_that_says_what_its_machine_lacks_is_the_environments_fault(tmp_path: Path) -> None:
    path = tmp_path / "l"
    results_file.seal(path, 7, Verdict.ENVIRONMENT)
    assert [trouble.kind for trouble in results_file.read(path).troubles] == ["environment"]
    assert results_file.read(path).verdict is Verdict.ENVIRONMENT
