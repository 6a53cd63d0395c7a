"""What the rules of a system make of the last run: whatever it did not show to pass counts against."""

from dataclasses import dataclass
from pathlib import Path

from support.errors import SuiteError
from support.gate.rules import Colour, Gate, Rule
from support.lint.source import played, read, title
from support.report import ledger
from support.report.outcome import Outcome, Run
from support.report.wording import plain
from support.requirements.evidence import VERDICTS, Verdict, verdict_of, worst
from support.requirements.registry import Book, Requirement

#: From the best to the worst: the worst rule decides.
COLOURS: tuple[Colour, ...] = ("green", "yellow", "red")

#: A scenario by file, line and title.
Key = tuple[Path, int, str]


@dataclass(frozen=True)
class Case:
    """A scenario or a requirement: what became of it, and why it is no better than that."""

    title: str
    tags: frozenset[str]
    verdict: Verdict
    why: str


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
    """All rulings over a system; a run with troubles outside its scenarios was not whole, and is red."""

    book: Book
    gate: Gate
    rulings: tuple[Ruling, ...]
    troubles: tuple[str, ...]

    @property
    def colour(self) -> Colour:
        colours = [ruling.colour for ruling in self.rulings]
        return "red" if self.troubles else max(colours, key=COLOURS.index)

    @property
    def words(self) -> str:
        return self.gate.decision.get(self.colour, self.colour)


def judge(gate: Gate, book: Book, root: Path) -> Judgement | None:
    """Decide over a system from the last run at `root`; None if that came to none of its scenarios.

    Raises:
        SuiteError: a feature or the ledger cannot be read; says where and why.
    """
    run = _last_run(root)
    outcomes = _worst(root, run)
    written = _written(root / "features" / gate.system)
    if outcomes.keys().isdisjoint(written):
        return None
    scenarios = [_played(key[2], tags, outcomes.get(key)) for key, tags in written.items()]
    applicable = (requirement for requirement in book.requirement if not requirement.not_applicable)
    requirements = [_shown(requirement, scenarios) for requirement in applicable]
    rulings = [_ruling(rule, scenarios if rule.counts == "scenarios" else requirements) for rule in gate.rule]
    return Judgement(book, gate, tuple(rulings), tuple(f"{bad.where}: {plain(bad.message)}" for bad in run.troubles))


def _worst(root: Path, run: Run) -> dict[Key, Outcome]:
    """What became of each scenario; of one that has run several times, the worst."""
    outcomes: dict[Key, Outcome] = {}
    for one in sorted(run.outcomes, key=lambda one: VERDICTS.index(verdict_of(one))):
        outcomes[_key(root / one.file, one.line, one.scenario)] = one
    return outcomes


def _last_run(root: Path) -> Run:
    path = root / "reports" / "ledger.jsonl"
    try:
        return ledger.read(path) if path.exists() else Run()
    except (TypeError, KeyError, ValueError) as error:
        raise SuiteError(f"{path} is not a ledger of this version ({error!r}): delete it and run again") from error


def _written(folder: Path) -> dict[Key, frozenset[str]]:
    """All scenarios of a book with their tags, whether or not a run has come to them."""
    sources = [read(path) for path in sorted(folder.rglob("*.feature"))]
    return {
        _key(source.path, row.line, title(row)): frozenset(map(str, row.effective_tags))
        for source in sources
        for scenario in source.scenarios
        for row in played(scenario)
    }


def _key(file: Path, line: int, title: str) -> Key:
    """The line tells rows of one title apart; the title, that none has moved."""
    return file.resolve(), line, title.strip()


def _played(title: str, tags: frozenset[str], outcome: Outcome | None) -> Case:
    if outcome is None:
        return Case(title, tags, "not run", "the last run did not come to it, or it has been edited since")
    return Case(title, tags, verdict_of(outcome), outcome.message or outcome.reason or "")


def _shown(requirement: Requirement, scenarios: list[Case]) -> Case:
    """A requirement, as good as the worst of its scenarios."""
    proofs = [case for case in scenarios if requirement.id in case.tags]
    against = [f"{case.title}: {case.why}" for case in proofs if case.verdict != "passed"]
    why = "; ".join(against) if proofs else "there is no scenario for it"
    tags = frozenset({requirement.id, requirement.criticality})
    return Case(f"{requirement.id} {requirement.demands}", tags, worst(case.verdict for case in proofs), why)


def _ruling(rule: Rule, cases: list[Case]) -> Ruling:
    counted = [case for case in cases if rule.selects(case.tags)]
    return Ruling(rule, len(counted), tuple(case for case in counted if case.verdict != "passed"))
