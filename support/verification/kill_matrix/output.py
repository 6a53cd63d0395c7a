"""The matrix for people: on the console, as Markdown, as a page."""

from collections import Counter
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from support.config.requirements import registry
from support.core.clean_text import for_console, markdown_cell
from support.reporting.outcome import Outcome
from support.reporting.pages import templates
from support.verification.kill_matrix.faults import SeededFault
from support.verification.kill_matrix.matrix import KillMatrix
from support.verification.kill_matrix.trial import FaultTrial, place

PAGES = Path("reports/kill-matrix")

#: How a fault may have fared, from good to bad.
STATES = ("noticed", "not tried", "not noticed")

_TEMPLATES = templates(Path(__file__).parent)


def verdict(trial: FaultTrial) -> str:
    """How a trial ended, in a few words."""
    if trial.fault is None:
        bad = {outcome.kind for outcome in trial.run.outcomes if outcome.bad}
        return ("FLAKY" if bad == {"flaky"} else "NOT GREEN") if bad else "green"
    return f"killed by {len(trial.kills)}" if trial.kills else "SURVIVED"


def show(matrix: KillMatrix, console: Console) -> None:
    """Print fault by fault who noticed, and at which step first."""
    table = Table(title=f"Kill matrix of {matrix.system}: {len(matrix.trials)} faults", title_justify="left")
    for column in ("fault", "verdict", "first noticed by", "at the step"):
        table.add_column(column, overflow="fold")
    for trial in matrix.trials:
        name = trial.fault.name if trial.fault else "(clean)"
        first = [(kill.scenario, kill.step or "the audit at the end") for kill in trial.kills[:1]]
        first = [(escape(for_console(scenario)), escape(for_console(step))) for scenario, step in first]
        table.add_row(name, verdict(trial), *(first[0] if first else ()))
    console.print(table)
    console.print(summary(matrix))
    for outcome in matrix.flaky:
        console.print(f"red once on the clean back end: {for_console(place(outcome))}", markup=False)


def show_findings(findings: dict[str, list[str]], console: Console) -> None:
    """Print what keeps matrices from being enough, after all of them: the end is what a pipeline shows first.

    Args:
        findings: by system, a line each.
        console: where to.
    """
    for system, lines in findings.items():
        for line in lines:
            console.print(f"- {system}: {for_console(line)}", markup=False)


def summary(matrix: KillMatrix) -> str:
    """The figures in a line."""
    faults, scenarios = len(matrix.trials), len(matrix.scenarios)
    killing = "" if matrix.to_first_kill else f", {scenarios - len(matrix.toothless)} of {scenarios} scenarios kill"
    left_out = f"; left out for lack of time: {len(matrix.left_out)}" if matrix.left_out else ""
    return f"{faults - len(matrix.survivors)} of {faults} faults killed{killing}, {matrix.seconds:.0f} s{left_out}"


def write(matrix: KillMatrix) -> list[Path]:
    """Write the Markdown file and the page. Returns where they are."""
    PAGES.mkdir(parents=True, exist_ok=True)
    table = _TEMPLATES.get_template("matrix.md.j2")
    markdown = table.render(matrix=matrix, verdict=verdict, summary=summary(matrix), cell=markdown_cell)
    texts = {PAGES / f"{matrix.system}.md": markdown, PAGES / f"{matrix.system}.html": page(matrix)}
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
    return list(texts)


def page(matrix: KillMatrix) -> str:
    """The matrix as one HTML page that needs nothing else: fault by fault, those that no scenario noticed first."""
    rows: list[tuple[SeededFault, str, list[Outcome]]] = [(fault, "not tried", []) for fault in matrix.left_out]
    rows += [(one.fault, _state(one), one.kills) for one in matrix.trials if one.fault]
    return _TEMPLATES.get_template("matrix.html.j2").render(
        matrix=matrix,
        product=registry.load()[matrix.system].product,
        scenarios=len(matrix.scenarios),
        rows=sorted(rows, key=lambda row: -STATES.index(row[1])),
        states=STATES,
        counts=Counter(state for _, state, _ in rows),
    )


def _state(trial: FaultTrial) -> str:
    return "noticed" if trial.kills else "not noticed"
