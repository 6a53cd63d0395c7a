"""Allure results that agree with the exit code.

Built on the model of allure-python-commons, not on allure-behave's listener: that one loses scenarios in rules and
behind failing hooks, and takes its statuses from steps alone.
"""

import csv
import io
import threading
from dataclasses import dataclass, field
from typing import cast

from allure_commons.model2 import Attachment, Label, StatusDetails, TestResult, TestStepResult
from behave.configuration import Configuration
from behave.formatter.base import StreamOpener
from behave.matchers import Match
from behave.model import Scenario, Step, Table
from behave.model_type import Status as BehaveStatus

from support.config import userdata_keys
from support.core.clean_text import visible
from support.reporting import labels, run_start
from support.reporting.allure_files import PLACE, ResultFolder, new_id, now, verdict
from support.reporting.outcome import Outcome, RunResults
from support.reporting.reporting_context import ReportingContext
from support.reporting.result_formatter import Recorder


@dataclass
class _Running:
    """The scenario that is running: what has been attached to it, and the steps it has done."""

    scenario: Scenario
    start: int = field(default_factory=now)
    attachments: list[Attachment] = field(default_factory=list)
    steps: dict[int, TestStepResult] = field(default_factory=dict)
    step: TestStepResult | None = None


class AllureFormatter(Recorder):
    """Writes one result for each scenario at its end, into its outfile (a folder) or `-D allure=FOLDER`.

    `-D allure=off` writes none. Earlier results in the folder are removed first, unless `-D worker=true` says that
    other processes write there too.
    """

    def __init__(self, stream_opener: StreamOpener, config: Configuration) -> None:
        super().__init__(stream_opener, config)
        self._lock = threading.Lock()
        self._running: _Running | None = None
        self._written: dict[Scenario, TestResult] = {}
        self._folder: ResultFolder | None = None

    def run_began(self, reporting: ReportingContext) -> None:
        super().run_began(reporting)
        path = self.config.userdata.get("allure") or self.stream_opener.name or "allure-results"
        if path == "off":
            return
        self._folder = ResultFolder(path)
        if not self._is_worker:
            self._folder.begin(run_start.unfinished(run_start.now()))
        reporting.sink = self

    def scenario(self, scenario: Scenario) -> None:
        """behave: a scenario begins, before its hooks."""
        with self._lock:
            self._running = _Running(scenario)

    def match(self, match: Match) -> None:
        """behave: a step begins, before its hooks."""
        with self._lock:
            if self._running:
                self._running.step = TestStepResult(start=now())

    def result(self, step: Step) -> None:
        """behave: a step has ended, after its hooks."""
        with self._lock:
            if self._running and self._running.step:
                self._running.step.stop = now()
                self._running.steps[id(step)] = self._running.step
                self._running.step = None

    def attach(self, name: str, body: str | bytes, kind: str = "text") -> None:
        """See `ReportingContext.attach`; from any thread."""
        with self._lock:
            if self._running and self._folder:
                content = body if isinstance(body, bytes) else self._encoded(body)
                place = self._running.step or self._running
                place.attachments.append(self._folder.attach(name, content, kind))

    def scenario_ended(self, scenario: Scenario, outcome: Outcome) -> None:
        """A scenario has its verdict: write it. Called again, it rewrites that very result.

        A scenario of a system that the profile does not name is no part of what a reader of the report asks about.
        """
        if not self._folder or outcome.unnamed:
            return
        with self._lock:
            result = self._written.get(scenario) or self._result(scenario, outcome)
        self._written[scenario] = result
        result.status, result.statusDetails = verdict(outcome)
        self._folder.write(result)

    def run_ended(self, run: RunResults) -> None:
        """Troubles outside every scenario become results of their own: no report is green beside a red exit code."""
        self.reporting.sink = None
        if self._folder:
            for trouble in run.troubles:
                self._folder.write_trouble(trouble)
            if not self._is_worker:
                self._folder.finish()
                self._folder.tell_apart()

    @property
    def _is_worker(self) -> bool:
        return userdata_keys.is_on(self.config.userdata, "worker")

    def _result(self, scenario: Scenario, outcome: Outcome) -> TestResult:
        running = self._running if self._running and self._running.scenario is scenario else _Running(scenario)
        self._running = None
        result = TestResult(uuid=new_id(), name=scenario.name.strip(), start=running.start, stop=now())
        result.fullName = labels.full_name(scenario)
        result.testCaseId = result.historyId = labels.history_id(scenario, self.reporting)
        result.titlePath = labels.path(scenario, self.reporting)
        result.description = "\n".join(scenario.description)
        result.parameters = labels.parameters(scenario)
        result.labels = [*labels.labels(scenario, self.reporting), Label(PLACE, f"{outcome.file}:{outcome.line}")]
        result.links = labels.links(scenario, self.reporting)
        result.attachments = running.attachments
        result.steps = [self._step(step, running.steps.get(id(step)), outcome) for step in scenario.all_steps]
        return result

    def _step(self, step: Step, done: TestStepResult | None, outcome: Outcome) -> TestStepResult:
        result = done or TestStepResult()
        result.name = self.reporting.redactor.text(f"{step.keyword} {step.name}")
        result.status = _step_status(step)
        if result.status in ("failed", "broken"):
            result.statusDetails = StatusDetails(message=outcome.message)  # all of it stands above
        if step.text is not None:
            result.attachments.insert(0, self._kept("Text", str(step.text), "text"))
        if step.table is not None:
            result.attachments.insert(0, self._kept("Table", _csv(step.table), "csv"))
        return result

    def _kept(self, name: str, body: str, kind: str) -> Attachment:
        return cast(ResultFolder, self._folder).attach(name, self._encoded(body), kind)

    def _encoded(self, body: str) -> bytes:
        return visible(self.reporting.redactor.text(body)).encode()


def _step_status(step: Step) -> str:
    if step.status is BehaveStatus.passed:
        return "passed"
    if step.status is BehaveStatus.failed and not step.hook_failed:
        return "failed"
    if step.status.has_failed() or step.status.is_pending():
        return "broken"
    return "skipped"


def _csv(table: Table) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.headings)
    writer.writerows(row.cells for row in table.rows)
    return text.getvalue()
