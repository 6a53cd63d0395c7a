"""One run of behave in a process of its own that says nothing: only its ledger counts."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from support.report import ledger
from support.report.outcome import Run

#: Seconds after which a run is given up: far beyond what any takes.
LIMIT = 1800.0


def run(arguments: Sequence[str]) -> Run:
    """Run behave with `arguments`, with a report that is thrown away.

    Returns:
        What its ledger says; a process that died is in it as a trouble.
    """
    with tempfile.TemporaryDirectory(prefix="earshot-run-") as folder:
        record = Path(folder) / "ledger.jsonl"
        settings = {"ledger": record, "allure": Path(folder) / "allure", "worker": "true"}
        options = [part for name, value in settings.items() for part in ("-D", f"{name}={value}")]
        with (Path(folder) / "console.txt").open("wb") as console:
            subprocess.run(
                [sys.executable, "-m", "behave", *arguments, *options],
                stdout=console,
                stderr=console,
                timeout=LIMIT,
                check=False,
            )
        return ledger.read(record)
