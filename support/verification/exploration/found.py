"""What was found, as scenarios: a title, the requirement that is concerned, and at the end what failed."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from behave.model import Scenario, Step
from behave.runner import the_step_registry as registry

from support.core.errors import SuiteError
from support.verification.exploration.hunt import Quarry
from support.verification.exploration.lines import WalkLine, as_gherkin, tags_of
from support.vocabulary.lint import source
from support.vocabulary.lint.layout import laid_out
from support.vocabulary.lint.settings import rules, tags
from support.vocabulary.lint.source import FOUND, Source

FEATURES = Path("features")
#: The tag of a scenario that was found.
TAG = "found"


@dataclass(frozen=True)
class Kin:
    """The written scenario that says most nearly the same: its number and tags are those of what was found."""

    number: str
    tags: tuple[str, ...]


def write(system: str, seed: int, quarries: Sequence[Quarry]) -> Path:
    """Write what was found into one feature file, laid out. Returns where it is."""
    written, titles = list(_written(system)), set[str]()
    scenarios = []
    for quarry in quarries:
        kin = _kin(system, quarry.lines, written)
        title = _unlike(f"{kin.number} {_title(quarry.lines)}".strip(), titles | {one.name for one in written})
        titles.add(title)
        tagged = " ".join(f"@{tag}" for tag in (TAG, *kin.tags, *tags_of(quarry.lines)))
        scenarios.append(f"  {tagged}\n  Scenario: {title}\n{as_gherkin(quarry.lines)}")
    told = f"  `earshot explore {system} --seed {seed}` has found this."
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
    """What holds, after what was done last: "User B receives … after user B comes online"."""
    failed = lines[-1]
    said = failed.title or failed.text
    done = next((line.text for line in reversed(lines) if line.keyword == "when"), "")
    title = f"{said} after {done}" if done else said
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


def _kin(system: str, lines: Sequence[WalkLine], written: Iterable[Scenario]) -> Kin:
    """The nearest of the written scenarios that say the phrase which failed, or of all if none does."""
    said = {_phrase(line.keyword, line.text) for line in lines}
    failed = _phrase(lines[-1].keyword, lines[-1].text)
    phrases = {one: {_phrase(step.step_type, step.name) for step in one.all_steps} for one in written}
    candidates = {one: theirs for one, theirs in phrases.items() if failed in theirs} or phrases
    if not candidates:
        return Kin("", ())
    nearest = max(candidates, key=lambda one: len(candidates[one] & said) / len(candidates[one] | said))
    return _identity(system, nearest)


def _identity(system: str, scenario: Scenario) -> Kin:
    known = tags()
    severity = [tag for tag in scenario.effective_tags if tag in known["severity"]][:1]
    form = rules()["title"].get(system)
    number = re.match(form["pattern"], scenario.name) if form else None
    if form is None or number is None:
        closed = {tag for kind in known.values() for tag in kind}
        return Kin("", (*(str(tag) for tag in scenario.effective_tags if tag not in closed), *severity))
    return Kin(number["number"], (form["tag"].format(number=number["number"]), *severity))


def _phrase(keyword: str, text: str) -> str:
    """The phrase by which a step is played, with its placeholders."""
    found = registry.find_step_definition(Step("", 0, keyword.title(), keyword, text))
    return f"{keyword} {found.pattern if found else text}"
