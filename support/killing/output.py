"""The matrix for people: on the console, as Markdown, as a page."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from rich.console import Console
from rich.table import Table

from support.killing.matrix import Matrix
from support.killing.trial import Trial

PAGES = Path("reports/kill-matrix")
_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def verdict(trial: Trial) -> str:
    """How a trial ended, in a few words."""
    if trial.fault is None:
        return "green" if not any(outcome.bad for outcome in trial.run.outcomes) else "NOT GREEN"
    return f"killed by {len(trial.kills)}" if trial.kills else "SURVIVED"


def show(matrix: Matrix, console: Console) -> None:
    """Print fault by fault who noticed, and at which step first."""
    table = Table(title=f"Kill matrix of {matrix.system}: {len(matrix.trials)} faults", title_justify="left")
    for column in ("fault", "verdict", "first noticed by", "at the step"):
        table.add_column(column, overflow="fold")
    for trial in matrix.trials:
        first = trial.kills[0] if trial.kills else None
        name = trial.fault.name if trial.fault else "(clean)"
        table.add_row(name, verdict(trial), first.scenario if first else "", (first.step or "") if first else "")
    console.print(table)
    console.print(summary(matrix))
    for finding in matrix.findings():
        console.print(f"- {finding}", markup=False)


def summary(matrix: Matrix) -> str:
    """The figures in a line."""
    faults, scenarios = len(matrix.trials), len(matrix.scenarios)
    left_out = f"; left out for lack of time: {len(matrix.left_out)}" if matrix.left_out else ""
    return (
        f"{faults - len(matrix.survivors)} of {faults} faults killed, "
        f"{scenarios - len(matrix.toothless)} of {scenarios} scenarios kill, {matrix.seconds:.0f} s{left_out}"
    )


def write(matrix: Matrix) -> list[Path]:
    """Write the Markdown file and the page. Returns where they are."""
    PAGES.mkdir(parents=True, exist_ok=True)
    written = []
    for suffix, template in ((".md", "matrix.md.j2"), (".html", "matrix.html.j2")):
        text = _TEMPLATES.get_template(template).render(matrix=matrix, verdict=verdict, summary=summary(matrix))
        file = PAGES / f"{matrix.system}{suffix}"
        file.write_text(text, encoding="utf-8")
        written.append(file)
    return written
