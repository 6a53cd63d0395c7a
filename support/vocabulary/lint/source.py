"""Feature files as behave reads them, and as they are written."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from behave.model import Feature, Rule, Scenario, ScenarioOutline, Step

from support.vocabulary import gherkin
from support.vocabulary.gherkin import Location
from support.vocabulary.gherkin.grammar import DOC_STRINGS
from support.vocabulary.lint.finding import Located

#: Where `earshot explore` leaves scenarios, below the root; nobody has to like them before they are kept.
FOUND = Path("reports/found")


@dataclass(frozen=True)
class Source:
    """One feature file. `feature` is None if the file has none."""

    path: Path
    text: str
    feature: Feature | None

    @property
    def spec(self) -> str:
        """The name of its folder, hence of its system; in the folder of what was found, the beginning of its name."""
        found = self.path.parent.parts[-len(FOUND.parts) :] == FOUND.parts
        return self.path.stem.rpartition("_")[0] if found else self.path.parent.name

    @cached_property
    def scenarios(self) -> list[Scenario]:
        """Scenarios and outlines as they are written; an outline counts once."""
        return list(_written(self.feature)) if self.feature else []

    @cached_property
    def lines(self) -> list[str]:
        return gherkin.lines(self.text)

    def place(self, line: int) -> Location:
        return Location(str(self.path), line)

    def place_of(self, text: str, below: Located) -> Location:
        """Where a line with this text stands below a statement; behave keeps no line for a description."""
        return self.place(gherkin.line_of(text, self.lines, below.line))

    def prose(self) -> Iterator[tuple[int, str]]:
        """Numbered lines without those of doc strings, comments and tags."""
        fence = None
        for number, line in enumerate(map(str.strip, self.lines), 1):
            if fence:
                fence = None if line.startswith(fence) else fence
            elif line.startswith(DOC_STRINGS):
                fence = line[:3]
            elif not line.startswith(("#", "@")):
                yield number, line


def read(path: Path) -> Source:
    """Read one feature file.

    Raises:
        NotReadable: it is not UTF-8, or not Gherkin; says where and why.
    """
    return Source(path, *gherkin.read(path))


def played(scenario: Scenario) -> list[Scenario]:
    """The scenarios that run: each row of an outline, or the scenario itself."""
    if not isinstance(scenario, ScenarioOutline):
        return [scenario]
    if any(examples.table is None for examples in scenario.examples):
        return []  # behave would complain on stdout; the rule on outlines says it better
    return list(scenario.scenarios)


def title(scenario: Scenario) -> str:
    """What a run calls a scenario: an outline's row goes without the number that behave gives it outside of a run."""
    return str(scenario.name).partition(" -- @")[0].strip()


def steps_played(scenario: Scenario) -> Iterator[Step]:
    """The steps that run, those of the background included, with placeholders filled."""
    for run in played(scenario):
        yield from run.all_steps


def _written(container: Feature | Rule) -> Iterator[Scenario]:
    for item in container.run_items:
        if isinstance(item, Rule):
            yield from _written(item)
        else:
            yield item
