"""Rules on outlines (docs/writing-scenarios.md)."""

from behave.model import ScenarioOutline

from support.vocabulary.gherkin import never_run
from support.vocabulary.lint.finding import Location, Spots
from support.vocabulary.lint.suite import Suite

ROWS = 8
REASON = "because"


def outline_without_rows(suite: Suite) -> Spots:
    """behave runs nothing for it and calls that a success."""
    for outline in _outlines(suite):
        yield from never_run.without_rows(outline)


def outline_size(suite: Suite) -> Spots:
    """Rows are classes of equivalent cases: few, and more than one."""
    for outline in _outlines(suite):
        count = sum(len(table.rows) for table in never_run.tables(outline))
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
                    yield Location(outline.filename, row.line), f"say in {REASON!r} why this row is there"


def unknown_placeholder(suite: Suite) -> Spots:
    """behave leaves a placeholder without a column as it is, and the step runs with it."""
    for scenario in suite.scenarios:
        yield from never_run.without_column(scenario)


def unused_column(suite: Suite) -> Spots:
    """A value that is not used does not make a case."""
    for outline in _outlines(suite):
        used = {name for _, text in never_run.texts(outline) for name in never_run.PLACEHOLDER.findall(text)}
        for examples in outline.examples:
            for heading in examples.table.headings if examples.table is not None else ():
                if heading not in {*used, REASON}:
                    yield examples, f"no step uses the column {heading!r}: use <{heading}>, or leave it out"


def _outlines(suite: Suite) -> list[ScenarioOutline]:
    return [scenario for scenario in suite.scenarios if isinstance(scenario, ScenarioOutline)]


RULES = (outline_without_rows, outline_size, row_without_reason, unknown_placeholder, unused_column)
