"""One trial: the scenarios of a spec against one seeded fault, in a process and on a system of their own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from support.execution import behave_process
from support.reporting.judging import flaky
from support.reporting.outcome import Outcome, RunResults
from support.verification.kill_matrix.faults import SeededFault


@dataclass(frozen=True)
class FaultTrial:
    """How a spec fared against a fault; `fault` is None for the clean back end."""

    fault: SeededFault | None
    run: RunResults

    @property
    def kills(self) -> list[Outcome]:
        """The scenarios that noticed, by an assertion, at a `Then` or at a `When` that says that something is done.

        Whatever else went wrong is no kill.
        """
        return [outcome for outcome in self.run.outcomes if is_kill(outcome)]


def is_kill(outcome: Outcome) -> bool:
    """Whether a scenario failed for the right reason."""
    return (
        outcome.status == "failed"
        and outcome.at in ("assertion", "audit")
        and outcome.step_keyword in ("when", "then", None)
    )


def attempt(
    system: str, fault: SeededFault | None, *, quick: bool, to_first_kill: bool = False, load: bool = True
) -> FaultTrial:
    """Run the spec against one fault.

    Args:
        system: whose features to run.
        fault: what to break; None for nothing.
        quick: only the scenarios of the requirements that the fault names.
        to_first_kill: end as soon as a scenario has noticed the fault.
        load: whether load is put on it, where nothing is broken.
    """
    arguments = [f"features/{system}"] if load else [f"features/{system}", "--tags=not @load"]
    if fault:
        arguments += ["-D", f"server.fault={fault.name}"]
        if quick:
            arguments.append("--tags=" + " or ".join(f"@{requirement}" for requirement in fault.requirements))
    return FaultTrial(fault, behave_process.run(arguments, enough=_noticed if to_first_kill else None))


def _noticed(outcomes: Sequence[Outcome]) -> bool:
    return any(map(is_kill, outcomes))


def attempt_clean(system: str, *, load: bool = True) -> FaultTrial:
    """Run the spec against the clean back end, and what is red there once more: what then passes is flaky.

    Args:
        system: whose features to run.
        load: whether load is put on it: that needs the machine for itself.
    """
    return FaultTrial(None, once_more(attempt(system, None, quick=False, load=load).run, behave_process.run))


def once_more(first: RunResults, play: Callable[[list[str]], RunResults]) -> RunResults:
    """The same run with what was red there played once more: what then passes is flaky.

    Args:
        first: the run.
        play: runs the scenarios at some places.
    """
    red = [f"{outcome.file}:{outcome.line}" for outcome in first.outcomes if outcome.bad]
    if not red:
        return first
    green = {place(outcome) for outcome in play(red).outcomes if outcome.status == "passed"}
    outcomes = [flaky(outcome, 2) if outcome.bad and place(outcome) in green else outcome for outcome in first.outcomes]
    return replace(first, outcomes=outcomes)


def place(outcome: Outcome) -> str:
    """What names a scenario across runs."""
    return f"{outcome.file}:{outcome.line} {outcome.scenario}"
