"""Rules on what behave lets through in silence: text that was meant to run and does not."""

import difflib
import re
from collections.abc import Iterator

from behave.model import Feature, Rule, Scenario

from support.lint.finding import Located, Spots
from support.lint.source import Source
from support.lint.suite import Suite

_STEP_WORDS = ["given", "when", "then"]
_LATER_STEP = re.compile(r"(given|when|then|and|but|\*)\s", re.IGNORECASE)
_HEADING = re.compile(r"([A-Za-z]+(?: [A-Za-z]+)?)\s*:")
_HEADINGS = ["feature", "rule", "background", "scenario", "scenario outline", "example", "examples"]
_INNOCENT = {"the", "they"}  # as close to "then" as its misspellings are


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
            if not container.run_items:
                yield container, f"no scenario in this {container.keyword}: write one, or delete it"


def empty_scenario(suite: Suite) -> Spots:
    """A scenario without steps passes."""
    for scenario in suite.scenarios:
        if not scenario.steps:
            yield scenario, "a scenario without steps always passes: write its steps, or delete it"


def unclosed_row(suite: Suite) -> Spots:
    """behave cuts off the last letter of a table row that has no bar at its end."""
    for source in suite.sources:
        for number, line in source.prose():
            if line.startswith("|") and not line.endswith("|"):
                yield source.place(number), "this row loses its last letter: close it with '|'"


def _meant(line: str, suite: Suite, statement: Located) -> str | None:
    """What a line of a description was probably meant to be."""
    if (heading := _HEADING.match(line)) and (near := _nearest(heading[1].lower(), _HEADINGS)):
        return f"write {near.title()!r} for {heading[1]!r}"
    if not isinstance(statement, Scenario):
        return "put it below a Scenario" if _LATER_STEP.match(line) else None
    first, _, rest = line.partition(" ")
    word = first.strip("*:-.").lower()
    if word not in _INNOCENT and (near := _nearest(word, _STEP_WORDS)):
        return f"write {near.title()!r} for {first!r}, or begin the description otherwise"
    if any(phrase.matches(text) for phrase in suite.phrases for text in (line, rest)):
        return "it is a step without Given, When or Then: begin it with one of them"
    return None


def _nearest(word: str, known: list[str]) -> str | None:
    return next(iter(difflib.get_close_matches(word, known, n=1, cutoff=0.7)), None)


def _descriptions(source: Source) -> Iterator[tuple[Located, str]]:
    statements: list[Feature | Rule | Scenario] = [*_containers(source), *source.scenarios]
    for statement in statements:
        for line in statement.description:
            yield statement, line


def _containers(source: Source) -> list[Feature | Rule]:
    return [source.feature, *source.feature.rules] if source.feature else []


RULES = (misspelt_keyword, empty_file, empty_feature, empty_scenario, unclosed_row)
