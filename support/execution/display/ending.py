"""What is said when a run has ended: its findings in three lines each, the verdict, and where to read on."""

from pathlib import Path

from support.config.requirements import registry
from support.core.clean_text import for_console, on_one_line, shortened
from support.execution.display.lines import CONSOLE
from support.execution.display.progress import LONGEST
from support.reporting.first_page.findings import Finding, findings
from support.reporting.outcome import RunResults

#: The findings that are shown; the rest are on the first page.
SHOWN = 10


def told(run: RunResults, reports: Path) -> list[str]:
    """The lines, without the verdict.

    Args:
        run: what has come of it.
        reports: where everything lies.
    """
    found = findings(outcome for outcome in run.outcomes if outcome.bad)
    demands = registry.sentences() if found else {}
    lines = [line for one in found[:SHOWN] for line in _in_three_lines(one, demands)]
    if len(found) > SHOWN:
        lines.append(f"and {len(found) - SHOWN} more findings: `earshot report` writes the page with all of them")
    return [for_console(line) for line in [*lines, *_where_to_read_on(reports)]]


def _in_three_lines(finding: Finding, demands: dict[str, str]) -> list[str]:
    first, many = finding.outcomes[0], len(finding.outcomes) + len(finding.waiting)
    id = next(iter(finding.requirements), "")
    about = f"{id}: {demands[id]}" if id in demands else first.scenario
    return [
        shortened(f"{finding.severity}: {about}", LONGEST),
        f"  {shortened(on_one_line(finding.says), LONGEST)}",
        f"  {first.file}:{first.line}{f' and {many - 1} more' if many > 1 else ''}",
    ]


def _where_to_read_on(reports: Path) -> list[str]:
    log = reports / CONSOLE
    return [f"read on: {log} holds behave's full text, `earshot report` writes the pages"] if log.exists() else []
