"""`earshot gate`: each limit from both sides, and nothing that did not pass ever counts as passed."""

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from support.config.requirements import registry
from support.core.errors import SuiteError
from support.reporting import run_start
from support.reporting.gate.command import HOUSE, main
from support.vocabulary.lint.source import played, read, title
from tests.gate.conftest import House

KNOWN = {"status": "failed", "kind": "known", "message": "not yet", "issue": "#7"}
TROUBLE = {"where": "after_all", "kind": "suite", "message": "no end", "details": "", "trace": "", "worker": 1}
DIED = {"run": 7, "selected": []}
PASSED = {"3.1 A message arrives": ("@STP-3.1 @critical", "passed")}


def trained(passed: int, total: int, completion: str = "passed") -> dict[str, tuple[str, Any]]:
    """A training spec of `total` scenarios of which `passed` pass, besides the one on completion."""
    rest = {f"{n}": ("@CT-API-1", "passed" if n < passed else "failed") for n in range(total - 1)}
    return {"completed": ("@CT-UX-3", completion)} | rest


def proven(**bad: str) -> dict[str, tuple[str, Any]]:
    """A dashboard spec with a scenario for each requirement; `bad` says how some of them ended."""
    ids = sorted(registry.ids("dashboard"))
    return {f"On {id}": (f"@{id}", bad.get(id.removeprefix("DASH-003."), "passed")) for id in ids}


def said(capsys: pytest.CaptureFixture[str]) -> str:
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("passed", "total", "words", "code"),
    [
        (10, 10, "READY", 0),
        (91, 100, "READY", 0),
        (90, 100, "READY WITH CAUTION", 0),
        (80, 100, "READY WITH CAUTION", 0),
        (79, 100, "NOT READY", 1),
    ],
)
def test_training_is_as_ready_as_its_share(
    house: House, capsys: pytest.CaptureFixture[str], passed: int, total: int, words: str, code: int
) -> None:
    assert main("training", house("training", trained(passed - 1, total))) == code
    told = said(capsys)
    assert f"training: {words} written" in told
    assert f"{passed} of" in told


def test_training_is_not_ready_without_completion_whatever_the_share(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main("training", house("training", trained(99, 100, completion="failed"))) == 1
    assert "training: NOT READY" in said(capsys)


@pytest.mark.parametrize("end", ["failed", "broken", "not run", KNOWN, None])
def test_whatever_did_not_pass_counts_against(house: House, end: Any) -> None:
    assert main("chat", house("chat", PASSED)) == 0
    assert main("chat", house("chat", PASSED | {"3.2 Another": ("@STP-3.2 @blocker", end)})) == 1


def test_chat_asks_for_what_is_critical_only(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    assert main("chat", house("chat", PASSED | {"3.2 A blemish": ("@STP-3.2 @minor", "failed")})) == 0
    assert "1 of 1" in said(capsys)


@pytest.mark.parametrize(
    ("system", "id", "decision"),
    [("broker", "TC-PT-X1", "DEPLOY"), ("broker", "BROKER-X4", "DEPLOY"), ("chat", "STP-X1", "PASS")],
)
def test_what_is_beyond_the_document_counts_in_no_rule_of_it(
    house: House, capsys: pytest.CaptureFixture[str], system: str, id: str, decision: str
) -> None:
    ids = sorted(one.id for one in registry.load()[system].requirement if not one.is_ours)
    rest = {f"{one} On it": (f"@{one} @critical", "passed") for one in ids}
    main(system, house(system, rest | {f"{id} Ours": (f"@{id} @critical", "failed")}))
    told = said(capsys)
    assert f"{system}: {decision}" in told
    assert "Ours" not in told


@pytest.mark.parametrize(("id", "rule"), [("P4", "PASS criterion"), ("F8", "FAIL criterion"), ("11", "All steps")])
def test_one_criterion_fails_the_dashboard(
    house: House, capsys: pytest.CaptureFixture[str], id: str, rule: str
) -> None:
    assert main("dashboard", house("dashboard", proven())) == 0
    assert "dashboard: PASS" in said(capsys)
    root = house("dashboard", proven(**{id: "failed"}))
    assert main("dashboard", root) == 1
    page = (root / "reports/gate.html").read_text()
    red = [article for article in page.split("<article>")[1:] if 'class="state red"' in article]
    assert len(red) == 1, "only the rule that it breaks"
    assert rule in red[0]
    assert f"On DASH-003.{id}" in red[0]


def test_a_criterion_falls_by_what_is_about_it_only(house: House) -> None:
    """The scenario about P4 that shows P5 on its way leaves P5 to the scenario of its own."""
    ids = sorted(registry.ids("dashboard"))
    scenarios = {f"{id} holds": (f"@{id}", "passed") for id in ids}
    scenarios["DASH-003.P4 holds"] = ("@DASH-003.P4 @DASH-003.P5", "failed")
    root = house("dashboard", scenarios)
    assert main("dashboard", root) == 1
    against = re.findall(r"<li>(DASH-003\.P\d) holds", (root / "reports/gate.html").read_text())
    assert against == ["DASH-003.P4"]


@pytest.mark.parametrize(
    ("end", "said_of_it"),
    [
        ({"status": "absent", "message": "the product has no invitations"}, "absent: the product has no invitations"),
        ({"status": "not run", "reason": "the profile gives no access to Redis"}, "not run: the profile gives no"),
        ({"status": "not reached", "message": "could not be tried: 415"}, "not reached: could not be tried: 415"),
    ],
)
def test_what_counts_against_says_why(
    house: House,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    end: dict[str, str],
    said_of_it: str,
) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    root = house("chat", PASSED | {"3.2 Another": ("@STP-3.2 @blocker", end)})
    assert main("chat", root) == 1
    assert said_of_it in said(capsys)
    assert said_of_it in (root / "reports/gate.html").read_text()


def test_a_criterion_without_a_scenario_is_not_proven(house: House) -> None:
    scenarios = proven()
    del scenarios["On DASH-003.P7"]
    root = house("dashboard", scenarios)
    assert main("dashboard", root) == 1
    assert "there is no scenario for it" in (root / "reports/gate.html").read_text()


@pytest.mark.parametrize("trouble", [TROUBLE, DIED])
def test_a_run_that_was_not_whole_decides_nothing_good(
    house: House, capsys: pytest.CaptureFixture[str], trouble: dict[str, Any]
) -> None:
    assert main("chat", house("chat", PASSED, trouble)) == 1
    assert "The run was not whole" in said(capsys)


def test_a_verdict_that_was_amended_counts_as_amended(house: House) -> None:
    root = house("chat", PASSED)
    path = root / "reports/results.jsonl"
    line = json.loads(path.read_text())
    path.write_text(f"{json.dumps(line)}\n{json.dumps(line | {'status': 'failed', 'kind': 'product'})}\n")
    assert main("chat", root) == 1


@pytest.mark.parametrize("statuses", [("passed", "failed"), ("failed", "passed")])
def test_of_a_scenario_that_ran_twice_the_worse_verdict_counts(house: House, statuses: tuple[str, str]) -> None:
    root = house("chat", PASSED)
    path = root / "reports/results.jsonl"
    line = json.loads(path.read_text())
    lines = [line | {"status": status, "turn": turn} for turn, status in enumerate(statuses, 1)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main("chat", root) == 1


def test_a_scenario_that_has_been_edited_since_is_not_taken_for_another(house: House) -> None:
    root = house("chat", PASSED | {"3.1 Another": ("@STP-3.1 @critical", "passed")})
    feature = root / "features/chat/1_all.feature"
    feature.write_text(feature.read_text().replace("3.1 A message arrives", "3.1 A message arrives twice"))
    assert main("chat", root) == 1
    assert "edited since" in (root / "reports/gate.html").read_text()


def test_each_row_of_an_outline_counts(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    root = house("chat", PASSED)
    outline = (
        "\n  @STP-3.2 @critical\n  Scenario Outline: Same\n    When {0}\n    Examples:\n      | who |\n      {1}\n"
    )
    feature = root / "features/chat/1_all.feature"
    feature.write_text(feature.read_text() + outline.format("<who> waves", "| user A |\n      | user B |"))
    passed = json.loads((root / "reports/results.jsonl").read_text())
    row = feature.read_text().splitlines().index("      | user A |") + 1
    lines = [passed, passed | {"scenario": "Same", "line": row},
             passed | {"scenario": "Same", "line": row + 1, "status": "failed"}]  # fmt: skip
    (root / "reports/results.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    assert main("chat", root) == 1
    assert "2 of 3" in said(capsys)


def test_without_results_of_the_system_nothing_is_decided(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    root = house("chat", PASSED)
    assert main("training", root) == 4
    told = capsys.readouterr()
    assert told.err == "gate: the last run has no results of training: `earshot run features/training` first\n"
    assert main(None, root) == 0, "the systems that have results decide"
    (root / "reports/results.jsonl").write_text("")
    assert main(None, root) == 4
    page = (root / "reports/gate.html").read_text()
    assert "No results in the last run" in page
    assert "<h2>ChatTrain MVP1</h2>" in page
    assert "PASS" not in page, "the decision of an earlier run is gone"
    (root / "reports/results.jsonl").unlink()
    assert main("chat", root) == 4


def test_a_run_that_has_not_ended_is_red(house: House, capsys: pytest.CaptureFixture[str]) -> None:
    root = house("chat", PASSED)
    assert main("chat", root) == 0
    run_start.mark(root / "reports")
    assert main("chat", root) == 1, "it has no results, and that is no reason to decide nothing"
    assert "The run was not whole" in said(capsys)
    assert "has not ended" in (root / "reports/gate.html").read_text()
    assert '<p class="decision red">the run was interrupted</p>' in (root / "reports/index.html").read_text()


def test_what_is_no_ledger_is_one_clear_line(house: House) -> None:
    root = house("chat", PASSED)
    (root / "reports/results.jsonl").write_text('{"scenario": "x"}\n')
    with pytest.raises(SuiteError, match=r"results.jsonl is not a results file .*run again"):
        main("chat", root)


def test_a_system_without_rules_is_one_clear_line() -> None:
    with pytest.raises(SuiteError, match=r"there are no rules for 'chess'; there are for: .*chat, dashboard, "):
        main("chess")


def test_the_page_needs_nothing_else_and_escapes_what_it_quotes(house: House) -> None:
    end = {"status": "failed", "kind": "product", "message": "got <b>this</b>"}
    root = house("chat", PASSED | {"3.2 Mind <script>": ("@STP-3.2 @critical", end)})
    main("chat", root)
    page = (root / "reports/gate.html").read_text()
    assert "3.2 Mind &lt;script&gt;" in page
    assert "failed: got &lt;b&gt;this&lt;/b&gt;" in page
    assert "http" not in page


@pytest.mark.parametrize("system", ["chat", "dashboard", "training", "threads"])
def test_the_real_book_passes_its_gate_if_all_of_it_passes_and_not_if_nothing_does(tmp_path: Path, system: str) -> None:
    shutil.copytree(HOUSE / "features" / system, tmp_path / "features" / system)
    (tmp_path / "reports").mkdir()
    for status, code in (("passed", 0), ("not run", 1)):
        with (tmp_path / "reports/results.jsonl").open("w") as results:
            for path in (tmp_path / "features").rglob("*.feature"):
                for row in [row for scenario in read(path).scenarios for row in played(scenario)]:
                    place = {"file": str(path.relative_to(tmp_path)), "line": row.line}
                    line = {"scenario": title(row), "feature": "", **place, "tags": [], "status": status}
                    results.write(json.dumps(line) + "\n")
        assert main(system, tmp_path) == code
