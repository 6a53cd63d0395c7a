"""All mutants of a sample, side by side in processes; what is known already is not played again."""

import hashlib
import json
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from support.execution import behave_process
from support.verification.coverage.measurement import Measured, code_of, title
from support.verification.mutation import trial as trials
from support.verification.mutation.equivalents import Equivalents
from support.verification.mutation.mutants import Mutant
from support.verification.mutation.trial import MutantTrial

#: Where the trials are kept, so that a campaign that is interrupted can be resumed.
KEPT = Path(".earshot/mutation")


@dataclass(frozen=True)
class Campaign:
    """How the mutants of a sample fared.

    `drawn` says how they were drawn; `total` is how many there are; `seconds` is wall time.
    """

    system: str
    drawn: str
    total: int
    trials: list[MutantTrial]
    seconds: float

    @property
    def score(self) -> float:
        """The share of those killed, of all that say something about the spec."""
        counted = [one for one in self.trials if one.counts]
        return sum(one.state == "killed" for one in counted) / len(counted) if counted else 1.0


def run(
    mutants: Sequence[Mutant],
    measured: Measured,
    equivalents: Equivalents,
    ledger: "Ledger",
    *,
    jobs: int,
    told: Callable[[MutantTrial], None],
) -> list[MutantTrial]:
    """Play mutants.

    Args:
        mutants: which.
        measured: which scenarios reach what.
        equivalents: what is no mistake.
        ledger: what is known already, and what is kept.
        jobs: how many at once.
        told: called with each trial as it ends.
    """
    given_up = threading.Event()

    def tried(mutant: Mutant) -> MutantTrial:
        found = _without_playing(mutant, equivalents, ledger.system) or ledger.known(mutant)
        if found is None:
            found = _played(mutant, measured)
            if not given_up.is_set():  # else it was not played to its end
                ledger.keep(mutant, found)
        told(found)
        return found

    with ThreadPoolExecutor(jobs) as pool:
        try:
            return list(pool.map(tried, mutants))
        except BaseException:
            given_up.set()
            pool.shutdown(wait=False, cancel_futures=True)
            behave_process.give_up()
            raise


def _without_playing(mutant: Mutant, equivalents: Equivalents, system: str) -> MutantTrial | None:
    if reason := equivalents.reason(mutant, system):
        return trials.untried(mutant, "equivalent", reason)
    return None if mutant.compiles else trials.untried(mutant, "void", "it is no Python")


def _played(mutant: Mutant, measured: Measured) -> MutantTrial:
    scenarios = trials.reaching(mutant, measured)
    if not scenarios:
        return trials.untried(mutant, "not reached")
    return trials.play(mutant, scenarios, trials.limit(scenarios, measured))


class Ledger:
    """The trials of a system that are still true.

    One is as long as nothing has changed in its code and in its scenarios. That a scenario kills a mutant, or that its
    server does not start, is true as long as the code is the same: a new scenario takes nothing from that.

    Args:
        system: the spec.
        measured: code and scenarios as they are now.
    """

    def __init__(self, system: str, measured: Measured) -> None:
        self.system = system
        self._path, self._sources, self._lock = KEPT / f"{system}.jsonl", measured.sources, threading.Lock()
        self._trials: dict[str, MutantTrial] = {}
        titles = {title(scenario) for scenario in measured.seconds}
        lines = self._path.read_text(encoding="utf-8").split("\n") if self._path.exists() else []
        for line in map(json.loads, filter(None, lines)):
            trial, same = MutantTrial(**line["trial"]), line["sources"] == self._sources
            lasts = trial.state == "void" or (trial.state == "killed" and title(trial.by) in titles)
            if same or (lasts and code_of(line["sources"]) == code_of(self._sources)):
                self._trials[line["mutant"]] = trial

    def known(self, mutant: Mutant) -> MutantTrial | None:
        """How it fared when it was played."""
        return self._trials.get(_name(mutant))

    def keep(self, mutant: Mutant, trial: MutantTrial) -> None:
        """Write it down at once."""
        line = json.dumps({"mutant": _name(mutant), "sources": self._sources, "trial": asdict(trial)})
        with self._lock:
            KEPT.mkdir(parents=True, exist_ok=True)
            with self._path.open("a", encoding="utf-8") as file:
                file.write(line + "\n")


def _name(mutant: Mutant) -> str:
    return hashlib.sha256(f"{mutant.file}\n{mutant.code}".encode()).hexdigest()[:16]
