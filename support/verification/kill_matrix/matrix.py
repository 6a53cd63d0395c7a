"""The whole matrix: trials side by side in processes, what they show together, and whether it is enough."""

import json
import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from support.core import clock
from support.execution import behave_process
from support.reporting.outcome import Outcome
from support.verification.kill_matrix.faults import SeededFault, seeded
from support.verification.kill_matrix.trial import FaultTrial, attempt, attempt_clean, place

#: Where `earshot trace` finds which fault killed which scenario.
KEPT = Path(".earshot/kill-matrix")


@dataclass(frozen=True)
class KillMatrix:
    """Fault x scenario.

    `clean` is the run against the back end without a fault; `seconds` is wall time; `left_out` are the faults that
    there was no time for. `to_first_kill` says that a trial ended as soon as a scenario noticed its fault.
    """

    system: str
    clean: FaultTrial
    trials: list[FaultTrial]
    seconds: float
    left_out: tuple[SeededFault, ...] = ()
    to_first_kill: bool = False

    @property
    def scenarios(self) -> list[Outcome]:
        """Every scenario of the spec, as it ended on the clean back end."""
        return self.clean.run.outcomes

    def killers(self, scenario: Outcome) -> list[SeededFault]:
        """The faults that a scenario notices."""
        return [trial.fault for trial in self.trials if trial.fault and place(scenario) in map(place, trial.kills)]

    @property
    def flaky(self) -> list[Outcome]:
        """The scenarios that were red once on the clean back end, and green when played again."""
        return [outcome for outcome in self.clean.run.outcomes if outcome.kind == "flaky"]

    @property
    def survivors(self) -> list[SeededFault]:
        """The faults that no scenario notices."""
        return [trial.fault for trial in self.trials if trial.fault and not trial.kills]

    @property
    def whole(self) -> bool:
        """Whether each fault was played against all scenarios that are to notice it."""
        return not self.left_out and not self.to_first_kill

    @property
    def toothless(self) -> list[Outcome]:
        """The scenarios that notice no fault."""
        return [scenario for scenario in self.scenarios if not self.killers(scenario)]

    def findings(self) -> list[str]:
        """All that keeps the matrix from being enough, a line each."""
        return [f"survived: {fault.name} ({fault.says})" for fault in self.survivors] + self.flaws()

    def flaws(self) -> list[str]:
        """Those of the findings that are about scenarios, not about a fault."""
        found = [
            f"not green on the clean back end: {place(bad)} {bad.message}"
            for bad in self.clean.run.outcomes
            if bad.bad and bad.kind != "flaky"
        ]
        found += [f"not green on the clean back end: {trouble.message}" for trouble in self.clean.run.troubles]
        if self.left_out and not self.trials:
            found.append("there was no time for any fault")
        if self.whole:  # else it is not known what the rest would have killed
            found += [f"kills nothing: {place(scenario)}" for scenario in self.toothless]
        return found


def measure(
    system: str, *, quick: bool, jobs: int, within: float | None = None, told: Callable[[FaultTrial], None]
) -> KillMatrix:
    """Run all trials of a system.

    Args:
        system: the spec.
        quick: for each fault, only the scenarios of the requirements it names.
        jobs: trials at once.
        within: seconds after which no trial is begun, and each ends at its first kill; then those come first that every
            requirement has its turn by, in an order drawn anew each day, so that no fault is left out for ever. The
            clean back end is played beside them, without load.
        told: called with each trial as it ends.

    Raises:
        SuiteError: the system lists no faults.
    """
    began, faults = clock.now(), seeded(system)
    if within is not None:
        faults = widest_first(faults, random.Random(date.today().isoformat()))
    player = _Player(system, quick, None if within is None else began + within, told)
    clean, tried = player.play(faults, jobs)
    trials = [player.settled(trial) for trial in tried]
    left_out = tuple(fault for fault, trial in zip(faults, trials, strict=True) if trial is None)
    played = [trial for trial in trials if trial]
    matrix = KillMatrix(system, clean, played, clock.now() - began, left_out, to_first_kill=within is not None)
    _keep(matrix)
    return matrix


@dataclass(frozen=True)
class _Player:
    """Plays the trials of a matrix. With a deadline none begins after it, and each ends at its first kill."""

    system: str
    quick: bool
    deadline: float | None
    told: Callable[[FaultTrial], None]

    def play(self, faults: list[SeededFault], jobs: int) -> tuple[FaultTrial, list[FaultTrial | None]]:
        """The trial without a fault, and one of each fault; None where there was no time for one."""
        with ThreadPoolExecutor(1) as beside, ThreadPoolExecutor(jobs) as pool:
            try:
                clean = beside.submit(self._clean)
                if self.deadline is None:
                    clean.result()  # alone, for load that others disturb is invalid
                tried = list(pool.map(self._in_time, faults))
                return clean.result(), tried
            except BaseException:
                behave_process.give_up()
                raise

    def _clean(self) -> FaultTrial:
        trial = attempt_clean(self.system, load=self.deadline is None)
        self.told(trial)
        return trial

    def settled(self, trial: FaultTrial | None) -> FaultTrial | None:
        """What survives beside others has its turn once more, alone: on a busy machine limits are lifted meanwhile."""
        if trial is None or trial.kills:
            return trial
        alone = self._attempt(trial.fault)
        self.told(alone)
        return alone

    def _in_time(self, fault: SeededFault) -> FaultTrial | None:
        if self.deadline is not None and clock.now() > self.deadline:
            return None
        trial = self._attempt(fault)
        if trial.kills:
            self.told(trial)
        return trial

    def _attempt(self, fault: SeededFault | None) -> FaultTrial:
        return attempt(self.system, fault, quick=self.quick, to_first_kill=self.deadline is not None)


def widest_first(faults: list[SeededFault], dice: random.Random) -> list[SeededFault]:
    """In an order that soon has every requirement tried, and none again before all others have been."""
    left, order, tried = dice.sample(faults, k=len(faults)), [], Counter[str]()
    while left:
        fault = min(left, key=lambda fault: min(tried[id] for id in fault.requirements))
        left.remove(fault)
        order.append(fault)
        tried.update(fault.requirements)
    return order


def _keep(matrix: KillMatrix) -> None:
    kills = [
        {"fault": trial.fault.name, "scenario": place(kill), "step": kill.step}
        for trial in matrix.trials
        if trial.fault
        for kill in trial.kills
    ]
    KEPT.mkdir(parents=True, exist_ok=True)
    (KEPT / f"{matrix.system}.json").write_text(json.dumps({"kills": kills}, indent=1))
