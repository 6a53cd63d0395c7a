"""One trial: the scenarios of a book against one seeded fault, in a process and on a stage of their own."""

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from support.killing.faults import Fault
from support.report import ledger
from support.report.outcome import Outcome, Run

#: Seconds after which a trial is given up: far beyond what any takes.
LIMIT = 900.0


@dataclass(frozen=True)
class Trial:
    """How a book fared against a fault; `fault` is None for the clean back end."""

    fault: Fault | None
    run: Run

    @property
    def kills(self) -> list[Outcome]:
        """The scenarios that noticed: at a `Then`, by an assertion. Whatever else went wrong is no kill."""
        return [outcome for outcome in self.run.outcomes if is_kill(outcome)]

    @property
    def oddities(self) -> list[Outcome]:
        """The scenarios that went wrong without noticing: broken, or failed before their `Then`."""
        return [outcome for outcome in self.run.outcomes if outcome.bad and not is_kill(outcome)]


def is_kill(outcome: Outcome) -> bool:
    """Whether a scenario failed for the right reason."""
    return (
        outcome.status == "failed" and outcome.at in ("assertion", "audit") and outcome.step_keyword in ("then", None)
    )


def attempt(system: str, fault: Fault | None, *, quick: bool, arguments: Sequence[str] = ()) -> Trial:
    """Run the book against one fault.

    Args:
        system: whose features to run.
        fault: what to break; None for nothing.
        quick: only the scenarios of the requirements that the fault names.
        arguments: more of behave's own.
    """
    with tempfile.TemporaryDirectory(prefix="earshot-trial-") as folder:
        record = Path(folder) / "ledger.jsonl"
        settings = {"ledger": record, "allure": Path(folder) / "allure", "worker": "true"}
        if fault:
            settings["server.fault"] = Path(fault.name)
        command = [sys.executable, "-m", "behave", f"features/{system}", *arguments]
        command += [part for name, value in settings.items() for part in ("-D", f"{name}={value}")]
        if fault and quick:
            command.append("--tags=" + " or ".join(f"@{requirement}" for requirement in fault.requirements))
        with (Path(folder) / "console.txt").open("wb") as console:
            subprocess.run(command, stdout=console, stderr=console, timeout=LIMIT, check=False)
        return Trial(fault, ledger.read(record))
