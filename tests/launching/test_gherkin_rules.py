"""Scenarios under a `Rule:` are selected, shared out, run again and reported as any others are."""

import json
import shutil
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from support.core.exit_codes import Verdict
from support.execution import last_run, listing, running, sharding
from support.execution.launch import REPORTS, Launch
from support.reporting import results_file
from support.reporting.judging import rule_of

PROJECT = Path(__file__).parents[1] / "honesty" / "project"
#: Two rules that have a title in common, which each has its own failure of, and an outline under a Rule.
RULES = """@chat
Feature: 3. Messages

  Scenario: it passes
    Given a step that works

  Rule: Messages arrive
    Background:
      Given a step that works

    @smoke
    Scenario: it holds
      Then one is two

    Scenario Outline: it is <what>
      Then one is <what>

      Examples:
        | what |
        | one  |
        | two  |

  @STP-3.4
  Rule: Messages are kept
    Scenario: it holds
      Given a step that works

    @smoke
    Scenario: it lasts
      Given a step that works
"""
FEATURE = "features/chat/3_messages.feature"
IN_RULES = ["it holds", "it is one", "it is two", "it holds", "it lasts"]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = shutil.copytree(PROJECT, tmp_path / "project")
    path = project / FEATURE
    path.parent.mkdir()
    path.write_text(RULES)
    monkeypatch.chdir(project)
    return project


def names(arguments: list[str]) -> list[str]:
    return [one.name for one in sharding.selected(arguments)]


def ran() -> list[str]:
    return [one.scenario for one in results_file.read("reports/results.jsonl").outcomes if one.status != "not run"]


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        ([], ["it passes", *IN_RULES]),
        (["-n", "it holds"], ["it holds", "it holds"]),
        (["-n", "it is two"], ["it is two"]),
        (["--tags=@smoke"], ["it holds", "it lasts"]),
        (["--tags=@STP-3.4"], ["it holds", "it lasts"]),
    ],
)
def test_names_and_tags_select_them(arguments: list[str], wanted: list[str], project: Path) -> None:
    assert names([*arguments, FEATURE]) == wanted
    running.run(Launch([*arguments, FEATURE]))
    assert ran() == wanted


@pytest.mark.parametrize(
    ("line", "wanted"), [(7, IN_RULES[:3]), (12, ["it holds"]), (15, IN_RULES[1:3]), (21, ["it is two"])]
)
def test_a_line_selects_them(line: int, wanted: list[str], project: Path) -> None:
    assert names([f"{FEATURE}:{line}"]) == wanted
    running.run(Launch([f"{FEATURE}:{line}"]))
    assert ran() == wanted


def test_shards_and_processes_play_each_once(project: Path) -> None:
    both = [FEATURE, "features/rule.feature"]
    shards = [names(sharding.shard(both, number, 2) or []) for number in (1, 2)]
    assert all(shards)
    assert Counter(shards[0] + shards[1]) == Counter(names(both))
    assert running.run(Launch(both, jobs=2)) == Verdict.PRODUCT
    assert Counter(ran()) == Counter(names(both))


def test_they_are_listed(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert listing.main([FEATURE]) == Verdict.GREEN
    listed = capsys.readouterr().out.splitlines()
    assert [line.partition("  ")[2] for line in listed if line.startswith(FEATURE)] == ["it passes", *IN_RULES]


def test_the_one_that_failed_is_run_again_and_not_that_of_another_rule(project: Path) -> None:
    assert running.run(Launch([FEATURE])) == Verdict.PRODUCT
    again = last_run.failed([], REPORTS)
    found = [(one.name, rule_of(one)) for one in sharding.selected(again)]
    assert [(name, rule and rule.name) for name, rule in found] == [
        ("it holds", "Messages arrive"),
        ("it is two", "Messages arrive"),
    ]


def test_junit_and_allure_say_which_rule(project: Path) -> None:
    running.run(Launch([FEATURE], junit=True))
    cases = Xml.parse("reports/junit/TESTS-chat.3_messages.xml").getroot().findall("testcase")
    assert [(case.attrib["classname"], case.attrib["name"]) for case in cases] == [
        ("chat.3 Messages", "it passes"),
        ("chat.3 Messages: Messages arrive", "it holds"),
        ("chat.3 Messages: Messages arrive", "it is one"),
        ("chat.3 Messages: Messages arrive", "it is two"),
        ("chat.3 Messages: Messages are kept", "it holds"),
        ("chat.3 Messages: Messages are kept", "it lasts"),
    ]
    results = [json.loads(path.read_text()) for path in Path("reports/allure-results").glob("*-result.json")]
    suites = Counter(label["value"] for one in results for label in one["labels"] if label["name"] == "subSuite")
    assert suites == {"Messages arrive": 3, "Messages are kept": 2}
    assert len({one["historyId"] for one in results}) == 6
