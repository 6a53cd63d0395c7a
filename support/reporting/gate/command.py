"""`earshot gate`: decide over what the last run has shown, for people and for pipelines."""

import sys
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from support.config.requirements import registry
from support.core.clean_text import for_console, middle_out, on_one_line
from support.core.errors import SuiteError
from support.core.exit_codes import Verdict
from support.reporting.first_page import page
from support.reporting.gate import rules
from support.reporting.gate.judgement import Case, Judgement, Ruling, judge
from support.reporting.pages import templates
from support.reporting.traceability import evidence

HOUSE = Path(__file__).parents[3]
#: Characters of a reason on the console; the page has all of it.
_LONGEST_REASON = 200


def main(system: str | None = None, root: Path = HOUSE) -> int:
    """Print the decision and write it to `reports/gate.html`, and the first page anew.

    Args:
        system: one system; by default each that has rules and results.
        root: the folder that holds `features/` and `reports/`.

    Returns:
        0 for green and yellow, 1 for red, also if the last run was not whole, 4 if it has no results.

    Raises:
        SuiteError: no rules for that system, or something that cannot be read; says where and why.
    """
    judged, console = judge_all(system, root), Console()
    judgements = [judgement for judgement in judged.values() if judgement]
    missing = [name for name, judgement in judged.items() if not judgement]
    for judgement in judgements:
        _show(judgement, console)
    for name in missing:
        print(f"gate: the last run has no results of {name}: `earshot run features/{name}` first", file=sys.stderr)
    for path in (write(judged, root), page.write(root)):  # in any case: earlier ones tell what is no longer so
        print(f"written: {path}")
    if not judgements:
        troubles = evidence.last_run(root).troubles
        for trouble in troubles:
            console.print(f"The run was not whole: {trouble}", markup=False, style="red")
        return Verdict.PRODUCT if troubles else Verdict.EMPTY
    return Verdict.PRODUCT if any(judgement.colour == "red" for judgement in judgements) else Verdict.GREEN


def judge_all(system: str | None, root: Path) -> dict[str, Judgement | None]:
    """Decide over one system, or over all that have rules; None for those without results.

    Raises:
        SuiteError: no rules for that system, or something that cannot be read; says where and why.
    """
    gates, specs = rules.load(), registry.load()
    if system is not None and system not in gates:
        raise SuiteError(f"gate: there are no rules for {system!r}; there are for: {', '.join(gates)}")
    return {name: judge(gates[name], specs[name], root) for name in ([system] if system else gates)}


def write(judged: dict[str, Judgement | None], root: Path) -> Path:
    """Write the decisions to `reports/gate.html`."""
    run, specs = evidence.last_run(root), registry.load()
    page = templates(Path(__file__).parent).get_template("gate.html.j2")
    text = page.render(
        judgements=[judgement for judgement in judged.values() if judgement],
        missing={name: specs[name].product for name, judgement in judged.items() if not judgement},
        ran="; not whole: ".join([run.ended.strftime("%d %B %Y, %H:%M") if run.ended else "never", *run.troubles]),
    )
    path = root / "reports" / "gate.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def _show(judgement: Judgement, console: Console) -> None:
    table = Table(title=f"{judgement.spec.product}: {judgement.spec.document}", title_justify="left", show_lines=True)
    for column in ("rule", "figure", "colour", "counts against it"):
        table.add_column(column, overflow="fold")
    for ruling in judgement.rulings:
        colour = f"[{ruling.colour}]{ruling.colour}[/]"
        table.add_row(escape(ruling.rule.says), ruling.figure, colour, escape(for_console(_evidence(ruling))))
    console.print(table)
    for trouble in judgement.troubles:
        console.print(f"The run was not whole: {for_console(trouble)}", markup=False, style="red")
    console.print(f"{judgement.gate.system}: {judgement.words}", style=f"bold {judgement.colour}", markup=False)


def _evidence(ruling: Ruling, limit: int = 5) -> str:
    lines = [f"{case.title} ({case.verdict}{_because(case)})" for case in ruling.against]
    more = [f"and {len(lines) - limit} more, all on the page"] if len(lines) > limit else []
    return "\n".join(lines[:limit] + more)


def _because(case: Case) -> str:
    return f": {middle_out(on_one_line(case.why), _LONGEST_REASON)}" if case.why else ""
