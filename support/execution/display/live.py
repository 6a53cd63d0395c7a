"""The display for a terminal: a table that grows with the run, and above it each failure as it comes."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.live import Live as Redrawn
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from support.core import clock
from support.core.clean_text import for_console
from support.execution.display.lines import Nothing
from support.execution.display.progress import Durations, Ending, RunProgress, SpecProgress, ending, failure

#: The columns of counts, and the colour of each count that is not zero.
_COUNTS: dict[Ending, str] = {"passed": "green", "failed": "bold red", "not run": "yellow", "known": "yellow"}
_BAR = 30


class Live(Nothing):
    """Specs with bars, counts, and the time that is left, by how long each scenario took before."""

    def __init__(self, reports: Path, durations: Durations, *, colour: bool) -> None:
        super().__init__(reports)
        self._progress = RunProgress(durations)
        self._began = clock.now()
        console = Console(no_color=None if colour else True, highlight=False)
        self._redrawn = Redrawn(console=console, auto_refresh=False, get_renderable=self._drawn)
        self._redrawn.start()

    def say(self, words: str) -> None:
        self.show(words)

    def show(self, words: str) -> None:
        first, _, rest = for_console(words).partition("\n")
        self._redrawn.console.print(Text(first, style="bold"), Text(rest), sep="\n" if rest else "")

    def hear(self, line: Mapping[str, Any]) -> None:
        self._progress.hear(line)
        if "scenario" in line and ending(line) == "failed":
            self.show("\n".join(failure(line)))

    def look(self) -> None:
        self._redrawn.refresh()

    def close(self) -> None:
        self._redrawn.stop()

    def _drawn(self) -> Group:
        table = Table.grid(padding=(0, 2))
        columns: list[Ending] = ["passed", "failed", "not run"]
        columns += ["known"] if self._progress.counts["known"] else []
        table.add_row("", "", "", *(Text(name, "dim", justify="right") for name in columns))
        for name, spec in sorted(self._progress.specs.items()):
            table.add_row(*self._row(name, spec, columns))
        return Group(table, Text(self._sum(), "dim"))

    @staticmethod
    def _row(name: str, spec: SpecProgress, columns: list[Ending]) -> list[Text | ProgressBar]:
        done, planned, counts = len(spec.ended), len(spec.planned), spec.counts
        colour = _COUNTS["failed" if counts["failed"] else "passed"]
        bar = ProgressBar(planned, done, width=_BAR, complete_style=colour, finished_style=colour)
        figures = [Text(str(counts[one]), _COUNTS[one] if counts[one] else "dim", justify="right") for one in columns]
        return [Text(name), bar, Text(f"{done} of {planned}", justify="right"), *figures]

    def _sum(self) -> str:
        if not self._progress.planned:
            return "starting …"
        done, gone, left = self._progress.counts.total(), clock.now() - self._began, self._progress.seconds_left
        rest = f", about {_minutes(left)} left" if left else ""
        return f"{done} of {self._progress.planned} scenarios, {_minutes(gone)} gone{rest}"


def _minutes(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"
