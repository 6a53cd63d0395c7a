"""What is well-formed and would never be played: behave calls that a success."""

import re
from collections.abc import Iterator

from behave.model import Background, Examples, Feature, Rule, Scenario, ScenarioOutline, Table

from support.vocabulary.gherkin.locations import Location

#: A statement or line, and what to do about it.
Finding = tuple[Scenario | Feature | Rule | Background | Examples | Location, str]

#: What behave itself has a value for.
_BEHAVES_OWN = {"examples.name", "examples.index", "row.index", "row.id"}
PLACEHOLDER = re.compile(r"<([^<>\s/](?:[^<>]*[^<>\s])?)>")


def unplayed(feature: Feature) -> Iterator[Finding]:
    """All of a feature that would be passed over, in the order of the rules below."""
    containers = [feature, *feature.rules]
    scenarios = [one for container in containers for one in container.run_items if not isinstance(one, Rule)]
    for container in containers:
        yield from without_scenarios(container)
        yield from empty_background(container)
    for scenario in scenarios:
        if isinstance(scenario, ScenarioOutline):
            yield from without_rows(scenario)
            yield from without_column(scenario)


def without_scenarios(container: Feature | Rule) -> Iterator[Finding]:
    """A feature or a rule in which nothing runs."""
    if not container.run_items:
        yield container, f"no scenario in this {container.keyword}: write one, or delete it"


def empty_background(container: Feature | Rule) -> Iterator[Finding]:
    """A Background without steps: what it says is read as its description."""
    background = container.background
    written = background is not None and background.line != container.line  # else it stands for the feature's
    if written and not background.steps:
        yield background, "a Background without steps does nothing: write its steps, or delete it"


def without_rows(outline: ScenarioOutline) -> Iterator[Finding]:
    """An outline, or Examples of it, that never runs."""
    if not outline.examples:
        yield outline, "an outline without Examples never runs: add them, or make it a plain Scenario"
    for examples in outline.examples:
        if examples.table is None or not examples.table.rows:
            yield examples, "Examples without rows run nothing: add rows, or leave the Examples out"


def without_column(scenario: Scenario) -> Iterator[Finding]:
    """A placeholder that nothing stands in for, so that a step would run with it as it is."""
    if isinstance(scenario, ScenarioOutline) and not tables(scenario):
        return  # it never runs, which is said already
    columns = common_columns(scenario)
    for place, text in texts(scenario):
        for name in PLACEHOLDER.findall(text):
            if name not in columns | _BEHAVES_OWN:
                yield place, _unknown(name, columns, scenario)


def common_columns(scenario: Scenario) -> set[str]:
    """The columns that all Examples of an outline have."""
    headings = [set(table.headings) for table in tables(scenario)]
    return set.intersection(*headings) if headings else set()


def texts(scenario: Scenario) -> Iterator[tuple[Location, str]]:
    """All texts of a scenario in which a placeholder can stand, as written."""
    for line, text in [(scenario.line, scenario.name), *((tag.line, tag) for tag in scenario.tags)]:
        yield Location(scenario.filename, line), text
    for one in scenario.examples if isinstance(scenario, ScenarioOutline) else ():
        yield from ((Location(scenario.filename, tag.line), tag) for tag in one.tags)
    for step in [*scenario.background_steps, *scenario.steps]:
        said = [step.name, step.text or "", *(_cells(step.table) if step.table is not None else ())]
        yield Location(step.filename, step.line), "\n".join(said)


def tables(scenario: Scenario) -> list[Table]:
    """The tables of an outline's Examples."""
    examples: list[Examples] = scenario.examples if isinstance(scenario, ScenarioOutline) else []
    return [one.table for one in examples if one.table is not None]


def _cells(table: Table) -> Iterator[str]:
    yield from table.headings
    for row in table.rows:
        yield from row.cells


def _unknown(name: str, columns: set[str], scenario: Scenario) -> str:
    if not isinstance(scenario, ScenarioOutline):
        return f"<{name}> stays as it is in a plain Scenario: make it an Outline with a column {name!r}"
    return f"<{name}> has no column: the Examples all have {', '.join(sorted(columns)) or 'none in common'}"
