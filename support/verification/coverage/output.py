"""Coverage for people: a table on the console, and a page with the scenarios that reach each branch."""

from collections import Counter
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.table import Table

from support.config.requirements import registry
from support.core.clean_text import for_console
from support.reporting.pages import templates
from support.verification.coverage.branches import BranchCoverage, FileCoverage

PAGES = Path("reports/coverage")

#: How a branch may fare, from good to bad.
STATES = ("reached", "in passing", "excused", "not reached")

_TEMPLATES = templates(Path(__file__).parent)


def show(found: BranchCoverage, console: Console) -> None:
    """Print what is reached, file by file, and then each branch that is not."""
    table = Table(title=f"Coverage of reference/{found.system} by the scenarios", title_justify="left")
    table.add_column("file", no_wrap=True)
    for column in ("branches", "reached", "share", "lines not run"):
        table.add_column(column, justify="right", overflow="fold")
    for file in found.files:
        table.add_row(*_row(file))
    console.print(table)
    for finding in findings(found):
        console.print(f"- {for_console(finding)}", markup=False, highlight=False, emoji=False, soft_wrap=True)
    console.print(summary(found), soft_wrap=True)


def findings(found: BranchCoverage) -> list[str]:
    """All that the user has to look at, a line each."""
    missing = [branch for branch in found.branches if branch.state == "not reached"]
    return [
        *(f"{one.file}:{one.line}: {one.condition} -> {one.goes}" for one in missing),
        *(f"excused in vain: {one.file}: {one.line} -> {one.goes}" for one in found.stale),
        *(f"not green: {bad}" for bad in found.bad),
    ]


def summary(found: BranchCoverage) -> str:
    """The figures in a line."""
    counts = Counter(branch.state for branch in found.branches)
    reached = counts["reached"] + counts["in passing"]
    excused = f", {counts['excused']} excused" if counts["excused"] else ""
    missing = sum(len(file.missing) for file in found.files)
    return (
        f"{found.system}: {100 * found.reached:.1f} % of branches, {reached} of {len(found.branches)}{excused}; "
        f"{missing} of {sum(file.lines for file in found.files)} lines not run"
    )


def write(found: BranchCoverage) -> Path:
    """Write the page. Returns where it is."""
    PAGES.mkdir(parents=True, exist_ok=True)
    path = PAGES / f"{found.system}.html"
    path.write_text(page(found), encoding="utf-8")
    return path


def page(found: BranchCoverage) -> str:
    """One HTML page that needs nothing else: branch by branch, and for each the scenarios by their numbers."""
    places = sorted({place for branch in found.branches for place in branch.reached_by}, key=_in_order)
    numbers = {place: number for number, place in enumerate(places, start=1)}
    return _TEMPLATES.get_template("coverage.html.j2").render(
        product=_product(found.system),
        found=found,
        summary=summary(found),
        places=places,
        numbers=lambda branch: ranges([numbers[place] for place in branch.reached_by]),
        files=[file for file in found.files if file.branches or file.missing],
        missing=lambda file: ranges(file.missing),
        states=STATES,
        counts=Counter(branch.state for branch in found.branches),
    )


def ranges(numbers: list[int]) -> str:
    """Numbers in few signs: 1-4, 7."""
    groups = groupby(enumerate(sorted(numbers)), key=lambda pair: pair[1] - pair[0])
    ends = [(group[0][1], group[-1][1]) for group in (list(members) for _, members in groups)]
    return ", ".join(str(first) if first == last else f"{first}-{last}" for first, last in ends)


def _product(system: str) -> str:
    known = registry.load().get(system)
    return known.product if known else f"The {system} of the reference back ends"


def _row(file: FileCoverage) -> tuple[str, ...]:
    counted = [branch for branch in file.branches if branch.state != "excused"]
    reached = [branch for branch in counted if branch.reached_by]
    share = f"{100 * len(reached) / len(counted):.0f} %" if counted else ""
    return file.file, str(len(counted)), str(len(reached)), share, ranges(file.missing)


def _in_order(place: str) -> tuple[str, int]:
    file, _, rest = place.partition(":")
    line = rest.partition(" ")[0]
    return file, int(line) if line.isdigit() else 0
