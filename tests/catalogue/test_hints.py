"""Hints for those who know no phrase of ours: near in words, the same in lint and in a run, and all in seconds."""

import time
from pathlib import Path

import pytest
from behave.matchers import Matcher
from behave.model import Step, Table

from support.vocabulary.catalogue import HOUSE
from support.vocabulary.catalogue.did_you_mean import NAMES, QUOTES, STAR, advice, has_loose_quotes
from support.vocabulary.catalogue.suggestions import nearest
from support.vocabulary.lint import lint, vocabulary

#: What somebody wrote -> the phrases of which any may come first.
HINTS = {
    said: wanted.split(" | ")
    for said, _, wanted in (
        line.partition(" -> ")
        for line in Path(__file__).with_name("hints.txt").read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    )
}
#: Seconds of a processor that lint may take for what somebody has imported. It took eight minutes once, now about ten.
BOUND = 40.0

Known = list[tuple[str, Matcher]]


@pytest.fixture(scope="module")
def known() -> Known:
    return [(phrase.kind, phrase.matcher) for phrase in vocabulary.load(HOUSE / "steps")]


def step(text: str, keyword: str = "", **below: object) -> Step:
    first, _, said = text.partition(" ")
    return Step("some.feature", 1, keyword or first, first.lower(), said, **below)


@pytest.mark.parametrize("said", HINTS)
def test_the_first_hint_is_what_was_meant(said: str, known: Known) -> None:
    kind, _, text = said.partition(" ")
    found = nearest(text, kind.lower(), known)
    assert found[0] in HINTS[said], found


def test_what_is_meant_by_the_hints_is_there(known: Known) -> None:
    assert {phrase for wanted in HINTS.values() for phrase in wanted} <= {
        f"{kind.title()} {matcher.pattern}" for kind, matcher in known
    }


@pytest.mark.parametrize(
    ("said", "remarks"),
    [
        ("Given User A and User B are online", [NAMES]),
        ("Given alice is onlin", []),
        ("When Alice logs in", [NAMES]),
        ('When user A sends "she said "hi"" to user B', [QUOTES]),
        ("When user A sends “Hello” to user B", [QUOTES]),
        ('When user A sends "Hello to user B', [QUOTES]),
        ("When user A sendz 'she said \"hi\"' to user B", []),
        ('When user A sendz "Hello" to user B', []),
    ],
)
def test_a_hint_says_what_else_there_is_to_know(said: str, remarks: list[str], known: Known) -> None:
    assert advice(step(said), known).remarks == remarks


def test_an_asterisk_is_explained(known: Known) -> None:
    said = step('Given user A sends "Hello" to user B', keyword="*")
    told = advice(said, known)
    assert (told.keywords, told.phrases, told.remarks) == (["When"], [], [STAR])
    assert told.in_a_line() == f"it is one for When; {STAR}"
    assert told.in_lines() == f"; it is one for When\n  ({STAR})"


def test_a_phrase_that_takes_a_table_is_near_to_a_step_that_has_one(known: Known) -> None:
    table = Table(["message"], rows=[["Hello"]])
    assert (
        advice(step("When Alice sends messages to Bob", table=table), known).phrases[0] == "When {user} sends to {user}"
    )


@pytest.mark.parametrize(("said", "loose"), [
    ('she said "hi"', False), ('"she said "hi""', True), ("“hi”", True), ("'a \"b\" c'", False), ("user A's", False)
])  # fmt: skip
def test_quotes_in_quotes_are_noticed(said: str, loose: bool) -> None:
    assert has_loose_quotes(said) == loose


def test_lint_of_what_was_imported_takes_seconds(tmp_path: Path) -> None:
    """600 scenarios, 1,700 different steps that nobody has defined."""
    (tmp_path / "steps").symlink_to(HOUSE / "steps")
    folder = tmp_path / "features" / "zz"
    folder.mkdir(parents=True)
    sayings = [said for said in HINTS if '"' not in said]
    steps = [f"{sayings[number % len(sayings)]} in case {number}" for number in range(1700)]
    for file in range(60):
        scenarios = "".join(
            f"  Scenario: {file}.{one}\n" + "".join(f"    {line}\n" for line in steps[(file * 10 + one) % 566 :: 566])
            for one in range(10)
        )
        (folder / f"{file}.feature").write_text(f"Feature: {file}\n{scenarios}", encoding="utf-8")
    began = time.process_time()
    found = [one for one in lint(root=tmp_path) if one.rule == "undefined-step"]
    assert time.process_time() - began < BOUND
    assert len(found) == 1700
