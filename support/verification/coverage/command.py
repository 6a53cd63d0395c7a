"""`earshot coverage`."""

from rich.console import Console

from support.environments.embedded import process_supervision
from support.verification.coverage import exceptions, output
from support.verification.coverage.branches import BranchCoverage, analyse
from support.verification.coverage.measurement import KIT, Measured, measure, measured, measured_files, together

#: The share of branches that has to be reached.
GOAL = 0.97


def main(systems: list[str], *, check: bool, again: bool) -> int:
    """Measure which branches the scenarios of systems reach, show it, and write it down.

    Args:
        systems: the specs; if there are several, the kit of their back ends is shown too.
        check: whether findings count.
        again: measure also what has not changed since it was measured last.

    Returns:
        0; with `check`, 1 if a system is below the goal, was not green, or an exception is stale.

    Raises:
        SuiteError: a system has no reference back end here, or the file of exceptions is wrong.
    """
    process_supervision.interrupt_on_termination()
    enough = [_show(system, measure(system) if again else measured(system)) for system in systems]
    if len(systems) > 1:
        enough.append(_show(KIT, together(systems)))
    return int(check and not all(enough))


def _show(system: str, found: Measured) -> bool:
    console, excuses = Console(), exceptions.load()
    covered = analyse(system, found.data, measured_files(system), excuses, found.bad)
    output.show(covered, console)
    console.print(f"Written: {output.write(covered)}")
    return _enough(covered)


def _enough(covered: BranchCoverage) -> bool:
    return covered.reached >= GOAL and not covered.stale and not covered.bad
