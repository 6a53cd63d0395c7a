"""`earshot kill-matrix`."""

from rich.console import Console

from support.deployments import lifeline
from support.killing import output
from support.killing.matrix import measure
from support.killing.trial import Trial


def main(system: str, *, quick: bool, check: bool, jobs: int) -> int:
    """Run the matrix of a system, show it, and write it down.

    Returns:
        0; with `check`, 1 if the clean back end is not green, a fault survives or a scenario kills nothing.

    Raises:
        SuiteError: the system lists no faults.
    """
    lifeline.interrupt_on_termination()
    console = Console()

    def told(trial: Trial) -> None:
        name = trial.fault.name if trial.fault else "(clean)"
        console.print(f"{name}: {output.verdict(trial)}", markup=False, highlight=False)

    matrix = measure(system, quick=quick, jobs=jobs, told=told)
    output.show(matrix, console)
    for file in output.write(matrix):
        console.print(f"Written: {file}")
    return int(check and bool(matrix.findings()))
