"""What the rules of a system make of the last run: whatever it did not show to pass counts against."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from behave.model import Scenario

from support.config.requirements.registry import Requirement, Spec
from support.config.requirements.subject import about, judging, tags_of_row
from support.core.errors import SuiteError
from support.core.wording import plain
from support.reporting import results_file
from support.reporting.gate.rules import Colour, Gate, Rule
from support.reporting.outcome import Outcome, RunResults
from support.reporting.traceability.evidence import VERDICTS, Verdict, verdict_of
from support.reporting.traceability.matrix import State, standing
from support.reporting.traceability.output import STATES
from support.vocabulary.lint.source import played, read, title

#: From the best to the worst: the worst rule decides.
COLOURS: tuple[Colour, ...] = ("green", "yellow", "red")

#: A scenario by file, line and title.
Key = tuple[Path, int, str]


@dataclass(frozen=True)
class Case:
    """A scenario or a requirement: what became of it, and why it is no better than that.

    `about` are the requirements that fall with a scenario; `below` the scenarios that a requirement falls by.
    """

    title: str
    tags: frozenset[str]
    verdict: State
    why: str
    about: tuple[str, ...] = ()
    below: tuple["Case", ...] = ()


@dataclass(frozen=True)
class Ruling:
    """A rule and all that it counts; `against` are those that have not passed, for whatever reason."""

    rule: Rule
    total: int
    against: tuple[Case, ...]

    @property
    def passed(self) -> int:
        return self.total - len(self.against)

    @property
    def colour(self) -> Colour:
        return self.rule.colour(self.passed, self.total)

    @property
    def figure(self) -> str:
        """The share: "27 of 30 (90.0 %)"."""
        share = f" ({100 * self.passed / self.total:.1f} %)" if self.total else ": nothing to count"
        return f"{self.passed} of {self.total}{share}"


@dataclass(frozen=True)
class Judgement:
    """All rulings over a system; a run with troubles outside its scenarios was not whole, and is red.

    `scenarios` are all that are written for it, of an outline each row, whether or not the run came to them.
    """

    spec: Spec
    gate: Gate
    rulings: tuple[Ruling, ...]
    troubles: tuple[str, ...]
    scenarios: tuple[Case, ...] = ()

    @property
    def colour(self) -> Colour:
        colours = [ruling.colour for ruling in self.rulings]
        return "red" if self.troubles else max(colours, key=COLOURS.index)

    @property
    def words(self) -> str:
        return self.gate.decision.get(self.colour, self.colour)


def judge(gate: Gate, spec: Spec, root: Path) -> Judgement | None:
    """Decide over a system from the last run at `root`; None if that came to none of its scenarios.

    Raises:
        SuiteError: a feature or the results file cannot be read; says where and why.
    """
    run = _last_run(root)
    outcomes = _worst(root, run)
    written = _written(root / "features" / gate.system)
    if outcomes.keys().isdisjoint(written):
        return None
    scenarios = [_played(row, outcomes.get(key)) for key, row in written.items()]
    demanded = [one for one in spec.requirement if not (one.not_applicable or one.decided_by or one.is_ours)]
    requirements = [_shown(requirement, scenarios) for requirement in demanded]
    ours = {one.id for one in spec.requirement if one.is_ours}
    counted = [case for case in scenarios if not (case.about and ours.issuperset(case.about))]
    rulings = [_ruling(rule, counted if rule.counts == "scenarios" else requirements) for rule in gate.rule]
    troubles = tuple(f"{bad.where}: {plain(bad.message)}" for bad in run.troubles)
    return Judgement(spec, gate, tuple(rulings), troubles, tuple(scenarios))


def _worst(root: Path, run: RunResults) -> dict[Key, Outcome]:
    """What became of each scenario; of one that has run several times, the worst."""
    outcomes: dict[Key, Outcome] = {}
    for one in sorted(run.outcomes, key=lambda one: VERDICTS.index(verdict_of(one))):
        outcomes[_key(root / one.file, one.line, one.scenario)] = one
    return outcomes


def _last_run(root: Path) -> RunResults:
    path = root / "reports" / "results.jsonl"
    try:
        return results_file.read(path) if path.exists() else RunResults()
    except (TypeError, KeyError, ValueError) as error:
        raise SuiteError(
            f"{path} is not a results file of this version ({error!r}): delete it and run again"
        ) from error


def _written(folder: Path) -> dict[Key, Scenario]:
    """All scenarios of a spec, of an outline its rows, whether or not a run has come to them."""
    sources = [read(path) for path in sorted(folder.rglob("*.feature"))]
    return {
        _key(source.path, row.line, title(row)): row
        for source in sources
        for scenario in source.scenarios
        for row in played(scenario)
    }


def _key(file: Path, line: int, title: str) -> Key:
    """The line tells rows of one title apart; the title, that none has moved."""
    return file.resolve(), line, title.strip()


def _played(row: Scenario, outcome: Outcome | None) -> Case:
    name, tags = title(row), frozenset(map(str, row.effective_tags))
    is_about = tuple(about(name, sorted(tags), tags_of_row(row)))
    if outcome is None:
        return Case(name, tags, "not run", "the last run did not come to it, or it has been edited since", is_about)
    why = plain(outcome.message or outcome.reason or "")
    return Case(name, tags, verdict_of(outcome), why, is_about)


def _shown(requirement: Requirement, scenarios: list[Case]) -> Case:
    """A requirement, as good as the worst of the scenarios that are about it."""
    deciding = judging(requirement.id, scenarios)
    against = tuple(case for case in deciding if case.verdict != "passed")
    title, tags = f"{requirement.id} {requirement.demands}", frozenset({requirement.id, requirement.criticality})
    if not deciding:
        return Case(title, tags, "no scenario", "there is no scenario for it")
    return Case(title, tags, standing(cast(Verdict, case.verdict) for case in deciding), _why(against), below=against)


def _why(against: Sequence[Case]) -> str:
    """The reasons of scenarios that did not pass, each once, the worst first."""
    worst_first = sorted(against, key=lambda case: -list(STATES).index(case.verdict))
    reasons = list(dict.fromkeys(case.why for case in worst_first if case.why))
    more = f"; and {len(reasons) - 1} more reasons" if len(reasons) > 2 else f"; {reasons[1]}" if reasons[1:] else ""
    return f"{reasons[0]}{more}" if reasons else ""


def _ruling(rule: Rule, cases: list[Case]) -> Ruling:
    counted = [case for case in cases if rule.selects(case.tags)]
    return Ruling(rule, len(counted), tuple(case for case in counted if case.verdict != "passed"))
