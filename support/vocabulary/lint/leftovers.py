"""Rules on what behave lets through in silence: text that was meant to run and does not."""

import difflib
import re
from collections.abc import Iterator

from behave.model import Background, Feature, Rule, Scenario

from support.vocabulary.gherkin import never_run
from support.vocabulary.gherkin.misspelt_keywords import as_a_step, said_without_keyword
from support.vocabulary.lint.finding import Located, Spots
from support.vocabulary.lint.source import Source
from support.vocabulary.lint.suite import Suite

_LATER_STEP = re.compile(r"(given|when|then|and|but|\*)\s", re.IGNORECASE)
_HEADING = re.compile(r"([A-Za-z]+(?: [A-Za-z]+)?)\s*:")
_HEADINGS = ["feature", "rule", "background", "scenario", "scenario outline", "example", "examples"]


def misspelt_keyword(suite: Suite) -> Spots:
    """A first step or a heading with a misspelt keyword becomes part of the description."""
    for source in suite.sources:
        for statement, line in _descriptions(source):
            if meant := _meant(line, suite, statement):
                yield source.place_of(line, statement), f"this is read as a description: {meant}"


def empty_file(suite: Suite) -> Spots:
    """A file without a feature runs nothing."""
    for source in suite.sources:
        if source.feature is None:
            yield source.place(1), "no Feature in this file: write one, or delete the file"


def empty_feature(suite: Suite) -> Spots:
    """A feature or rule without scenarios runs nothing."""
    for source in suite.sources:
        for container in _containers(source):
            yield from never_run.without_scenarios(container)


def empty_background(suite: Suite) -> Spots:
    """What is meant as its steps is read as its description."""
    for source in suite.sources:
        for container in _containers(source):
            yield from never_run.empty_background(container)


def empty_scenario(suite: Suite) -> Spots:
    """A scenario without steps passes."""
    for scenario in suite.scenarios:
        if not scenario.steps:
            yield scenario, "a scenario without steps always passes: write its steps, or delete it"


def _meant(line: str, suite: Suite, statement: Located) -> str | None:
    """What a line of a description was probably meant to be."""
    if (heading := _HEADING.match(line)) and (near := _nearest(heading[1].lower(), _HEADINGS)):
        return f"write {near.title()!r} for {heading[1]!r}"
    if not isinstance(statement, Scenario):
        return "put it below a Scenario" if _LATER_STEP.match(line) else said_without_keyword(line, suite.is_phrase)
    return as_a_step(line, suite.is_phrase)


def _nearest(word: str, known: list[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.7)), None)


def _descriptions(source: Source) -> Iterator[tuple[Located, str]]:
    containers = _containers(source)
    backgrounds = [one.background for one in containers if one.background]
    statements: list[Feature | Rule | Background | Scenario] = [*containers, *backgrounds, *source.scenarios]
    for statement in statements:
        for line in statement.description:
            yield statement, line


def _containers(source: Source) -> list[Feature | Rule]:
    return [source.feature, *source.feature.rules] if source.feature else []


RULES = (misspelt_keyword, empty_file, empty_feature, empty_background, empty_scenario)
