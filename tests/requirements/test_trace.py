"""The matrix: what shows which requirement, what became of it, what it catches, and what is missing."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from support.config.requirements import registry
from support.core.errors import SuiteError
from support.reporting.traceability import output
from support.reporting.traceability.matrix import Row, TraceMatrix
from support.reporting.traceability.trace import main, trace

FILE = "features/chat/3_messages.feature"
SCENARIO = """
  @STP-3.1 @critical
  Scenario: 3.1 A message arrives
    When user A waves
    Then user B sees it
"""
OUTLINE = """
  @STP-3.6
  Scenario Outline: 3.6 Messages flow for <who>
    When <who> waves
    Then user B sees it

    Examples:
      | who    | because |
      | user A | sender  |
      | user C | other   |
"""
OTHER_ROWS = """
    @STP-3.1
    Examples: others
      | who    | because |
      | user C | other   |
"""
FLOWS = "3.6 Messages flow"
ON_ITS_WAY = SCENARIO.replace("@STP-3.1", "@STP-3.1 @STP-3.6").replace("3.1 A message arrives", FLOWS)
ARRIVES = "3.1 A message arrives"
ROW_A, ROW_C = "3.6 Messages flow for user A", "3.6 Messages flow for user C"
AGAIN = "3.1 A message arrives again"
TITLES = [ARRIVES, AGAIN, ROW_A, ROW_C, FLOWS]
Line = dict[str, Any]


def ran(title: str, status: str, kind: str | None = None) -> Line:
    line = TITLES.index(title)
    return {"scenario": title, "feature": "x", "file": FILE, "line": line, "tags": [], "status": status, "kind": kind}


def kill(fault: str, title: str) -> Line:
    return {"fault": fault, "scenario": f"{FILE}:7 {title}", "step": "Then user B sees it"}


@pytest.fixture
def matrix_of(tmp_path: Path) -> Callable[..., TraceMatrix]:
    """Builds the matrix of a small house: its scenarios, a results file and a kill matrix."""

    def build(
        scenarios: str, results: Sequence[Line] | None = None, kills: Sequence[Line] | None = None
    ) -> TraceMatrix:
        files = {FILE: f"@chat\nFeature: Messages\n{scenarios}"}
        if results is not None:
            files["reports/results.jsonl"] = "\n".join(map(json.dumps, results))
        if kills is not None:
            files[".earshot/kill-matrix/chat.json"] = json.dumps({"kills": kills})
        for name, text in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return trace("chat", tmp_path)

    return build


def row(matrix: TraceMatrix, id: str) -> Row:
    return next(row for chapter in matrix.chapters for row in chapter.rows if row.requirement.id == id)


def gaps(matrix: TraceMatrix) -> set[tuple[str, str]]:
    """Rule and file of the gaps, without those that every small house has."""
    known = {f"@{id} " for id in registry.ids("chat") - {"STP-3.1", "STP-3.6"}}
    found = [gap for gap in matrix.check() if not any(id in gap.message.replace(":", " ") for id in known)]
    return {(gap.rule, Path(gap.file).name) for gap in found}


@pytest.mark.parametrize(
    ("outcomes", "state"),
    [
        ([ran(ROW_A, "passed"), ran(ROW_C, "passed")], "passed"),
        ([ran(ROW_A, "passed"), ran(ROW_C, "failed", "product")], "failed"),
        ([ran(ROW_A, "broken", "suite"), ran(ROW_C, "passed")], "broken"),
        ([ran(ROW_A, "passed"), ran(ROW_C, "failed", "known")], "known failure"),
        ([ran(ROW_A, "passed"), ran(ROW_C, "not run")], "not run"),
        ([ran(ROW_A, "passed")], "not run"),
        ([], "not run"),
        (None, "not run"),
    ],
)
def test_an_outline_is_as_good_as_its_worst_row(
    matrix_of: Callable[..., TraceMatrix], outcomes: list[Line] | None, state: str
) -> None:
    assert row(matrix_of(OUTLINE, outcomes), "STP-3.6").state == state


@pytest.mark.parametrize("endings", [("failed", "passed"), ("passed", "failed")])
def test_rows_of_one_title_are_as_good_as_the_worst(matrix_of: Callable[..., TraceMatrix], endings: list[str]) -> None:
    same = OUTLINE.replace("3.6 Messages flow for <who>", ROW_A)
    lines = [ran(ROW_A, ending) | {"line": line} for line, ending in enumerate(endings)]
    assert row(matrix_of(same, lines), "STP-3.6").state == "failed"


def test_a_requirement_is_as_good_as_its_worst_scenario(matrix_of: Callable[..., TraceMatrix]) -> None:
    second = SCENARIO.replace(ARRIVES, AGAIN)
    outcomes = [ran(ARRIVES, "passed"), ran(AGAIN, "failed", "product")]
    assert row(matrix_of(SCENARIO + second, outcomes), "STP-3.1").state == "failed"


def test_a_requirement_falls_by_the_scenarios_about_it_and_by_no_other(matrix_of: Callable[..., TraceMatrix]) -> None:
    """The one that fails is about STP-3.6, and shows STP-3.1 on its way."""
    matrix = matrix_of(SCENARIO + ON_ITS_WAY, [ran(ARRIVES, "passed"), ran(FLOWS, "failed", "product")])
    stands, falls = row(matrix, "STP-3.1"), row(matrix, "STP-3.6")
    assert (stands.state, stands.share) == ("passed", "1 of 2")
    assert (falls.state, falls.share) == ("failed", "0 of 1")
    assert "Shows this on its way; it is about STP-3.6" in output.page(matrix)


def test_a_requirement_that_nothing_is_about_falls_by_all_that_bear_it(matrix_of: Callable[..., TraceMatrix]) -> None:
    assert row(matrix_of(ON_ITS_WAY, [ran(FLOWS, "failed", "product")]), "STP-3.1").state == "failed"


@pytest.mark.parametrize("rest", ["not reached", "not run"])
def test_a_requirement_of_which_some_could_not_be_tried_is_shown_in_part(
    matrix_of: Callable[..., TraceMatrix], rest: str
) -> None:
    both = SCENARIO + SCENARIO.replace(ARRIVES, AGAIN)
    some = row(matrix_of(both, [ran(ARRIVES, "passed"), ran(AGAIN, rest)]), "STP-3.1")
    assert (some.state, some.share) == ("in part", "1 of 2")
    assert row(matrix_of(both, [ran(ARRIVES, rest), ran(AGAIN, rest)]), "STP-3.1").state == rest


def test_rows_with_a_tag_of_their_own_are_about_that_one_too(matrix_of: Callable[..., TraceMatrix]) -> None:
    text = OUTLINE.replace("      | user C | other   |\n", "") + OTHER_ROWS
    matrix = matrix_of(SCENARIO + text, [ran(ARRIVES, "passed"), ran(ROW_A, "passed"), ran(ROW_C, "failed")])
    assert row(matrix, "STP-3.1").state == "failed"
    assert [proof.title for proof in row(matrix, "STP-3.1").proofs] == [ARRIVES, ROW_C]
    assert row(matrix, "STP-3.6").share == "1 of 2"


@pytest.mark.parametrize(
    ("short", "state"), [("passed", "in short form"), ("failed", "failed"), ("not run", "not run")]
)
def test_a_requirement_whose_soak_was_not_asked_for_has_passed_in_short_form(
    matrix_of: Callable[..., TraceMatrix], short: str, state: str
) -> None:
    soak = SCENARIO.replace(ARRIVES, AGAIN).replace("@STP-3.1", "@soak @STP-3.1")
    outcomes = [ran(ARRIVES, short), ran(AGAIN, "not run")]
    assert row(matrix_of(SCENARIO + soak, outcomes), "STP-3.1").state == state


def test_a_verdict_is_found_again_when_the_scenario_has_moved(matrix_of: Callable[..., TraceMatrix]) -> None:
    assert row(matrix_of("\n\n\n" + SCENARIO, [ran(ARRIVES, "passed")]), "STP-3.1").state == "passed"


def test_a_scenario_shows_the_faults_it_catches_and_an_outline_those_of_its_rows(
    matrix_of: Callable[..., TraceMatrix],
) -> None:
    matrix = matrix_of(SCENARIO + OUTLINE, kills=[kill("swaps", ROW_A), kill("drops", ROW_C), kill("drops", ROW_A)])
    assert row(matrix, "STP-3.6").proofs[0].faults == ("drops", "swaps")
    assert row(matrix, "STP-3.1").proofs[0].faults == ()


def test_without_a_kill_matrix_nothing_is_claimed_about_faults(matrix_of: Callable[..., TraceMatrix]) -> None:
    assert row(matrix_of(SCENARIO), "STP-3.1").proofs[0].faults is None


def test_where_both_sides_meet_there_is_no_gap(matrix_of: Callable[..., TraceMatrix]) -> None:
    assert gaps(matrix_of(SCENARIO + OUTLINE)) == set()


def test_a_requirement_without_scenario_is_a_gap_at_its_own_line(matrix_of: Callable[..., TraceMatrix]) -> None:
    matrix = matrix_of(SCENARIO)
    assert row(matrix, "STP-3.6").state == "no scenario"
    gap = next(gap for gap in matrix.check() if "@STP-3.6:" in gap.message)
    assert Path(gap.file).read_text().splitlines()[gap.line - 1] == 'id = "STP-3.6"'


@pytest.mark.parametrize(
    ("tags", "rule"),
    [("@critical", "scenario-without-requirement"), ("@STP-3.1 @STP-3.99", "unknown-requirement")],
)
def test_a_scenario_without_a_known_requirement_is_a_gap(
    matrix_of: Callable[..., TraceMatrix], tags: str, rule: str
) -> None:
    odd = SCENARIO.replace("@STP-3.1 @critical", tags).replace("arrives", "arrives oddly")
    assert gaps(matrix_of(SCENARIO + OUTLINE + odd)) == {(rule, "3_messages.feature")}


def test_what_is_not_applicable_needs_no_scenario_and_may_have_none(
    matrix_of: Callable[..., TraceMatrix], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (registry.FOLDER / "chat.toml").read_text().replace('id = "STP-3.6"', 'id = "STP-3.6"\nnot_applicable = "x"')
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs/chat.toml").write_text(text)
    specs = registry.load(tmp_path / "specs")
    monkeypatch.setattr(registry, "load", lambda: specs)
    assert row(matrix_of(SCENARIO), "STP-3.6").state == "not applicable"
    assert gaps(matrix_of(SCENARIO)) == set()
    assert gaps(matrix_of(SCENARIO + OUTLINE)) == {("requirement-without-scenario", "chat.toml")}


def test_a_rule_hands_its_tags_down(matrix_of: Callable[..., TraceMatrix]) -> None:
    ruled = "\n  @STP-3.1\n  Rule: Messages arrive\n" + SCENARIO.replace("@STP-3.1 @critical", "@critical")
    assert [proof.title for proof in row(matrix_of(ruled), "STP-3.1").proofs] == [ARRIVES]


@pytest.mark.parametrize("kills", [{"kills": [{}]}, {}, {"kills": [{"fault": "x", "scenario": "nowhere"}]}])
def test_what_is_no_kill_matrix_is_one_clear_line(
    matrix_of: Callable[..., TraceMatrix], tmp_path: Path, kills: dict[str, Any]
) -> None:
    matrix_of(SCENARIO, kills=[])
    (tmp_path / ".earshot/kill-matrix/chat.json").write_text(json.dumps(kills))
    with pytest.raises(SuiteError, match=r"chat.json is not a kill matrix .*earshot kill-matrix"):
        trace("chat", tmp_path)


def test_an_unknown_system_is_one_clear_line() -> None:
    with pytest.raises(SuiteError, match=r"there is no system 'chess'; there are: .*chat"):
        trace("chess")


def test_markdown_and_page_show_every_requirement_and_escape_what_they_quote(
    matrix_of: Callable[..., TraceMatrix],
) -> None:
    matrix = matrix_of(SCENARIO + OUTLINE, [ran(ARRIVES, "passed")], [kill("drops", ARRIVES)])
    for text in (output.markdown(matrix), output.page(matrix)):
        assert all(id in text for id in registry.ids("chat"))
        assert "3.6 Messages flow for &lt;who&gt;" in text
        assert "drops" in text
    assert "http" not in output.page(matrix), "the page needs nothing from elsewhere"


def test_a_run_that_was_not_whole_is_called_so(matrix_of: Callable[..., TraceMatrix]) -> None:
    matrix = replace(matrix_of(SCENARIO), troubles=("the whole run: it has not ended",))
    for text in (output.page(matrix), output.markdown(matrix)):
        assert "; not whole: the whole run: it has not ended" in text


def test_the_page_names_the_gaps(matrix_of: Callable[..., TraceMatrix]) -> None:
    odd = SCENARIO.replace("@STP-3.1 @critical", "@critical")
    assert "add the tag of the requirement it shows" in output.page(matrix_of(odd))
    assert "add the tag of the requirement it shows" not in output.page(matrix_of(SCENARIO))


def test_the_project_itself_has_no_gaps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("support.reporting.traceability.trace.REPORTS", tmp_path)
    assert main(check=True) == 0, capsys.readouterr().out
    assert (tmp_path / "trace.html").exists()
    assert (tmp_path / "trace.md").exists()
