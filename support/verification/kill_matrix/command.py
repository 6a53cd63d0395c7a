"""`earshot kill-matrix`."""

from rich.console import Console

from support.environments.embedded import process_supervision
from support.execution import behave_forks
from support.verification.kill_matrix import output
from support.verification.kill_matrix.faults import seeded
from support.verification.kill_matrix.matrix import KillMatrix, measure
from support.verification.kill_matrix.trial import FaultTrial


def main(systems: list[str], *, quick: bool, check: bool, jobs: int, within: float | None) -> int:
    """Run the matrices of systems, show them, and write them down.

    Args:
        systems: the specs.
        quick: for each fault, only the scenarios of the requirements it names.
        check: whether findings count.
        jobs: trials at once.
        within: minutes for all of them, of which each system gets its share by the number of its faults.

    Returns:
        0; with `check`, 1 if the clean back end is not green, a fault survives or a scenario kills nothing.

    Raises:
        SuiteError: a system lists no faults.
    """
    process_supervision.interrupt_on_termination()
    counts = {system: len(seeded(system)) for system in systems} if within else {}
    findings: dict[str, list[str]] = {}
    with behave_forks.at_hand():
        for system in systems:
            share = within * 60 * counts[system] / sum(counts.values()) if within else None
            findings[system] = _one(system, quick=quick, jobs=jobs, within=share).findings()
    output.show_findings(findings, Console())
    return int(check and any(findings.values()))


def _one(system: str, *, quick: bool, jobs: int, within: float | None) -> KillMatrix:
    console = Console()

    def told(trial: FaultTrial) -> None:
        name = trial.fault.name if trial.fault else "(clean)"
        console.print(f"{name}: {output.verdict(trial)}", markup=False, highlight=False)

    matrix = measure(system, quick=quick, jobs=jobs, within=within, told=told)
    output.show(matrix, console)
    for file in output.write(matrix):
        console.print(f"Written: {file}")
    return matrix
