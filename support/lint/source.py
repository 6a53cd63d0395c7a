"""Feature files as behave reads them, and as they are written."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from behave import parser
from behave.model import Feature, Rule, Scenario, ScenarioOutline, Step

from support.errors import SuiteError
from support.lint.finding import Located, Place

_parse: Callable[[str, None, str], Feature | None] = parser.parse_feature
_DOC_STRING = ('"""', "'''")


@dataclass(frozen=True)
class Source:
    """One feature file. `feature` is None if the file has none; `book` is its folder, hence its system."""

    path: Path
    text: str
    feature: Feature | None

    @property
    def book(self) -> str:
        return self.path.parent.name

    @cached_property
    def scenarios(self) -> list[Scenario]:
        """Scenarios and outlines as they are written; an outline counts once."""
        return list(_written(self.feature)) if self.feature else []

    @cached_property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    def place(self, line: int) -> Place:
        return Place(str(self.path), line)

    def place_of(self, text: str, below: Located) -> Place:
        """Where a line with this text stands below a statement; behave keeps no line for a description."""
        for number, line in enumerate(self.lines[below.line :], below.line + 1):
            if line.strip() == text:
                return self.place(number)
        return self.place(below.line)

    def prose(self) -> Iterator[tuple[int, str]]:
        """Numbered lines without those of doc strings, comments and tags."""
        fence = None
        for number, line in enumerate(map(str.strip, self.lines), 1):
            if fence:
                fence = None if line.startswith(fence) else fence
            elif line.startswith(_DOC_STRING):
                fence = line[:3]
            elif not line.startswith(("#", "@")):
                yield number, line


def read(path: Path) -> Source:
    """Read one feature file.

    Raises:
        NotReadable: behave cannot parse it, or it is not UTF-8; says where and why.
    """
    try:
        text = path.read_text(encoding="utf-8")
        return Source(path, text, _parse(text, None, str(path)))
    except parser.ParserError as error:
        reason = " ".join(str(error.args[0]).split())
        raise NotReadable(Place(str(path), error.line or 1), f"behave cannot read this: {reason}") from error
    except UnicodeDecodeError as error:
        line = path.read_bytes().count(b"\n", 0, error.start) + 1
        raise NotReadable(Place(str(path), line), "the file is not UTF-8: save it as UTF-8") from error


class NotReadable(SuiteError):  # noqa: N818 - a fact about one file
    """A file of the suite that cannot be read: the line at fault, and why."""

    def __init__(self, place: Place, reason: str) -> None:
        super().__init__(f"{place.filename}:{place.line}: {reason}")
        self.place = place
        self.reason = reason


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
