"""The interface of our formatters: behave's, with the ends that behave leaves out."""

from behave.formatter.base import Formatter
from behave.model import Scenario

from support.core.errors import SuiteError
from support.reporting.outcome import Outcome, RunResults
from support.reporting.reporting_context import ReportingContext


class Recorder(Formatter):  # type: ignore[misc]  # behave is untyped
    """A formatter that hears of a scenario's end after its hooks and cleanups, and of behave's own last word.

    `EarshotRunner` calls the methods here; behave calls those of `Formatter`.
    """

    listening = False
    reporting: ReportingContext

    def run_began(self, reporting: ReportingContext) -> None:
        """The run begins, with the scenarios that its results name as selected."""
        self.listening, self.reporting = True, reporting

    def scenario_ended(self, scenario: Scenario, outcome: Outcome) -> None:
        """A selected scenario has its verdict, or has got another one (then this is called again)."""

    def run_ended(self, run: RunResults) -> None:
        """Everything has been said: behave has its verdict too."""

    def close(self) -> None:
        """behave closes formatters before it has its verdict; `run_ended` is our end.

        Raises:
            SuiteError: the run is not led by our runner, so nothing was recorded.
        """
        if not self.listening and not self.config.dry_run:
            name = type(self).__name__
            raise SuiteError(f"{name} records nothing without `runner = support.reporting.runner:EarshotRunner`")
