"""Playing walks: each as a scenario of its own, by the suite's own steps and hooks, on a system that stays up."""

import contextlib
import io
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from behave.configuration import Configuration
from behave.runner import the_step_registry as registry

from support.core.errors import EnvironmentFailure, SuiteError
from support.core.redaction import everywhere
from support.environments.system_under_test import SystemUnderTest
from support.execution.watching import WatchingRunner, close, share
from support.reporting import results_file
from support.reporting.outcome import TOO_BUSY, Outcome
from support.reporting.reporting_context import ReportingContext
from support.scenario.needs import unmet_by
from support.scenario.run import Run
from support.verification.exploration.lines import WalkLine, as_gherkin, tags_of

#: What a failure says -> of which sort it is: something too much, something missing, granted, or refused.
_SORTS = {
    "should have received nothing": "too much",
    "should show nothing more": "too much",
    "did not get": "missing",
    "was to be refused": "granted",
    "did not succeed": "refused",
    "was refused": "refused",
}
#: How often a walk is played at most that the machine is too busy to judge.
_TURNS = 3
#: Verdicts that something is wrong with the product, as opposed to suite and environment.
_FINDINGS = ("failed", "absent", "not reached")


class _TooBusy(SuiteError):  # noqa: N818 - of the machine, and no mistake
    """The suite stood still while the walk was played."""


@dataclass(frozen=True)
class WalkResult:
    """How a walk went. `transcript` is what was said to the system and heard from it, masked."""

    outcome: Outcome
    transcript: str = ""

    @property
    def failed(self) -> bool:
        """Whether the product did otherwise than it was to."""
        return self.outcome.status in _FINDINGS

    @property
    def signature(self) -> str:
        """What tells one finding from another: the phrase that failed, or the audit."""
        return self.outcome.phrase or self.outcome.at or self.outcome.status

    @property
    def sort(self) -> str:
        """The kind of the failure, whatever phrase shows it; the phrase itself for a failure of no known kind."""
        told = self.outcome.message or ""
        return next((sort for words, sort in _SORTS.items() if words in told), self.signature)

    @property
    def failed_at(self) -> int | None:
        """The place of the step that failed; None if that is the audit after the last."""
        return len(self.outcome.steps) - 1 if self.outcome.phrase else None


@dataclass
class _Attachments:
    """Keeps the transcript of what is played."""

    kept: dict[str, str] = field(default_factory=dict)

    def attach(self, name: str, body: str | bytes, kind: str = "text") -> None:
        if kind == "text":
            self.kept[name] = everywhere.text(body if isinstance(body, str) else body.decode())


class WalkPlayer:
    """Plays walks one after the other on a system that stays up.

    Args:
        system: the tag of the spec.
        settings: behave's `-D` settings, as `profile=staging`.
        folder: for what is played and its results.
        alone: whether no other player is there beside this one.
    """

    def __init__(self, system: str, settings: Sequence[str], folder: Path, *, alone: bool = True) -> None:
        self._system = system
        self._alone = alone
        self._feature, self._results = folder / "walk.feature", folder / "results.jsonl"
        options = [f"results={self._results}", "allure=off", *settings]
        self._arguments = [part for option in options for part in ("-D", option)]
        self.played = 0
        self.lacking: dict[str, str] = {}
        """The forms of the steps that could not be played here, and why."""

    def open(self) -> SystemUnderTest:
        """Start the system, or find it there.

        Raises:
            SuiteError: a setting or the profile is wrong, the system is protected, for walks change it, or it is there
                once for several players.
            EnvironmentFailure: it cannot be started or reached.
        """
        run = Run(Configuration(self._arguments).userdata, ReportingContext())
        share(run)
        sut = run.open_system([self._system])
        self.sut = sut
        if sut.protected:
            raise SuiteError(f"explore: the profile protects {self._system}, and walks change what they walk on")
        if not self._alone and sut.described.deployment != "embedded":  # what walks do to it would disturb the others
            raise SuiteError(f"explore: {self._system} is there once, and --jobs needs one for each: leave it out")
        return sut

    def play(self, lines: Sequence[WalkLine]) -> WalkResult:
        """Play a walk; once more what the machine was too busy to judge.

        Raises:
            KeyboardInterrupt: it is interrupted.
            EnvironmentFailure: the system is not there any more.
            SuiteError: the suite is wrong, or the machine too busy each time; says where.
        """
        for _ in range(_TURNS - 1):
            with contextlib.suppress(_TooBusy):
                return self._played(lines)
        return self._played(lines)

    def _played(self, lines: Sequence[WalkLine]) -> WalkResult:
        self._feature.write_text(as_feature(self._system, "A walk", tags_of(lines), lines), encoding="utf-8")
        kept, said = _Attachments(), io.StringIO()
        with contextlib.redirect_stdout(said), contextlib.redirect_stderr(said):
            runner = WatchingRunner(Configuration([*self._arguments, str(self._feature)]))
            runner.reporting.sink = kept
            runner.run()
        self.played += 1
        if runner.aborted:
            raise KeyboardInterrupt
        outcome = self._outcome()
        if outcome.status == "not run":
            self._learn(runner, lines, outcome.reason or "")
        return WalkResult(outcome, kept.kept.get("Transcript", ""))

    def _learn(self, runner: WatchingRunner, lines: Sequence[WalkLine], reason: str) -> None:
        """Note which step the system cannot do, so that no further walk has it."""
        steps = runner.features[0].scenarios[0].steps
        at = next((number for number, step in enumerate(steps) if step.status.name != "passed"), len(lines) - 1)
        if at == 0:  # it was seen beforehand, from what a phrase says that it needs
            at = next((number for number, step in enumerate(steps) if unmet_by(registry, step, self.sut)), at)
        self.lacking[lines[at].form] = reason

    def _outcome(self) -> Outcome:
        """The verdict; what has failed counts, even if the system is gone afterwards: it is started again then."""
        found = results_file.read(self._results)
        if found.outcomes and found.outcomes[0].status in _FINDINGS:
            return found.outcomes[0]
        bad = [(one.kind, one.message) for one in found.outcomes if one.status == "broken"]
        bad += [(one.kind, one.message) for one in found.troubles]
        for kind, message in bad:
            if kind == "interrupted":
                raise KeyboardInterrupt
            if kind in TOO_BUSY:
                raise _TooBusy(str(message))
            raise (EnvironmentFailure if kind == "environment" else SuiteError)(str(message))
        return found.outcomes[0]

    def close(self) -> None:
        """Stop the system."""
        close()


def as_feature(system: str, title: str, tags: Sequence[str], lines: Sequence[WalkLine]) -> str:
    """A feature of one scenario."""
    tagged = f"  {' '.join(f'@{tag}' for tag in tags)}\n" if tags else ""
    return f"@{system}\nFeature: {title}\n\n{tagged}  Scenario: {title}\n{as_gherkin(lines)}"
