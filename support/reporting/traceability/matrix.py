"""The matrix: each requirement with the scenarios that show it, and the gaps on either side."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Literal

from behave.model import Scenario

from support.config.requirements import registry
from support.config.requirements.registry import Requirement, Spec
from support.config.requirements.subject import about, ids, judging, tags_of_row
from support.reporting.traceability import evidence
from support.reporting.traceability.evidence import Key, LastRun, Verdict, worst
from support.vocabulary.lint.finding import Location, Violation, finding
from support.vocabulary.lint.source import Source, played, read, title

State = Verdict | Literal["in short form", "in part", "no scenario", "not applicable"]
#: What was not tried says nothing against a requirement, and nothing for it.
_UNTRIED = ("not run", "not reached")


@dataclass(frozen=True)
class Proof:
    """A scenario that shows a requirement, or the rows of an outline that bear the same ids.

    `about` are the requirements that fall if it fails; `faults` are the seeded faults that it has caught, which is what
    its green is worth; None if that was not measured.
    """

    title: str
    file: str
    line: int
    tags: frozenset[str]
    verdict: Verdict
    faults: tuple[str, ...] | None
    about: tuple[str, ...] = ()

    @property
    def requirements(self) -> frozenset[str]:
        """The ids among its tags."""
        return frozenset(ids(self.tags))

    @property
    def waits(self) -> bool:
        """Whether it was not run, and takes as long as its document says."""
        return "soak" in self.tags and self.verdict == "not run"


@dataclass(frozen=True)
class Decision:
    """What the rules of the gate say of a requirement that sums up what scenarios show."""

    state: State
    figure: str


@dataclass(frozen=True)
class Row:
    """A requirement and all scenarios that bear its id; those that are about it decide, or the rules of the gate."""

    requirement: Requirement
    proofs: tuple[Proof, ...]
    decision: Decision | None = None

    @property
    def deciding(self) -> list[Proof]:
        """The scenarios that it stands and falls by."""
        return judging(self.requirement.id, self.proofs)

    @property
    def state(self) -> State:
        if self.requirement.not_applicable:
            return "not applicable"
        if self.requirement.decided_by:
            return self.decision.state if self.decision else "not run"
        if not self.proofs:
            return "no scenario"
        deciding = self.deciding
        played = [proof.verdict for proof in deciding if not proof.waits]
        if worst(played) == "passed" and len(played) < len(deciding):
            return "in short form"
        return standing(proof.verdict for proof in deciding)

    @property
    def reason(self) -> str:
        """Why no scenario shows it; empty if one does, or should."""
        rules = " and ".join(self.requirement.decided_by)
        return self.requirement.not_applicable or (f"decided by the gate: {rules}" if rules else "")

    @property
    def share(self) -> str:
        """How many of its scenarios have passed: "12 of 14"; or what the rules that decide it have counted."""
        if self.decision:
            return self.decision.figure
        passed = sum(proof.verdict == "passed" for proof in self.proofs)
        return f"{passed} of {len(self.proofs)}"

    @property
    def faults(self) -> set[str]:
        return {fault for proof in self.proofs for fault in proof.faults or ()}


@dataclass(frozen=True)
class Chapter:
    """One spec of requirements with its rows."""

    spec: Spec
    rows: tuple[Row, ...]

    @property
    def states(self) -> Counter[State]:
        """How many requirements are in which state."""
        return Counter(row.state for row in self.rows)

    @property
    def parts(self) -> list[tuple[str, list[Row]]]:
        """The rows by the document's sections."""
        return [
            (section, list(rows)) for section, rows in groupby(self.rows, lambda row: row.requirement.place.section)
        ]

    @property
    def measured(self) -> bool:
        """Whether a kill matrix says which faults the scenarios catch."""
        return any(proof.faults is not None for row in self.rows for proof in row.proofs)


@dataclass(frozen=True)
class TraceMatrix:
    """All chapters, all scenarios, when they last ran, and what went wrong outside them then."""

    chapters: tuple[Chapter, ...]
    proofs: tuple[Proof, ...]
    ran: datetime | None
    troubles: tuple[str, ...] = ()

    def check(self) -> list[Violation]:
        """The gaps: an id without scenario, a scenario without id, an id that does not exist."""
        demands = [gap for chapter in self.chapters for row in chapter.rows if (gap := _row_gap(chapter, row))]
        return sorted([*demands, *(gap for proof in self.proofs for gap in _proof_gaps(proof))])


def standing(verdicts: Iterable[Verdict]) -> State:
    """How a requirement stands by the scenarios that decide over it: as the worst of them.

    If some have passed and the rest could not be tried, it is shown in part.
    """
    every = list(verdicts)
    state = worst(every)
    return "in part" if state in _UNTRIED and "passed" in every else state


def build(systems: list[str], root: Path, decisions: Mapping[str, Decision]) -> TraceMatrix:
    """Put together what the specs of these systems demand and what the features at `root` show.

    Args:
        systems: whose.
        root: the folder that holds `features/` and `reports/`.
        decisions: what their gates say of requirements, by id; see `support.reporting.gate.decisions`.

    Raises:
        NotReadable: a feature file cannot be read.
        SuiteError: requirements, results file or kill matrix cannot be read.
    """
    specs, run = registry.load(), evidence.last_run(root)
    proofs = {system: _proofs(system, root, run) for system in systems}
    chapters = [_chapter(specs[system], proofs[system], decisions) for system in systems if system in specs]
    every = tuple(proof for found in proofs.values() for proof in found)
    return TraceMatrix(tuple(chapters), every, run.ended, run.troubles)


def _chapter(spec: Spec, proofs: list[Proof], decisions: Mapping[str, Decision]) -> Chapter:
    rows = []
    for requirement in spec.requirement:
        shown = tuple(proof for proof in proofs if requirement.id in proof.requirements)
        rows.append(Row(requirement, shown, decisions.get(requirement.id)))
    return Chapter(spec, tuple(rows))


def _proofs(system: str, root: Path, run: LastRun) -> list[Proof]:
    faults = evidence.killing_faults(root, system)
    sources = [read(path) for path in sorted((root / "features" / system).rglob("*.feature"))]
    return [
        _proof(source, scenario, rows, run, faults)
        for source in sources
        for scenario in source.scenarios
        for rows in _alike(scenario)
    ]


def _alike(scenario: Scenario) -> list[list[Scenario]]:
    """What runs of a scenario, the rows of an outline by their tags."""
    alike: dict[frozenset[str], list[Scenario]] = {}
    for row in played(scenario):
        alike.setdefault(frozenset(map(str, row.effective_tags)), []).append(row)
    return list(alike.values())


def _proof(
    source: Source, scenario: Scenario, rows: list[Scenario], run: LastRun, faults: dict[Key, set[str]] | None
) -> Proof:
    keys: list[Key] = [(source.path.resolve(), title(row)) for row in rows]
    caught = None if faults is None else tuple(sorted({fault for key in keys for fault in faults.get(key, ())}))
    is_whole = len(rows) == len(played(scenario))
    name, place = (scenario.name, scenario) if is_whole else (" / ".join(map(title, rows)), rows[0])
    where, tags = finding(place, "", ""), frozenset(map(str, rows[0].effective_tags))
    is_about = tuple(about(name, sorted(tags), tags_of_row(rows[0])))
    return Proof(name, where.file, where.line, tags, run.verdict(keys), caught, is_about)


def _row_gap(chapter: Chapter, row: Row) -> Violation | None:
    requirement = row.requirement
    if row.proofs and (requirement.not_applicable or requirement.decided_by):
        why = "it is not applicable" if requirement.not_applicable else "the gate decides it"
        message = f"{requirement.id} has a scenario although {why}: delete one of them"
    elif row.state == "no scenario":
        message = f"no scenario has the tag @{requirement.id}: write one, or give not_applicable a reason"
    else:
        return None
    path = registry.FOLDER / f"{chapter.spec.system}.toml"
    text = path.read_text(encoding="utf-8")
    line = text.count("\n", 0, text.index(f'"{requirement.id}"')) + 1
    return finding(Location(str(path), line), "requirement-without-scenario", message)


def _proof_gaps(proof: Proof) -> list[Violation]:
    system = Path(proof.file).parent.name
    gaps = [] if proof.requirements else [("scenario-without-requirement", "add the tag of the requirement it shows")]
    for id in sorted(proof.requirements - registry.ids(system)):
        gaps.append(
            ("unknown-requirement", f"@{id} is not in support/config/requirements/{system}.toml: correct the tag")
        )
    return [Violation(proof.file, proof.line, rule, message) for rule, message in gaps]
