"""`earshot mutate`."""

from rich.console import Console

from support.core import clock
from support.core.errors import SuiteError
from support.environments.embedded import process_supervision
from support.execution import behave_forks
from support.verification.coverage.measurement import KIT, measured, measured_files
from support.verification.mutation import campaign, equivalents, mutants, output
from support.verification.mutation.campaign import Campaign, Ledger
from support.verification.mutation.trial import MutantTrial, reaching

#: The share of mutants that has to be killed.
GOAL = 0.85


def main(system: str, *, size: int | None, seed: int, since: str | None, jobs: int, check: bool) -> int:
    """Play mutants of a reference back end, show how they fared, and write it down.

    Args:
        system: the spec.
        size: how many mutants are drawn; None for all.
        seed: of the draw.
        since: only those on lines that have changed since this commit.
        jobs: mutants at once.
        check: whether the score counts.

    Returns:
        0; with `check`, 1 if the score is below the goal.

    Raises:
        SuiteError: there is no such commit, the system has no reference back end, the judgements are wrong, or the
            spec was not green while it was measured what its scenarios reach.
    """
    process_supervision.interrupt_on_termination()
    console, judged, began = Console(), equivalents.load(), clock.now()
    known = measured(system)
    if known.bad:
        raise SuiteError(f"what the scenarios reach is not known, for the spec was not green: {known.bad[0]}")
    shared = [one for one in mutants.all_of(measured_files(KIT)) if reaching(one, known)]
    every = [*mutants.all_of(measured_files(system)), *shared]
    eligible = mutants.changed_since(every, since) if since else every
    drawn = mutants.sample(eligible, size, seed)
    how = f"seed {seed}" + (f", since {since}" if since else "")
    console.print(f"{system}: {len(drawn)} of {len(every)} mutants, {how}", highlight=False)

    def told(trial: MutantTrial) -> None:
        console.print(output.line(trial), markup=False, highlight=False, emoji=False, soft_wrap=True)

    with behave_forks.at_hand():
        trials = campaign.run(drawn, known, judged, Ledger(system, known), jobs=jobs, told=told)
    found = Campaign(system, how, len(every), trials, clock.now() - began)
    output.show(found, console)
    for file in output.write(found):
        console.print(f"Written: {file}")
    return int(check and found.score < GOAL)
