"""What the first page says: all of it from the results files, the rules of the gates and the specs of requirements."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Literal

from support.config.requirements import registry
from support.reporting.first_page import history
from support.reporting.first_page.findings import SEVERITIES, Finding, findings
from support.reporting.first_page.history import PastRun
from support.reporting.gate import rules
from support.reporting.gate.decisions import decisions
from support.reporting.gate.judgement import Judgement, judge
from support.reporting.outcome import Outcome, RunResults
from support.reporting.traceability.evidence import VERDICTS, Verdict, verdict_of
from support.reporting.traceability.matrix import Chapter, build

#: The runs whose figures are drawn.
DRAWN = 20

_Key = tuple[str, str, int]


@dataclass(frozen=True)
class Standing:
    """One system: what its gate decides, how far its requirements are shown, and how its scenarios ended."""

    chapter: Chapter
    judgement: Judgement | None
    scenarios: Counter[Verdict]

    @property
    def share(self) -> str:
        """How many of all its scenarios have passed, those that the run was not asked for among them."""
        cases = self.judgement.scenarios if self.judgement else ()
        if not cases:
            return f"{self.scenarios['passed']} of {self.scenarios.total()} scenarios passed"
        passed, left = sum(case.verdict == "passed" for case in cases), len(cases) - self.scenarios.total()
        return f"{passed} of {len(cases)} scenarios passed" + (f", {left} were not asked for" if left > 0 else "")


@dataclass(frozen=True)
class VerdictChange:
    """A scenario whose verdict is not what it was when it ran last; `before` is None if it never did."""

    outcome: Outcome
    before: Verdict | None

    @property
    def now(self) -> Verdict:
        return verdict_of(self.outcome)

    @property
    def kind(self) -> Literal["worse", "better", "new"]:
        if self.before is None:
            return "new"
        return "worse" if VERDICTS.index(self.now) > VERDICTS.index(self.before) else "better"


@dataclass(frozen=True)
class Overview:
    """All of it; `past` holds the last runs, the oldest first, and this one at its end."""

    standings: Sequence[Standing]
    past: Sequence[PastRun]

    @property
    def played(self) -> list[Standing]:
        """The systems that the last run came to; all of them if it came to none."""
        return [one for one in self.standings if one.scenarios] or list(self.standings)

    @property
    def others(self) -> list[Standing]:
        """Those that it did not come to."""
        return [one for one in self.standings if one not in self.played]

    @property
    def ended(self) -> datetime | None:
        return self.past[-1].ended if self.past else None

    @property
    def run(self) -> RunResults:
        return self.past[-1].run if self.past else RunResults()

    @cached_property
    def findings(self) -> list[Finding]:
        """What is wrong, the gravest first."""
        return findings(outcome for outcome in self.run.outcomes if outcome.bad)

    @property
    def by_severity(self) -> list[tuple[str, list[Finding]]]:
        """The findings under their severities, the gravest first."""
        graded = [(name, [one for one in self.findings if one.severity == name]) for name in SEVERITIES]
        return [(name, found) for name, found in graded if found]

    @property
    def hanging(self) -> int:
        """How many scenarios hang on the findings."""
        return sum(len(one.outcomes) + len(one.waiting) for one in self.findings)

    @property
    def figures(self) -> list[tuple[Verdict, int]]:
        """How many scenarios ended in which way."""
        numbers = counts(self.run.named)
        return [(verdict, numbers[verdict]) for verdict in VERDICTS if numbers[verdict]]

    @property
    def known(self) -> list[Outcome]:
        return [outcome for outcome in self.run.outcomes if outcome.kind == "known"]

    @property
    def left_out(self) -> list[tuple[str, int]]:
        """Why scenarios were not run, and how many."""
        left = (one for one in self.run.named if one.status == "not run")
        reasons = Counter(one.reason or "" for one in left)
        return reasons.most_common()

    @cached_property
    def changes(self) -> list[VerdictChange]:
        """What is new or not as it was when it ran last, the worst first."""
        before: dict[_Key, Outcome] = {}
        for past in self.past[:-1]:
            before |= _keyed(past.run.named)
        pairs = ((outcome, before.get(key)) for key, outcome in _keyed(self.run.named).items())
        changes = [VerdictChange(outcome, verdict_of(earlier) if earlier else None) for outcome, earlier in pairs]
        return sorted((one for one in changes if one.now != one.before), key=lambda one: -VERDICTS.index(one.now))

    @property
    def changes_by_kind(self) -> list[tuple[str, list[VerdictChange]]]:
        """The changes under a heading each: worse, better and new."""
        headings = {"worse": "worse than before", "better": "better than before", "new": "new"}
        return [(says, [one for one in self.changes if one.kind == kind]) for kind, says in headings.items()]

    @property
    def trend(self) -> list[tuple[PastRun, Counter[Verdict]]]:
        """The figures of the last runs."""
        return [(past, counts(past.run.named)) for past in self.past[-DRAWN:]]

    @property
    def most(self) -> int:
        """The scenarios of the biggest of these runs."""
        return max([1, *(figures.total() for _, figures in self.trend)])


def overview(root: Path) -> Overview:
    """Put together where the systems with features at `root` stand.

    Raises:
        SuiteError: features, requirements, rules or results file cannot be read; says where and why.
    """
    specs, gates = registry.load(), rules.load()
    here = [system for system in specs if (root / "features" / system).is_dir()]
    past = history.runs(root / "reports")
    last = past[-1].run.named if past else []
    judgements = [judge(gates[system], specs[system], root) if system in gates else None for system in here]
    chapters = build(here, root, decisions(judgements)).chapters
    standings = [
        Standing(chapter, judgement, counts(outcome for outcome in last if system in outcome.tags))
        for system, chapter, judgement in zip(here, chapters, judgements, strict=True)
    ]
    return Overview(standings, past)


def counts(outcomes: Iterable[Outcome]) -> Counter[Verdict]:
    """How many scenarios ended in which way."""
    return Counter(map(verdict_of, outcomes))


def _keyed(outcomes: Iterable[Outcome]) -> dict[_Key, Outcome]:
    """Scenarios by file, title and number, as an outline's rows may share a title; lines change with every edit."""
    seen: Counter[tuple[str, str]] = Counter()
    keyed = {}
    for outcome in sorted(outcomes, key=lambda outcome: (outcome.file, outcome.line)):
        name = outcome.file, outcome.scenario
        keyed[*name, seen[name]] = outcome
        seen[name] += 1
    return keyed
