"""`earshot steps`: what it lists, what it counts, and that `docs/steps.md` says the same."""

import json
import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from support.core.errors import SuiteError
from support.vocabulary.catalogue import HOUSE, OVERVIEW, PAGE, SETTINGS, main, page
from support.vocabulary.catalogue.editors import settings
from support.vocabulary.catalogue.entries import entries, parameters
from support.vocabulary.catalogue.overview import TOPICS, overview
from support.vocabulary.catalogue.reuse import PhraseShare, shares
from support.vocabulary.lint.suite import Suite

STEPS = '''"""Phrases about messages: sending and receiving."""
from support.scenario.step_decorators import given, then, when

@given("{user} has sent {string}")
@when("{user} sends {string}")
async def sends(world, role, text):
    """Sends one message,
    and waits for nothing.

    Example: When user A sends "Hello"
    """

@then("{user} is/are told that {database} {outage}")
async def is_told(world, role, database, outage):
    """Word arrives.

    Example: Then user A is told that Redis hangs
    """
'''
SCENARIO = "Feature: 1\n  Scenario: 1.{number}\n    {steps}\n"
OUTLINE = """Feature: 2
  Scenario Outline: 2.1
    Given <who> has sent "Hello"
    Then user B is told that Redis hangs

    Examples:
      | who    |
      | user A |
      | user B |
"""


@pytest.fixture
def house(tmp_path: Path) -> Callable[[dict[str, str]], Path]:
    """Builds a small suite of one step file and the given features."""

    def build(features: dict[str, str]) -> Path:
        files = {f"features/{name}.feature": text for name, text in features.items()}
        for name, text in {"steps/messaging.py": STEPS, "docs/steps.md": "", **files}.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path

    return build


@pytest.fixture
def two_specs(house: Callable[[dict[str, str]], Path]) -> Path:
    """One spec says one phrase; the other, of an outline, that phrase's other form and a new one."""
    first = SCENARIO.format(number=1, steps='When user A sends "Hello"')
    return house({"training/1_first": first, "chat/2_second": OUTLINE})


@pytest.fixture
def three_scenarios(two_specs: Path) -> Path:
    """The spec with one phrase now says the other spec's new one as well."""
    told = SCENARIO.format(number=2, steps="Then user A is told that Redis hangs")
    (two_specs / "features/training/2_told.feature").write_text(told, encoding="utf-8")
    return two_specs


@pytest.fixture(scope="module")
def own() -> Suite:
    return Suite(HOUSE)


def test_definition_is_listed_once_with_all_its_phrases(two_specs: Path) -> None:
    sends, told = entries(Suite(two_specs))
    assert sends.topic == told.topic == "Messages: sending and receiving"
    assert [str(phrase) for phrase in sends.phrases] == [
        'Given "{user} has sent {string}"',
        'When "{user} sends {string}"',
    ]
    assert (sends.meaning, sends.example) == (
        "Sends one message, and waits for nothing.",
        'When user A sends "Hello"',
    )
    assert (sends.specs, told.specs) == (["chat", "training"], ["chat"])


@pytest.mark.parametrize(
    ("words", "count"),
    [
        pytest.param(["SENDS"], 1, id="phrase, in any case"),
        pytest.param(["word", "arrives"], 1, id="meaning"),
        pytest.param(["hello", "waits"], 1, id="all words, wherever they stand"),
        pytest.param(["hello", "redis"], 0, id="no phrase has both"),
        pytest.param([], 2, id="no words, all phrases"),
    ],
)
def test_words_choose_phrases(two_specs: Path, words: list[str], count: int) -> None:
    assert sum(entry.speaks_of(words) for entry in entries(Suite(two_specs))) == count


def test_page_explains_only_the_parameters_of_its_phrases(two_specs: Path) -> None:
    found = page(Suite(two_specs), ["redis"])
    assert "- **Then** `{user} is/are told that {database} {outage}`\n" in found
    assert "  Word arrives. (systems: chat)\n\n  `Then user A is told that Redis hangs`\n" in found
    assert "One of: `is stopped`, `is killed`, `hangs`, `is cut off`\n" in found
    assert "*Systems* are those whose own scenarios say the phrase" in found
    assert "{string}" not in found


def test_phrase_that_is_said_before_counts_for_the_later_book(three_scenarios: Path) -> None:
    suite = Suite(three_scenarios)
    assert shares(suite, ["chat", "training"]) == [PhraseShare("chat", 1, 2, 0), PhraseShare("training", 2, 2, 1)]
    assert shares(suite, ["training", "chat"]) == [PhraseShare("training", 2, 2, 0), PhraseShare("chat", 1, 2, 1)]


def test_reuse_is_printed_in_percent(three_scenarios: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(systems=["chat", "dashboard", "training"], only_reuse=True, root=three_scenarios) == 0
    printed = capsys.readouterr().out
    assert [line.split("│")[1:-1] for line in printed.splitlines() if "training" in line] == [
        [" training  ", "         2 ", "            2 ", "           1 ", "   50% "]
    ]
    assert printed.endswith("3 scenarios, 3 phrases: 1.00 scenarios per phrase\n")


def test_console_lists_what_the_words_choose(two_specs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["sends"], root=two_specs) == 0
    printed = capsys.readouterr().out
    assert "Given {user} has sent {string}" in printed
    assert "Redis" not in printed


def test_words_without_phrase_are_said_to_have_none(two_specs: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["hello", "redis"], root=two_specs) == 1
    assert capsys.readouterr().out == (
        "no phrase speaks of 'hello' and 'redis'; 1 of 'hello' alone and 1 of 'redis' alone; "
        "docs/vocabulary.md lists topics\n"
    )


def test_a_word_within_another_is_found_only_where_no_phrase_has_it_by_itself(own: Suite) -> None:
    assert "uploads" in page(own, ["pload"])
    assert "uploads" not in page(own, ["load"])


def test_unreadable_suite_is_one_clear_line(house: Callable[[dict[str, str]], Path]) -> None:
    with pytest.raises(SuiteError, match=r"^steps: .*1_bad\.feature:4: 'Wibble' is neither a step nor a heading"):
        main(root=house({"chat/1_bad": "Feature: 1\n  Scenario: 1.1\n    Given a\n    Wibble\n"}))


def test_write_renews_the_page(two_specs: Path) -> None:
    assert main(write=True, root=two_specs) == 0
    assert (two_specs / PAGE).read_text(encoding="utf-8") == page(Suite(two_specs))


def test_editors_know_every_type_that_is_not_built_in(two_specs: Path) -> None:
    assert main(write=True, root=two_specs) == 0
    known = json.loads((two_specs / SETTINGS).read_text(encoding="utf-8"))["cucumber.parameterTypes"]
    assert [kind["name"] for kind in known] == ["database", "outage", "user"]
    assert re.fullmatch(known[2]["regexp"], "user A")


def test_editors_have_not_drifted(own: Suite) -> None:
    same = (HOUSE / SETTINGS).read_text(encoding="utf-8") == settings(entries(own))
    assert same, "the phrases have changed: run `earshot steps --write`"


def test_docs_have_not_drifted(own: Suite) -> None:
    same = (HOUSE / PAGE).read_text(encoding="utf-8") == page(own)
    assert same, "docs/steps.md has drifted from steps/ and features/: run `earshot steps --write`"


def test_the_overview_has_not_drifted(own: Suite) -> None:
    topics = tomllib.loads((HOUSE / TOPICS).read_text(encoding="utf-8"))
    assert (HOUSE / OVERVIEW).read_text(encoding="utf-8") == overview(own, topics), "run `earshot steps --write`"


def test_a_topic_names_the_specs_that_speak_of_it_and_says_nothing_that_is_no_phrase(two_specs: Path) -> None:
    suite = Suite(two_specs)
    said = {"title": "Messages", "says": ['When user A sends "Yes"']}
    assert '| Messages | `When user A sends "Yes"` | chat, training |' in overview(suite, {"messages": said})
    assert "| chat |" not in overview(suite, {"messages": said | {"about": "nothing like it"}})
    for wrong in ({"says": ["When user A whistles"]}, {}, {"says": said["says"], "none": "and yet"}):
        with pytest.raises(SuiteError, match="messages: "):
            overview(suite, {"messages": {"title": "Messages"} | wrong})


def test_every_parameter_is_explained_with_examples_that_fit(own: Suite) -> None:
    for parameter in parameters(entries(own)):
        assert parameter.means, f"support/vocabulary/catalogue/parameters.toml does not explain {{{parameter.name}}}"
        assert [*parameter.words, *parameter.such_as], f"nothing is shown that may stand for {{{parameter.name}}}"
        misfits = [text for text in parameter.such_as if not parameter.takes(text)]
        assert not misfits, f"{misfits} may not stand for {{{parameter.name}}}"
