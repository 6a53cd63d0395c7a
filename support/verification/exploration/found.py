"""What was found, as scenarios: a title, the requirement that is concerned, and at the end what failed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from behave.model import Scenario, Step

from support.config.requirements import registry
from support.core.errors import SuiteError
from support.verification.exploration.explorer import Counterexample
from support.verification.exploration.lines import WalkLine, as_gherkin, tags_of
from support.vocabulary.lint import source, vocabulary
from support.vocabulary.lint.layout import laid_out
from support.vocabulary.lint.settings import rules, tags
from support.vocabulary.lint.source import FOUND, Source

FEATURES = Path("features")
#: The tag of a scenario that was found.
TAG = "found"


@dataclass(frozen=True)
class NearestScenario:
    """The written scenario that says most nearly the same: its number and tags are those of what was found."""

    number: str
    tags: tuple[str, ...]


def write(system: str, seed: int, counterexamples: Sequence[Counterexample], jobs: int = 1) -> Path:
    """Write what was found into one feature file, laid out. Returns where it is."""
    written, scenarios = _WrittenScenarios(system), []
    titles = set(written.titles)
    for counterexample in counterexamples:
        nearest = written.nearest_to(counterexample.lines)
        title = _unlike(f"{nearest.number} {_title(counterexample.lines)}".strip(), titles)
        titles.add(title)
        tagged = " ".join(f"@{tag}" for tag in (TAG, *nearest.tags, *tags_of(counterexample.lines)))
        scenarios.append(f"  {tagged}\n  Scenario: {title}\n{as_gherkin(counterexample.lines)}")
    told = f"  `earshot explore {system} --seed {seed}{f' --jobs {jobs}' if jobs > 1 else ''}` has found this."
    text = "\n".join([f"@{system}", f"Feature: Found in {system} by seed {seed}", told, "", *scenarios])
    path = FOUND / f"{system}_{seed}.feature"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.write_text(laid_out(source.read(path)), encoding="utf-8")
    return path


def keep(system: str | None) -> list[Path]:
    """Move what was found into the features folder. Returns where it is now.

    Args:
        system: of this spec alone; of all if None.

    Raises:
        SuiteError: nothing was found, or there is such a file already.
    """
    found = sorted(FOUND.glob(f"{system or '*'}_*.feature"))
    if not found:
        raise SuiteError(f"explore --keep: there is nothing in {FOUND}{f' of {system}' if system else ''}")
    kept = []
    for path in found:
        spec, _, seed = path.stem.rpartition("_")
        into = FEATURES / spec / f"found_{seed}.feature"
        if into.exists():
            raise SuiteError(f"explore --keep: {into} is there already: rename one of the two")
        path.rename(into)
        kept.append(into)
    return kept


def _title(lines: Sequence[WalkLine]) -> str:
    """What holds, after what its people have done last: "User B receives … after user B comes online"."""
    failed = lines[-1]
    said = failed.title or failed.text
    whens = [line for line in reversed(lines) if line.keyword == "when"]
    done = next((line for line in whens if line.people & failed.people), whens[0] if whens else None)
    pause = "," if "," in said else ""
    title = f"{said}{pause} after {done.text}" if done else said
    return title[:1].upper() + title[1:]


def _unlike(title: str, others: Iterable[str]) -> str:
    """The title, made unlike all others: no two scenarios have one."""
    taken, number, found = {" ".join(one.lower().split()) for one in others}, 1, title
    while " ".join(found.lower().split()) in taken:
        number += 1
        found = f"{title}, in another way" if number == 2 else f"{title}, in way {number}"
    return found


def _written(system: str) -> Iterable[Scenario]:
    for path in sorted((FEATURES / system).rglob("*.feature")):
        one: Source = source.read(path)
        for scenario in one.scenarios:
            yield from source.played(scenario)


class _WrittenScenarios:
    """Finds the written scenario that says most nearly the same.

    Args:
        system: the spec.
    """

    def __init__(self, system: str) -> None:
        self._system = system
        self._phrases = vocabulary.load(Path("steps"))
        self._known: dict[tuple[str, str], str] = {}
        self._written = {one: self._said(one.all_steps) for one in _written(system)}
        self.titles = {one.name for one in self._written}
        demands = (one for spec in registry.load().values() for one in spec.requirement)
        self._ours = {one.id for one in demands if one.is_ours}

    def nearest_to(self, lines: Sequence[WalkLine]) -> NearestScenario:
        """The nearest of those that say the phrase which failed, or of all if none does.

        What was done last counts before all else, and then whether it is the document that demands it.
        """
        steps = [Step("", 0, line.keyword.title(), line.keyword, line.text) for line in lines]
        said, failed = self._said(steps), self._phrase(steps[-1])
        done = next((self._phrase(step) for step in reversed(steps) if step.step_type == "when"), "")
        candidates = {one: theirs for one, theirs in self._written.items() if failed in theirs} or self._written
        if not candidates:
            return NearestScenario("", ())

        def nearness(one: Scenario) -> tuple[bool, bool, float]:
            theirs, tags = candidates[one], _identity(self._system, one).tags
            return done in theirs, self._ours.isdisjoint(tags), len(theirs & said) / len(theirs | said)

        return _identity(self._system, max(candidates, key=nearness))

    def _said(self, steps: Iterable[Step]) -> set[str]:
        return set(map(self._phrase, steps))

    def _phrase(self, step: Step) -> str:
        """The phrase by which a step is played, with its placeholders."""
        said = step.step_type, step.name
        if said not in self._known:
            fitting = (phrase.text for phrase in self._phrases if phrase.fits(step))
            self._known[said] = f"{step.step_type} {next(fitting, step.name)}"
        return self._known[said]


def _identity(system: str, scenario: Scenario) -> NearestScenario:
    known = tags()
    severity = [tag for tag in scenario.effective_tags if tag in known["severity"]][:1]
    form = rules()["title"].get(system)
    number = re.match(form["pattern"], scenario.name) if form else None
    if form is None or number is None:
        closed = {tag for kind in known.values() for tag in kind}
        return NearestScenario("", (*(str(tag) for tag in scenario.effective_tags if tag not in closed), *severity))
    return NearestScenario(number["number"], (form["tag"].format(number=number["number"]), *severity))
