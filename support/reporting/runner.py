"""behave's runner, with one judgement of every scenario and of the run, that all reports and the exit code share."""

import signal
import sys
import threading
from collections.abc import Callable, Iterable
from contextlib import nullcontext, suppress
from functools import partial
from pathlib import Path
from typing import Any

from behave.configuration import Configuration
from behave.formatter._registry import make_formatters
from behave.formatter.base import Formatter
from behave.model import Feature, Scenario, Step
from behave.model_type import FileLocation
from behave.model_type import Status as BehaveStatus
from behave.reporter.junit import JUnitReporter
from behave.runner import Context, Runner, the_step_registry
from behave.runner_util import parse_features

from support.config import userdata_keys
from support.core import clock
from support.core.exit_codes import Verdict
from support.core.resource_shortage import shortage
from support.reporting import console, judging, junit, known_failures, selection_checks, step_files
from support.reporting.early_end import EarlyEnd
from support.reporting.outcome import Outcome, RunResults
from support.reporting.plain_words import worded
from support.reporting.reporting_context import ReportingContext
from support.reporting.result_formatter import Recorder
from support.reporting.step_errors import PlainWords
from support.vocabulary import gherkin

gherkin.install()

#: What people call behave's hooks of a whole run.
_HOOKS = {"before_all": "the run's beginning", "after_all": "the run's end"}


class EarshotRunner(Runner):  # type: ignore[misc]  # behave is untyped
    """Named as `runner` in `[tool.behave]`.

    behave 1.3.3 tells its formatters nothing of hook errors, cleanup errors, parse errors and scenarios it never came
    to, and closes them before it knows its exit code. This runner judges each
    scenario once, when all its hooks and cleanups are over, and tells the `Recorder` formatters; and it tells them the
    end of the run last of all, so that no report can be greener than the exit code.
    """

    formatters: list[Formatter]

    def __init__(self, config: Configuration) -> None:
        console.spell_out()
        super().__init__(config)
        console.clean(config)
        self.reporting = ReportingContext()
        self._results = self.reporting.results
        self._cleanup_error: Exception | None = None
        self._traces = userdata_keys.is_on(config.userdata, "trace")
        self._early_end = EarlyEnd()

    def run(self) -> bool:
        """Run everything. Returns whether it failed; what stops it before the first scenario is in the reports too.

        Raises:
            SystemExit: the reports cannot be written; says why in one line.
        """
        try:
            return self._run()
        except OSError as error:
            if not (short := shortage(error)):
                raise
            print(f"earshot: {short} ({error})", file=sys.stderr)
            sys.exit(Verdict.ENVIRONMENT)

    def _run(self) -> bool:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # else behave dies without its cleanups
        try:
            return bool(super().run())
        except Exception as error:
            if self.config.dry_run:  # behave says what is wrong, and the last results stay
                raise
            self._note("loading the suite", error)
            self._results.selected = self._readable()
            if not self.formatters:
                self.formatters = make_formatters(self.config, self.config.outputs)
            self._tell_began()
            self._end(failed=True)
            raise

    def _readable(self) -> list[Scenario]:
        """What was to run but for the error that kept the suite from loading: none of it is dropped."""
        places: list[FileLocation] = []
        with suppress(Exception):  # a path that is not there, for instance: then that is the error
            places = [] if self.features else self.feature_locations()
        for place in places:
            with suppress(Exception):  # it cannot be read, which may be the error
                self.features += parse_features([place], language=self.config.lang)
        return selection_checks.selected(self)

    def load_hooks(self, filename: str | None = None) -> None:
        """Load environment.py, and listen to the hooks whose errors behave only prints."""
        super().load_hooks(filename)
        for name in _HOOKS.keys() & self.hooks.keys():
            self.hooks[name] = partial(self._overheard, name, self.hooks[name])

    def load_step_definitions(self, extra_step_paths: list[str] | None = None) -> None:
        """Read the step files, unless this process was forked from one that has."""
        known = step_files.known(Path(self.base_dir, self.config.steps_dir))
        if known is None or extra_step_paths:
            super().load_step_definitions(extra_step_paths)
        else:
            self.step_registry = known
        step_files.find_once(the_step_registry)

    def run_model(self, features: Iterable[Feature] | None = None) -> bool:
        """Run the parsed features."""
        if self.config.dry_run:
            return bool(super().run_model(features))
        self.context.reporting = self.reporting
        self.context.on_cleanup_error = self._on_cleanup_error
        self._results.selected = selection_checks.selected(self)
        for feature in self.features:
            feature.run = partial(self._run_feature, feature, feature.run)
        for scenario in self._results.selected:
            scenario.run = partial(self._run_scenario, scenario, scenario.run)
        self._take_over_reporters()
        if not self._traces:
            self.formatters.insert(0, PlainWords(self.config, self.reporting.redactor))
        self._tell_began()
        with self._early_end.heeded() if self._is_worker else nullcontext():
            failed = super().run_model(features)
        return self._end(failed=failed)

    # -- features and scenarios -----------------------------------------------------------------------------------

    def _run_feature(self, feature: Feature, run: Callable[[Runner], bool], runner: Runner) -> bool:
        failed = not self._early_end.wanted and bool(run(runner))
        self._leave(feature)
        for part in (feature, *feature.rules):
            self._inspect(part)
        return failed

    def _run_scenario(self, scenario: Scenario, run: Callable[[Runner], bool], runner: Runner) -> bool:
        if self._early_end.wanted:
            return False
        began = clock.now()
        self._cleanup_error, self.reporting.stood_still = None, 0.0
        run(runner)
        seconds = clock.now() - began
        redactor, in_words = self.reporting.redactor, self.reporting.in_words
        found = judging.outcome_of(scenario, redactor, seconds, self._cleanup_error, self._advice, self._phrase)
        found = worded(found, in_words)
        if not self._traces:
            found = judging.in_plain_words(found)
        self._cleanup_error = None
        judged = judging.stalled(known_failures.judge(found, self.reporting.known), self.reporting.stood_still)
        self._keep(scenario, judged)
        return judged.bad

    def _keep(self, scenario: Scenario, judged: Outcome) -> None:
        _align(scenario, judged)
        self._results.keep(scenario, judged)

    def _advice(self, step: Step) -> str:
        from support.vocabulary.catalogue.did_you_mean import (  # so rarely needed that no run should wait for it
            advice,
            registered,
        )

        return advice(step, registered(self.step_registry)).in_lines()

    def _phrase(self, step: Step) -> str | None:
        found = self.step_registry.find_step_definition(step)
        return found.pattern if found else None

    def _leave(self, feature: Feature) -> None:
        """Judge the scenarios of a feature that behave never came to."""
        for scenario in self._results.selected:
            if scenario.feature is feature and scenario not in self._results.outcomes:
                self._keep(scenario, self._left_over(scenario))

    def _left_over(self, scenario: Scenario) -> Outcome:
        for parent in (getattr(scenario.parent, "parent", None), scenario.parent, scenario.feature):
            if parent is not None and getattr(parent, "hook_failed", False):
                return judging.blocked(scenario, self.reporting.redactor, parent.error_message, parent.exception)
        return judging.not_run(scenario, self.reporting.redactor, "the run ended before it")

    # -- the run --------------------------------------------------------------------------------------------------

    def _end(self, *, failed: bool) -> bool:
        for feature in self.features:
            self._leave(feature)
        if self.aborted and not self._results.troubles:
            self._note("the run", KeyboardInterrupt())
        if failed and self._summary().verdict is Verdict.GREEN:
            self._note("the run", None, "behave reports a failure outside every scenario: see the console")
        run = self._summary()
        for recorder in self._recorders():
            recorder.run_ended(run)
        if self.config.junit:
            junit.write(run, self.config.junit_directory)
        undefined = [f"{found.file}:{found.line}: {found.details}" for found in run.outcomes if found.at == "undefined"]
        for line in (*undefined, *self._results.second_thoughts, *([] if self._is_worker else [run])):
            print(line)
        return failed or run.verdict not in (Verdict.GREEN, Verdict.EMPTY) or self._is_empty(run)

    def _is_empty(self, run: RunResults) -> bool:
        return run.verdict is Verdict.EMPTY and not self.config.userdata.getbool("allow_empty", False)

    def _summary(self) -> RunResults:
        empty = "" if self._results.selected else selection_checks.explain(self)
        return self._results.run(tested=list(self.reporting.tested.values()), empty=empty)

    def _inspect(self, part: Any) -> None:
        """Note the hook and cleanup errors of a feature or rule that no scenario of it shows."""
        shown = any(
            self._results.outcomes[scenario].details == part.error_message
            for scenario in part.walk_scenarios()
            if scenario in self._results.outcomes
        )
        if part.hook_failed and not shown:
            self._note(f"{part.type} {part.name}", part.exception, part.error_message or "")

    def _overheard(self, name: str, hook: Callable[[Context], None], context: Context) -> None:
        try:
            hook(context)
        except Exception as error:
            self._note(_HOOKS[name], error)
            raise

    def _on_cleanup_error(self, context: Context, cleanup: Callable[[], None], error: Exception) -> None:
        Context.print_cleanup_error(context, cleanup, error)
        if "scenario" in context:
            self._cleanup_error = error
        else:
            self._note("tidying up", error)

    def _note(self, where: str, error: BaseException | None, message: str = "") -> None:
        if not isinstance(error, selection_checks.NothingSelected):
            self._results.note(where, error, message)

    # -- who listens ----------------------------------------------------------------------------------------------

    def _recorders(self) -> list[Recorder]:
        return [formatter for formatter in self.formatters if isinstance(formatter, Recorder)]

    def _tell_began(self) -> None:
        for recorder in self._recorders():
            if not recorder.listening:  # else what it has recorded would be gone
                recorder.run_began(self.reporting)
                self._results.listeners.append(recorder.scenario_ended)

    def _take_over_reporters(self) -> None:
        """Our JUnit replaces behave's, which omits what goes wrong outside steps; its sums get a place for xfailed."""
        reporters = self.config.reporters
        self.config.reporters = [reporter for reporter in reporters if not isinstance(reporter, JUnitReporter)]
        for reporter in self.config.reporters:
            getattr(reporter, "scenario_summary", {}).setdefault(BehaveStatus.xfailed.name, 0)

    @property
    def _is_worker(self) -> bool:
        return userdata_keys.is_on(self.config.userdata, "worker")


def _align(scenario: Scenario, judged: Outcome) -> None:
    """Make behave's status say the same, for its console summary and the feature's status."""
    if judged.kind == "known":
        scenario.set_status(BehaveStatus.xfailed)
    elif judged.status in ("failed", "absent", "not reached"):
        scenario.set_status(BehaveStatus.failed)
    elif judged.status == "broken" and not scenario.status.is_error():
        scenario.set_status(BehaveStatus.error)
