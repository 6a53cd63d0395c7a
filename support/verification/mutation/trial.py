"""One mutant, played against the scenarios that reach it, the cheapest first."""

import os
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from support.core import clock
from support.core.temporary_folders import OwnedFolder
from support.execution import behave_process
from support.reporting.outcome import Outcome, RunResults
from support.verification.coverage.contexts import BETWEEN, START
from support.verification.coverage.measurement import REFERENCE, Measured
from support.verification.kill_matrix.trial import is_kill, place
from support.verification.mutation.mutants import Mutant, statement, uses

State = Literal["killed", "equivalent", "void", "failed elsewhere", "survived", "not reached"]

#: Seconds after which a mutant is given up that makes everything wait: so many, and so many times what its scenarios
#: took while they were measured. Sooner, a spec that takes long would be cut off, and told as one that failed.
LIMIT, GENEROUS = 240.0, 2.0

#: A mutant that so many scenarios meet, and none of them gets as far as its question, is given up: it breaks what all
#: of them begin with. This may miss a kill, and never counts one that is none.
HOPELESS = 25


@dataclass(frozen=True)
class MutantTrial:
    """How a mutant fared.

    `failed elsewhere`: scenarios were red, but none at a Then, so none of them has noticed what is wrong. `void`: the
    server does not start. `scenarios` counts those that reach it; `by` is who noticed, `at` the step, and `message`
    what it said; of an equivalent mutant `message` is the reason.
    """

    file: str
    line: int
    before: str
    after: str
    state: State
    scenarios: int = 0
    by: str = ""
    at: str = ""
    message: str = ""
    seconds: float = 0.0

    @property
    def counts(self) -> bool:
        """Whether it says something about the spec."""
        return self.state not in ("equivalent", "void")


def untried(mutant: Mutant, state: State, message: str = "") -> MutantTrial:
    """A mutant that need not be played."""
    return MutantTrial(str(mutant.file), mutant.line, *mutant.change, state, message=message)


def reaching(mutant: Mutant, measured: Measured) -> list[str]:
    """The places of the scenarios that reach a mutant, the cheapest first; all if it is reached at the start.

    They reach it themselves, or what depends on it: what is set once may be used by scenarios that come later. Before
    those that only may meet it come these.
    """
    by_line, known = measured.contexts(mutant.file), measured.seconds.keys()

    def at(lines: Iterable[int]) -> set[str]:
        return {context for line in lines for context in by_line.get(line, ())}

    lines = set(statement(mutant.module.code, mutant.line))
    near = at(lines | uses(mutant.module.code, mutant.line))
    scenarios = known if at(lines) & {START, BETWEEN} else known & near
    return sorted(scenarios, key=lambda scenario: (scenario not in near, measured.seconds[scenario], scenario))


def limit(scenarios: Iterable[str], measured: Measured) -> float:
    """Seconds that scenarios get against a mutant."""
    return LIMIT + GENEROUS * sum(measured.seconds[scenario] for scenario in scenarios)


def play(mutant: Mutant, scenarios: Sequence[str], within: float) -> MutantTrial:
    """Run scenarios against a mutant until one of them notices.

    The mutant stands in a copy of the reference back ends that the server's process finds first; never in the checkout.

    Args:
        mutant: what to play.
        scenarios: their places, in the order to play them.
        within: seconds after which it is given up.
    """
    began = clock.now()
    with OwnedFolder("mutant") as folder:
        shutil.copytree(REFERENCE, Path(folder) / REFERENCE, ignore=shutil.ignore_patterns(_compiled(mutant)))
        (Path(folder) / mutant.file).write_text(mutant.code, encoding="utf-8")
        search = os.pathsep.join(filter(None, [folder, os.environ.get("PYTHONPATH")]))
        places = [scenario.partition(" ")[0] for scenario in scenarios]
        run = behave_process.run(places, environment={"PYTHONPATH": search}, enough=_settled, limit=within)
    kill = next(filter(is_kill, run.outcomes), None)
    told = kill or next((one for one in run.outcomes if one.bad), None)
    return MutantTrial(
        str(mutant.file),
        mutant.line,
        *mutant.change,
        state="killed" if kill else _state(run),
        scenarios=len(scenarios),
        by=place(kill) if kill else "",
        at=(told.step or told.at or "") if told else "",
        message=(told.message or "") if told else "",
        seconds=round(clock.now() - began, 1),
    )


def _settled(outcomes: Sequence[Outcome]) -> bool:
    """Whether what has been played says enough."""
    hopeless = len(outcomes) >= HOPELESS and all(one.bad for one in outcomes)
    return hopeless or any(map(is_kill, outcomes))


def _compiled(mutant: Mutant) -> str:
    return f"{mutant.file.stem}.*.pyc"


def _state(run: RunResults) -> State:
    """What became of a mutant that no scenario has noticed."""
    if not any(one.bad for one in run.outcomes) and not run.troubles:
        return "survived"
    if run.outcomes and all(_is_blocked(one) or one.status == "not run" for one in run.outcomes):
        return "void"
    return "failed elsewhere"


def _is_blocked(outcome: Outcome) -> bool:
    """Whether the system could not be had for a scenario: it does not start, or has not the option that it is given."""
    return outcome.kind == "environment" or outcome.at == "hook"
