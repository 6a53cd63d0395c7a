"""The matrix as a table on the console, as Markdown, and as a page."""

from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from support.core.clean_text import markdown_cell
from support.reporting.pages import templates
from support.reporting.traceability.matrix import Chapter, Row, State, TraceMatrix

#: The states from good to bad, with the colour of each on the console; the pages have their own.
STATES: dict[State, str] = {
    "passed": "green",
    "in short form": "green",
    "not applicable": "dim",
    "in part": "yellow",
    "not run": "yellow",
    "known failure": "magenta",
    "flaky": "yellow",
    "no scenario": "red",
    "not reached": "red",
    "broken": "red",
    "absent": "bold red",
    "failed": "bold red",
}

_PAGES = templates(Path(__file__).parent)


def show(matrix: TraceMatrix, console: Console) -> None:
    """Print a table for each chapter."""
    for chapter in matrix.chapters:
        table = Table(title=f"{chapter.spec.product}: {chapter.spec.document}", title_justify="left", expand=True)
        table.add_column("id", no_wrap=True)
        table.add_column("demands", ratio=1)
        table.add_column("scenarios", justify="right")
        table.add_column("verdict", no_wrap=True)
        table.add_column("faults caught", justify="right")
        for row in chapter.rows:
            verdict = Text(row.state, style=STATES[row.state])
            faults = str(len(row.faults)) if chapter.measured else "–"
            table.add_row(row.requirement.id, row.requirement.demands, row.share, verdict, faults)
        console.print(table)
        console.print(summary(chapter))


def summary(chapter: Chapter) -> str:
    """The chapter in one line: "32 requirements: 30 passed, 2 not run"."""
    counts = [f"{chapter.states[state]} {state}" for state in STATES if chapter.states[state]]
    return f"{len(chapter.rows)} requirements: {', '.join(counts)}"


def markdown(matrix: TraceMatrix) -> str:
    """The whole matrix, one table for each chapter."""
    lines = ["# Requirements and what proves them", "", f"Last run: {last_run(matrix)}", ""]
    for chapter in matrix.chapters:
        lines += [f"## {chapter.spec.product}", "", f"{chapter.spec.document}. {summary(chapter)}.", ""]
        lines += [
            "| requirement | demands | last verdict | scenarios | seeded faults caught |",
            "|---|---|---|---|---|",
        ]
        lines += [_markdown_row(chapter, row) for row in chapter.rows]
        lines.append("")
    return "\n".join(lines)


def page(matrix: TraceMatrix) -> str:
    """The whole matrix as one HTML page that needs nothing else."""
    template = _PAGES.get_template("trace.html.j2")
    return template.render(matrix=matrix, states=list(STATES), ran=last_run(matrix))


def last_run(matrix: TraceMatrix) -> str:
    """When it ended, and what went wrong outside its scenarios."""
    ran = matrix.ran.strftime("%d %B %Y, %H:%M") if matrix.ran else "never"
    return "; not whole: ".join([ran, *matrix.troubles])


def _markdown_row(chapter: Chapter, row: Row) -> str:
    scenarios = [f"{proof.title} ({proof.verdict})" for proof in row.proofs] or [row.reason or "–"]
    faults = ", ".join(sorted(row.faults)) if chapter.measured else "not measured"
    state = f"{row.state} ({row.share})" if row.proofs or row.decision else row.state
    id, demands, state, caught = map(markdown_cell, (row.requirement.id, row.requirement.demands, state, faults))
    return f"| {id} | {demands} | {state} | {'<br>'.join(map(markdown_cell, scenarios))} | {caught} |"
