"""`earshot verdicts` explains every scenario that is not green, and nothing else."""

import json
from pathlib import Path

import pytest

from support.core.errors import SuiteError
from support.core.redaction import everywhere
from support.reporting import verdict_table
from support.reporting.run_metadata import RunMetadata

REASONS = """
introduction = "What became of it."

[[reasons]]
kind = "finding"
scenario = "leaks"
says = "secret .* told"
because = "It tells everybody."
"""


def outcome(line: int, title: str, status: str, **more: str) -> dict[str, object]:
    return {"scenario": title, "feature": "F", "file": "f.feature", "line": line, "tags": [], "status": status} | more


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    outcomes = [
        outcome(9, "1 It leaks", "failed", kind="product", details="the secret was\ntold to | user A"),
        outcome(3, "0 It works", "passed"),
    ]
    lines = [
        {"run": 1, "selected": [{key: one[key] for key in ("file", "line")} for one in outcomes]},
        *(one | {"worker": 1} for one in outcomes),
        {"ended": 1, "verdict": 1, "duration": 1.0, "empty": ""},
    ]
    (tmp_path / "results.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (tmp_path / "allure-results").mkdir()
    found = {"profile": "synapse", "python": "3.11.7", "A: deployment": "embedded", "A: server": "Synapse 1.163.2"}
    RunMetadata(tmp_path / "allure-results", everywhere).write(found)
    (tmp_path / "reasons.toml").write_text(REASONS)
    return tmp_path


def test_the_table_has_all_scenarios_in_order_with_reasons_counts_and_versions(reports: Path) -> None:
    page = reports / "page.md"
    assert verdict_table.main(reports / "reasons.toml", reports, page) == 0
    text = page.read_text()
    assert "**2 scenarios: 1 passed, 1 failed (finding).**" in text
    assert "With Synapse 1.163.2." in text
    works, leaks = (line for line in text.splitlines() if line.startswith(("| 0", "| 1")))
    assert works == "| 0 It works | passed |  |"
    assert leaks == "| 1 It leaks | failed | *finding*: It tells everybody. |"


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ('scenario = "leaks"', 'no reason for "1 It leaks", failed: the secret was told to | user A'),
        ('says = "secret .* told"', 'no reason for "1 It leaks"'),
        ('kind = "finding"', "key 'reasons.0.kind'"),
    ],
)
def test_a_wrong_reason_is_none(reports: Path, change: str, complaint: str) -> None:
    key = change.partition(" ")[0]
    (reports / "reasons.toml").write_text(REASONS.replace(change, f'{key} = "something else"'))
    with pytest.raises(SuiteError) as trouble:
        verdict_table.main(reports / "reasons.toml", reports)
    assert complaint in str(trouble.value)


def test_a_reason_that_explains_nothing_any_more_is_found(reports: Path) -> None:
    more = '[[reasons]]\nkind = "finding"\nscenario = "works"\nbecause = "It was broken."\n'
    (reports / "reasons.toml").write_text(REASONS + more)
    with pytest.raises(SuiteError, match=r"nothing is explained any more by: It was broken\."):
        verdict_table.main(reports / "reasons.toml", reports)


def test_all_that_is_wrong_with_the_reasons_is_told_at_once(reports: Path) -> None:
    more = '[[reasons]]\nkind = "finding"\nscenario = "works"\nbecause = "It was broken."\n'
    (reports / "reasons.toml").write_text(REASONS.replace('scenario = "leaks"', 'scenario = "something else"') + more)
    with pytest.raises(SuiteError, match=r'no reason for "1 It leaks"(.|\n)*nothing is explained any more by: It was'):
        verdict_table.main(reports / "reasons.toml", reports)


def test_without_a_run_there_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "reasons.toml").write_text(REASONS)
    with pytest.raises(SuiteError, match="there is no run"):
        verdict_table.main(tmp_path / "reasons.toml", tmp_path)


def test_two_results_of_one_scenario_have_a_row_each(reports: Path) -> None:
    again = outcome(9, "1 It leaks", "passed") | {"turn": 2, "worker": 1}
    with (reports / "results.jsonl").open("a", encoding="utf-8") as results:
        results.write(json.dumps(again) + "\n")
    verdict_table.main(reports / "reasons.toml", reports, reports / "page.md")
    rows = [line for line in (reports / "page.md").read_text().splitlines() if line.startswith("| 1")]
    assert rows == ["| 1 It leaks | failed | *finding*: It tells everybody. |", "| 1 It leaks | passed |  |"]
