"""Rules on outlines (design section 8, rule 12)."""

import re
from collections.abc import Iterator

from behave.model import Examples, Scenario, ScenarioOutline, Table

from support.lint.finding import Place, Spots
from support.lint.suite import Suite

ROWS = 8
REASON = "because"

_PLACEHOLDER = re.compile(r"<([^<>\s/](?:[^<>]*[^<>\s])?)>")


def outline_without_rows(suite: Suite) -> Spots:
    """behave runs nothing for it and calls that a success."""
    for outline in _outlines(suite):
        if not outline.examples:
            yield outline, "an outline without Examples never runs: add them, or make it a plain Scenario"
        for examples in outline.examples:
            if examples.table is None or not examples.table.rows:
                yield examples, "Examples without rows run nothing: add rows, or leave the Examples out"


def outline_size(suite: Suite) -> Spots:
    """Rows are classes of equivalent cases: few, and more than one."""
    for outline in _outlines(suite):
        count = sum(len(table.rows) for table in _tables(outline))
        if count == 1:
            yield outline, "an outline of one row is a plain Scenario: write it as one"
        if count > ROWS:
            yield outline, f"{count} rows, {ROWS} at most: keep one row for each class of cases"


def row_without_reason(suite: Suite) -> Spots:
    """Each row says why it is there."""
    for outline in _outlines(suite):
        for examples in outline.examples:
            table = examples.table
            if table is not None and REASON not in table.headings:
                yield examples, f"add a column {REASON!r} that says why each row is there"
                continue
            for row in table.rows if table is not None else ():
                if not row[REASON].strip():
                    yield Place(outline.filename, row.line), f"say in {REASON!r} why this row is there"


def unknown_placeholder(suite: Suite) -> Spots:
    """behave leaves a placeholder without a column as it is, and the step runs with it."""
    for scenario in suite.scenarios:
        if isinstance(scenario, ScenarioOutline) and not _tables(scenario):
            continue  # it never runs, which another rule says
        columns = _columns(scenario)
        for place, text in _texts(scenario):
            for name in _PLACEHOLDER.findall(text):
                if name not in columns:
                    yield place, _unknown(name, columns, scenario)


def unused_column(suite: Suite) -> Spots:
    """A value that is not used does not make a case."""
    for outline in _outlines(suite):
        used = {name for _, text in _texts(outline) for name in _PLACEHOLDER.findall(text)}
        for examples in outline.examples:
            for heading in examples.table.headings if examples.table is not None else ():
                if heading not in {*used, REASON}:
                    yield examples, f"no step uses the column {heading!r}: use <{heading}>, or leave it out"


def _unknown(name: str, columns: set[str], scenario: Scenario) -> str:
    if not isinstance(scenario, ScenarioOutline):
        return f"<{name}> stays as it is in a plain Scenario: make it an Outline with a column {name!r}"
    return f"<{name}> has no column: the Examples all have {', '.join(sorted(columns)) or 'none in common'}"


def _columns(scenario: Scenario) -> set[str]:
    """The columns that all Examples of an outline have."""
    headings = [set(table.headings) for table in _tables(scenario)]
    return set.intersection(*headings) if headings else set()


def _texts(scenario: Scenario) -> Iterator[tuple[Place, str]]:
    """All texts of a scenario in which a placeholder can stand, as written."""
    for line, text in [(scenario.line, scenario.name), *((tag.line, tag) for tag in scenario.tags)]:
        yield Place(scenario.filename, line), text
    for step in [*scenario.background_steps, *scenario.steps]:
        texts = [step.name, step.text or "", *(_cells(step.table) if step.table is not None else ())]
        yield Place(step.filename, step.line), "\n".join(texts)


def _cells(table: Table) -> Iterator[str]:
    yield from table.headings
    for row in table.rows:
        yield from row.cells


def _outlines(suite: Suite) -> list[ScenarioOutline]:
    return [scenario for scenario in suite.scenarios if isinstance(scenario, ScenarioOutline)]


def _tables(scenario: Scenario) -> list[Table]:
    examples: list[Examples] = scenario.examples if isinstance(scenario, ScenarioOutline) else []
    return [one.table for one in examples if one.table is not None]


RULES = (outline_without_rows, outline_size, row_without_reason, unknown_placeholder, unused_column)
