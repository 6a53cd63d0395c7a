"""The first page: what it says of the last run, and of those before it."""

import json
import os
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from support.config.requirements import registry
from support.reporting import html
from support.reporting.first_page import command, history
from support.reporting.first_page.overview import overview
from support.reporting.first_page.page import write
from support.reporting.first_page.remedies import remedy

DAY = datetime(2026, 6, 1, 12).timestamp()
FEATURE = "@chat\nFeature: All\n\n  @STP-3.1 @critical\n  Scenario: 3.1 A message arrives\n    When user A waves\n"
TROUBLE = {"where": "the run's end", "kind": "suite", "message": "SuiteError: no end", "details": "", "trace": "",
           "worker": 1}  # fmt: skip
KNOWN = {"status": "failed", "kind": "known", "reason": "echoes", "issue": "ISSUE-7", "expires": "2026-12-31"}


def ended(title: str, status: str = "passed", **more: Any) -> dict[str, Any]:
    """The results file's line on a scenario."""
    line = {"scenario": title, "feature": "All", "file": "features/chat/1_all.feature", "tags": ["chat"]}
    return line | {"line": 100 + sum(map(ord, title)), "status": status} | more


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """One spec with one scenario."""
    (tmp_path / "features/chat").mkdir(parents=True)
    (tmp_path / "features/chat/1_all.feature").write_text(FEATURE, encoding="utf-8")
    return tmp_path


def ran(root: Path, *lines: dict[str, Any], hours: int = 0) -> str:
    """Leave the results file of a run that ended `hours` after noon, and return the page on it."""
    path = root / "reports/results.jsonl"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    os.utime(path, (DAY, DAY + hours * 3600))
    return " ".join(write(root).read_text(encoding="utf-8").split())


def test_the_gate_and_the_requirements_are_there_for_each_system(house: Path) -> None:
    page = ran(house, ended("3.1 A message arrives", line=5))
    assert "I See Cubes chat server" in page
    assert '<p class="decision green">PASS</p>' in page
    assert "1 of 1 scenarios passed" in page
    assert f"{len(registry.ids('chat'))} requirements" in page
    assert "None: nothing has failed that may not." in page


def test_a_system_that_did_not_run_is_not_decided(house: Path) -> None:
    page = ran(house, ended("1 Elsewhere", file="features/training/1.feature", tags=["training"]))
    assert '<p class="decision yellow">not decided</p>' in page
    assert "0 of 0" not in page


def test_findings_stand_by_severity_and_like_ones_together(house: Path) -> None:
    details = "HOOK-ERROR in before_feature: EnvironmentFailure: the server is gone"
    gone = {"status": "broken", "kind": "environment", "details": details}
    page = ran(
        house,
        ended("A blemish", "failed", kind="product", details="<b>grey</b>, not white", tags=["chat", "minor"]),
        ended("One", **gone, tags=["chat", "critical"]),
        ended("Two", **gone, tags=["chat", "normal"]),
    )
    assert page.index("<strong>One</strong>") < page.index("<strong>A blemish</strong>")
    assert page.count('<div class="words">the server is gone</div>') == 1
    assert "<summary>One, …</summary>" in page
    assert "2 findings</a>: 1 critical, 1 minor; 3 scenarios hang on them<" in page
    assert page.index("<h3>Critical: ") < page.index("2 scenarios fail; at fault is the environment<")
    assert page.index("<h3>Minor: ") < page.index("1 scenario fails<")
    assert "&lt;b&gt;grey&lt;/b&gt;, not white" in page


def test_a_run_that_was_not_whole_is_said_to_be(house: Path) -> None:
    assert "The run was not whole: the run&#39;s end: no end" in ran(house, TROUBLE)


def test_known_failures_say_why_and_until_when(house: Path) -> None:
    page = ran(house, ended("An echo", **KNOWN))
    assert "echoes" in page
    assert "ISSUE-7; excused until 2026-12-31" in page
    assert "None: nothing has failed" in page


def test_what_could_not_be_tried_is_counted_at_its_finding(house: Path) -> None:
    cause = ended(
        "3.1 A message arrives", "failed", kind="product", details="user B got: 415", tags=["STP-3.1", "chat"]
    )
    waits = [
        ended(f"3.2 {number}", "not reached", kind="product", details="could not be tried: user A got: 415")
        for number in range(3)
    ]
    page = ran(house, cause, *waits)
    assert "1 finding</a>: 1 normal; 4 scenarios hang on it<" in page
    assert "1 scenario fails, 3 more could not be tried because of it<" in page


def test_a_card_has_one_number_though_the_run_was_not_asked_for_all(house: Path) -> None:
    more = FEATURE + "\n  @STP-3.2 @soak\n  Scenario: 3.2 A message arrives for hours\n    When user A waves\n"
    (house / "features/chat/1_all.feature").write_text(more, encoding="utf-8")
    page = ran(house, ended("3.1 A message arrives", line=5))
    assert "1 of 2 scenarios passed" in page
    assert "1 of 1 scenarios passed" not in page


def test_a_green_run_of_which_some_was_not_run_is_not_plainly_green(house: Path) -> None:
    lines = [ended("One", worker=1), ended("Two", "not run", reason="no portal here", worker=1)]
    announced = {
        "run": 1,
        "selected": [{key: line[key] for key in ("scenario", "feature", "file", "line", "tags")} for line in lines],
    }
    page = ran(house, announced, *lines, {"ended": 1, "verdict": 0, "duration": 1.0, "empty": ""})
    assert '<p class="decision yellow">green, 1 not run</p>' in page


@pytest.mark.parametrize(
    ("reason", "help"),
    [
        ("the external deployment gives no control over Redis", '[systems.….controls."Redis"]'),
        ("the processes of the dashboard server cannot be seen from here", '`pid = "…"` to [systems.….controls."dash'),
        ("the profile gives no access to this system's database", "[systems.….stores]"),
        ("the profile names no command that does 'pause' to SQLite", '`pause = "…"` to [systems.….controls."SQLite"]'),
        ("members here are removed for good", ""),
    ],
)
def test_what_was_not_run_says_what_to_give(reason: str, help: str) -> None:
    assert help in remedy(reason)
    assert bool(help) == bool(remedy(reason))


def test_what_was_left_out_says_why(house: Path) -> None:
    page = ran(house, *(ended(title, "not run", reason="no portal here") for title in ("One", "Two")))
    assert "2: no portal here" in page
    assert "not run</span> 1: chess" not in ran(house, ended("One", "not run", reason="the profile names no chess"))


def test_a_system_that_the_profile_does_not_name_has_no_part_in_the_run(house: Path) -> None:
    (house / "features/mqtt").mkdir()
    left_out = ended("4.3", "not run", reason="the profile names no mqtt", tags=["mqtt"])
    page = ran(house, ended("3.1 A message arrives", line=5), left_out)
    assert "<strong>MQTT broker</strong>" not in page
    assert ", 1 scenario<" in page.replace(" s, ", ", ")
    assert "the highest stands for 1 scenario." in page
    assert [change.outcome.scenario for change in overview(house).changes] == ["3.1 A message arrives"]


def test_a_scenario_is_compared_with_its_own_last_run(house: Path) -> None:
    ran(house, ended("Was good"), ended("Was bad", "failed"), ended("Stays"))
    ran(house, ended("Stays"), hours=1)
    page = ran(house, ended("Was good", "failed"), ended("Was bad"), ended("Stays"), ended("Fresh"), hours=2)
    assert "Changed</a>: 1 worse than before, 1 better than before, 1 new<" in page
    kinds = {change.outcome.scenario: change.kind for change in overview(house).changes}
    assert kinds == {"Was good": "worse", "Was bad": "better", "Fresh": "new"}


def test_rows_that_share_a_title_are_told_apart(house: Path) -> None:
    ran(house, ended("Row", line=5), ended("Row", "failed", line=6))
    page = ran(house, ended("Row", line=7), ended("Row", "failed", line=8), hours=1)
    assert "Nothing: every scenario ended as it did when it ran last." in page


def test_history_is_bounded_and_a_run_joins_it_once(house: Path) -> None:
    for hours in range(history.KEPT + 5):
        ran(house, ended("One"), hours=hours)
        write(house)
    kept = history.runs(house / "reports")
    assert len(kept) == history.KEPT
    assert kept[-1].ended.timestamp() == DAY + (history.KEPT + 4) * 3600


def test_a_ledger_of_another_version_is_left_out(house: Path) -> None:
    ran(house, ended("One"))
    (house / "reports/history/2020-01-01T00-00-00-000000.jsonl").write_text('{"unknown": 1}\n', encoding="utf-8")
    assert [past.ended.date() for past in history.runs(house / "reports")] == [date(2026, 6, 1)]


def test_before_any_run_it_says_so(house: Path) -> None:
    assert "Nothing has run yet." in write(house).read_text(encoding="utf-8")


def test_all_pages_are_there_without_the_allure_report(house: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "main", lambda: 1)
    ran(house, ended("3.1 A message arrives"))
    assert command.main(house) == 1
    page = (house / "reports/index.html").read_text(encoding="utf-8")
    assert 'href="trace.html"' in page
    assert 'href="gate.html"' in page
    assert "allure/index.html" not in page
    assert "http" not in page, "it calls nobody"


def test_a_run_of_a_day_when_the_clock_was_wrong_is_not_the_last(house: Path) -> None:
    ran(house, ended("3.1 A message arrives", line=5), hours=9999)
    page = ran(house, ended("3.1 A message arrives", "failed", kind="product", line=5))
    assert "the product failed" in page
    assert "0 of 1 scenarios passed" in page
