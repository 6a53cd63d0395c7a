"""Phrases that are compiled late fit the same steps as behave's own, and tell a mistake as early."""

from pathlib import Path

import pytest
from behave.cucumber_expression import StepMatcher4CucumberExpressions
from behave.parser import parse_file
from behave.runner import the_step_registry
from cucumber_expressions.errors import UndefinedParameterTypeError

from support.reporting import step_files
from support.scenario.run import vocabulary
from support.vocabulary.phrase_matcher import PhraseExpression, PhraseMatcher

HOUSE = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def phrases() -> None:
    vocabulary()
    if not any(the_step_registry.steps.values()):
        step_files.read_ahead(HOUSE / "steps")


def said() -> set[tuple[str, str]]:
    paths = HOUSE.glob("features/chat/*.feature")
    scenarios = [one for path in paths for one in parse_file(str(path)).walk_scenarios()]
    return {(step.step_type, step.name) for scenario in scenarios for step in scenario.all_steps}


def test_they_fit_the_same_steps() -> None:
    for kind in ("given", "when", "then"):
        steps = [text for other, text in said() if other == kind]
        for matcher in the_step_registry.steps[kind]:
            plain = StepMatcher4CucumberExpressions(matcher.func, matcher.pattern, matcher.step_type)
            expected = [text for text in steps if plain.check_match(text) is not None]
            assert [text for text in steps if matcher.check_match(text) is not None] == expected
            assert [text for text in steps if matcher.cucumber_expression.fits(text)] == expected
            assert matcher.regex_pattern == plain.regex_pattern


def test_a_phrase_is_compiled_only_for_a_step_that_has_its_words() -> None:
    types = PhraseMatcher.TYPE_REGISTRY.parameter_types
    phrase = PhraseExpression("{user} sings/hums {string} (softly) to all", PhraseMatcher.TYPE_REGISTRY.parameter_types)
    assert not phrase.fits('user A sends "la" to user B')
    assert phrase.fits('user A sings "la" softly to all')
    assert phrase.fits('user A hums "la"  to all')
    other = PhraseExpression("{user} whistles {string}", types)
    assert other.match('user A sings "la"') is None
    assert "tree_regexp" not in vars(other)
    assert [one.value for one in other.match('user A whistles "la"') or []] == ["user A", "la"]


def test_a_type_that_there_is_not_is_told_at_once() -> None:
    with pytest.raises(UndefinedParameterTypeError):
        PhraseExpression("{nobody} sings", PhraseMatcher.TYPE_REGISTRY.parameter_types)
