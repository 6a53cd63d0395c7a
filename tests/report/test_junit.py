"""JUnit files as GitLab, GitHub and Jenkins read them: names, places, figures, and only what all of them know."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from support.reporting import junit
from support.reporting.outcome import Outcome, RunResults, Trouble

#: What no reader can do without.
NEEDED = {"testsuite": {"name", "tests", "failures", "errors"}, "testcase": {"classname", "name", "time"}}

#: What the JUnit schema of Jenkins knows, and `file` and `line`, which GitLab and GitHub read and Jenkins leaves alone.
KNOWN = {
    "testsuite": {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"},
    "testcase": {"classname", "name", "time", "file", "line"},
    "failure": {"type", "message"},
    "error": {"type", "message"},
    "skipped": {"type", "message"},
}


def outcome(scenario: str, status: str = "passed", **more: Any) -> Outcome:
    kind = {"failed": "product", "broken": "suite"}.get(status)
    given: dict[str, Any] = {"kind": kind, "duration": 1.25, "file": "features/chat/3_messages.feature"} | more
    file = given.pop("file")
    return Outcome(scenario, given.pop("feature", "3. Messages"), file, 7, [], status, **given)  # type: ignore[arg-type]


@pytest.fixture
def suites(tmp_path: Path) -> dict[str, Xml.Element]:
    """The files of a run in which everything happens that can, by name."""
    run = RunResults(
        outcomes=[
            outcome("3.1 One"),
            outcome("3.2 Two", "failed", at="assertion", message="lost\x07 & <gone>", details="it was \x1b[1mlost"),
            outcome("3.3 Three", "broken", at="hook", message="oh"),
            outcome("3.4 Four", "not run", reason="no bots here"),
            outcome("3.5 Five", "failed", kind="known", message="as ever", reason="old", issue="12"),
            outcome("3.6 Six", "failed", kind="flaky", message="now and then"),
            outcome("One\x00", feature="2.1 Proxy", file="features/broker/2_1_proxy.feature"),
        ],
        troubles=[Trouble("after_all", "suite", "no", "details", "trace")],
    )
    junit.write(run, tmp_path)
    return {path.name: Xml.parse(path).getroot() for path in tmp_path.iterdir()}


def test_there_is_a_file_for_each_feature_and_one_for_the_rest(suites: dict[str, Xml.Element]) -> None:
    assert set(suites) == {"TESTS-chat.3_messages.xml", "TESTS-broker.2_1_proxy.xml", "TESTS-run.xml"}


def test_nothing_stands_in_them_that_a_reader_might_not_know(suites: dict[str, Xml.Element]) -> None:
    for suite in suites.values():
        for element in suite.iter():
            assert NEEDED.get(element.tag, set()) <= set(element.attrib) <= KNOWN[element.tag], element.tag
            assert {child.tag for child in element} <= {"testcase": {"failure", "error", "skipped"}}.get(
                element.tag, {"testcase"} if element.tag == "testsuite" else set()
            )
        assert all(len(case) <= 1 for case in suite)


def test_the_figures_are_those_of_the_cases(suites: dict[str, Xml.Element]) -> None:
    suite = suites["TESTS-chat.3_messages.xml"]
    counted = {name: int(suite.attrib[name]) for name in ("tests", "failures", "errors", "skipped")}
    assert counted == {"tests": 6, "failures": 2, "errors": 1, "skipped": 2}
    assert float(suite.attrib["time"]) == pytest.approx(7.5)


def test_a_case_is_named_by_book_feature_and_title(suites: dict[str, Xml.Element]) -> None:
    """Jenkins makes a package of all before the last point of a class."""
    names = {(case.attrib["classname"], case.attrib["name"]) for suite in suites.values() for case in suite}
    assert ("chat.3 Messages", "3.1 One") in names
    assert ("broker.2-1 Proxy", "One␀") in names


def test_a_case_is_its_only_one(suites: dict[str, Xml.Element]) -> None:
    """GitLab tells cases apart by class and name."""
    cases = [(case.attrib["classname"], case.attrib["name"]) for suite in suites.values() for case in suite]
    assert len(set(cases)) == len(cases)


def test_a_red_case_does_not_hide_behind_a_green_one_of_the_same_name(tmp_path: Path) -> None:
    """GitLab shows the first alone of cases that are named alike."""
    junit.write(RunResults(outcomes=[outcome("One"), outcome("One", "failed", message="no")]), tmp_path)
    suite = Xml.parse(tmp_path / "TESTS-chat.3_messages.xml").getroot()
    assert [(case.attrib["name"], len(case)) for case in suite] == [("One", 0), ("One (2)", 1)]


def test_neither_does_it_behind_one_of_another_file(tmp_path: Path) -> None:
    """Files of one name in two folders, and a feature that is called as the file for troubles is."""
    places = [
        "features/chat/1.feature",
        "old/chat/1.feature",
        "features/chat/2.feature",
        "run.feature",
        "OLD/Chat/1.feature",
    ]
    red = [outcome("One", "failed", message="no", file=place) for place in places[1:]]
    run = RunResults(
        outcomes=[outcome("One", file=places[0]), *red], troubles=[Trouble("after_all", "suite", "no", "", "")]
    )
    junit.write(run, tmp_path)
    found = {path.name: Xml.parse(path).getroot() for path in tmp_path.iterdir()}
    assert sum(int(suite.attrib["failures"]) for suite in found.values()) == 4
    assert "after_all" in [case.attrib["name"] for case in found["TESTS-run.xml"]]
    assert len({name.casefold() for name in found}) == len(found) == 6
    test_a_case_is_its_only_one(found)


def test_a_failure_names_the_step_and_those_before_it(tmp_path: Path) -> None:
    steps = ["Given user A is online", "When user A sends to user B", "Then user B gets it"]
    junit.write(
        RunResults(outcomes=[outcome("One", "failed", message="no", details="no\nnot yet", steps=steps)]), tmp_path
    )
    (failure,) = Xml.parse(tmp_path / "TESTS-chat.3_messages.xml").iter("failure")
    assert (
        failure.text
        == """no
not yet

features/chat/3_messages.feature:7
    Given user A is online
    When user A sends to user B
  > Then user B gets it"""
    )


def test_a_long_failure_stands_there_once(tmp_path: Path) -> None:
    said = "x" * 100_000
    junit.write(RunResults(outcomes=[outcome("One", "failed", message=said, details=said)]), tmp_path)
    text = (tmp_path / "TESTS-chat.3_messages.xml").read_text(encoding="utf-8")
    assert said in text
    assert len(text) < 105_000
    assert "… (100,000 characters in all)" in text


def test_a_file_says_when_and_where_it_was_made(tmp_path: Path) -> None:
    junit.write(RunResults(outcomes=[outcome("One")], began="2026-11-29T04:00:00", host="ci-7"), tmp_path)
    suite = Xml.parse(tmp_path / "TESTS-chat.3_messages.xml").getroot()
    assert (suite.attrib["timestamp"], suite.attrib["hostname"]) == ("2026-11-29T04:00:00", "ci-7")


def test_the_files_of_a_real_run_are_such(tmp_path: Path) -> None:
    project = shutil.copytree(Path(__file__).parents[1] / "honesty/project", tmp_path / "project")
    features = [f"features/{name}.feature" for name in ("ordinary", "assertion", "outline", "skipped")]
    command = [sys.executable, "-m", "behave", "--junit", *features]
    subprocess.run(command, cwd=project, capture_output=True, check=False)
    found = {path.name: Xml.parse(path).getroot() for path in (project / "reports").rglob("TESTS-*.xml")}
    assert len(found) == len(features)
    (failure,) = found["TESTS-features.assertion.xml"].iter("failure")
    assert (failure.text or "").endswith("\n  > Then one is two")
    assert all(suite.attrib["timestamp"] and suite.attrib["hostname"] for suite in found.values())
    test_nothing_stands_in_them_that_a_reader_might_not_know(found)
    test_a_case_is_its_only_one(found)


def test_a_case_says_where_it_stands(suites: dict[str, Xml.Element]) -> None:
    first = suites["TESTS-chat.3_messages.xml"][0]
    assert (first.attrib["file"], first.attrib["line"]) == ("features/chat/3_messages.feature", "7")


def test_what_went_wrong_is_told_in_signs_that_xml_allows(suites: dict[str, Xml.Element]) -> None:
    failure = next(suites["TESTS-chat.3_messages.xml"].iter("failure"))
    assert (failure.attrib["type"], failure.attrib["message"]) == ("assertion", "lost␇ & <gone>")
    assert failure.text == "it was ␛[1mlost"


def test_files_of_an_earlier_run_are_gone(tmp_path: Path) -> None:
    junit.write(RunResults(outcomes=[outcome("3.1 One")]), tmp_path)
    junit.write(RunResults(outcomes=[outcome("1.1 One", file="features/chat/1.feature")]), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["TESTS-chat.1.xml"]
