"""What a run shows while it goes: a live table on a terminal, short lines in a pipe, behave's own text, or nothing."""

import os
import sys
from pathlib import Path
from typing import Literal

from support.execution.display.lines import Behaves, Display, Lines, Nothing
from support.execution.display.progress import Durations

Style = Literal["compact", "verbose", "quiet"]


def chosen(style: Style, reports: Path, durations: Durations, *, colour: bool) -> Display:
    """The display of a run.

    Args:
        style: what was asked for; "compact" is live on a terminal, and short lines elsewhere.
        reports: the folder in which `console.log` gets behave's text if that is not shown.
        durations: how long scenarios took before.
        colour: whether there may be colours.
    """
    if style == "verbose":
        return Behaves()
    if style == "quiet":
        return Nothing(reports)
    if sys.stdout.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI"):
        from support.execution.display.live import Live  # it takes a while to import, and a pipe needs none of it

        return Live(reports, durations, colour=colour)
    return Lines(reports)
