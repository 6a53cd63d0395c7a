"""The one store of a run's results: each scenario is judged once, at its end, and amended here alone."""

from collections.abc import Callable
from dataclasses import dataclass, field

from behave.model import Scenario

from support.core import clock
from support.core.errors import SuiteError
from support.core.redaction import Redactor, everywhere
from support.reporting import judging
from support.reporting.outcome import Origin, Outcome, RunResults, Status, Trouble, began_here


@dataclass
class Results:
    """What became of the scenarios of one run, and what went wrong outside of them.

    Console, exit code, results file, Allure and JUnit derive from it: `listeners` hear of each verdict as it is kept,
    and again when it is amended; `selected` are the scenarios that the user's choice left to run; `second_thoughts`
    are what was amended after the console had called a scenario passed.
    """

    redactor: Redactor = field(default_factory=lambda: everywhere)
    selected: list[Scenario] = field(default_factory=list)
    outcomes: dict[Scenario, Outcome] = field(default_factory=dict)
    troubles: list[Trouble] = field(default_factory=list)
    second_thoughts: list[str] = field(default_factory=list)
    listeners: list[Callable[[Scenario, Outcome], None]] = field(default_factory=list)
    _began: float = field(default_factory=clock.now)
    _origin: Origin = field(default_factory=began_here)

    def keep(self, scenario: Scenario, outcome: Outcome) -> None:
        """Keep the verdict on a scenario."""
        self.outcomes[scenario] = outcome
        for tell in self.listeners:
            tell(scenario, outcome)

    def amend(self, name: str, status: Status, message: str) -> None:
        """Change the verdict of a scenario that has ended: a leak was noticed later, by the trailing audit.

        A scenario that is red already keeps its first failure in front.

        Args:
            name: the scenario's, or its `file:line`: rows of an outline may share a name, and then all are amended.
            status: `failed` for the product's fault, `broken` for the suite's.
            message: what was noticed.

        Raises:
            SuiteError: no such scenario has ended: the change would be lost.
        """
        text = self.redactor.text(message)
        named = [ended for ended in self.outcomes if name in (ended.name, str(ended.location))]
        if not named:
            raise SuiteError(f"{name}: {text} (but no scenario of that name has ended)")
        for scenario in named:
            before = self.outcomes[scenario]
            if before.status == "passed":  # else the console has its failure already
                self.second_thoughts.append(f"{scenario.location}: {scenario.name}: {status} after its end: {text}")
            self.keep(scenario, judging.amended(before, status, text))

    def note(self, where: str, error: BaseException | None, message: str = "") -> None:
        """Keep what went wrong outside every scenario: it is in each report, and counts in the exit code.

        Args:
            where: in people's words.
            error: what went wrong; its family decides whose fault it is.
            message: what to say if there is no error to describe it.
        """
        self.troubles.append(judging.trouble(where, error, self.redactor, message))

    def run(self, *, tested: list[str], empty: str) -> RunResults:
        """All that is known of the run now.

        Args:
            tested: see `RunResults`.
            empty: why nothing was selected, if so.
        """
        seconds = clock.now() - self._began
        outcomes, selected = list(self.outcomes.values()), len(self.selected)
        return RunResults(
            selected, outcomes, self.troubles, duration=seconds, empty=empty, tested=tested, **self._origin
        )
