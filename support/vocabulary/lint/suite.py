"""Everything that the rules look at, read once."""

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from behave.model import Scenario, Step

from support.vocabulary.gherkin import NotReadable
from support.vocabulary.lint import source, vocabulary
from support.vocabulary.lint.finding import Location, Violation, finding
from support.vocabulary.lint.source import Source
from support.vocabulary.lint.vocabulary import Phrase

Read = TypeVar("Read")


@dataclass(frozen=True)
class Module:
    """One Python file."""

    path: Path
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        """Its syntax tree.

        Raises:
            NotReadable: it is not Python.
        """
        try:
            return ast.parse(self.text, str(self.path))
        except SyntaxError as error:
            raise NotReadable(Location(str(self.path), error.lineno or 1), f"not Python: {error.msg}") from error


@dataclass
class Suite:
    """The features, the phrases and the code of a suite; `broken` says what could not be read.

    Args:
        root: the folder that holds `features/`, `steps/` and `support/`.
        found: files that `earshot explore` has left, to be read as well.
    """

    root: Path
    found: tuple[Path, ...] = ()
    broken: list[Violation] = field(default_factory=list)
    sources: list[Source] = field(init=False)
    phrases: list[Phrase] = field(init=False)
    steps: list[Module] = field(init=False)
    support: list[Module] = field(init=False)
    _phrases_of: dict[tuple[str, str], list[Phrase]] = field(init=False, default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        self.sources = self._readable(source.read, [*sorted((self.root / "features").rglob("*.feature")), *self.found])
        loaded = self._readable(vocabulary.load, [folder for folder in [self.root / "steps"] if folder.is_dir()])
        self.phrases = [phrase for phrases in loaded for phrase in phrases]
        self.steps = _modules(self.root / "steps")
        self.support = _modules(self.root / "support")

    @property
    def scenarios(self) -> list[Scenario]:
        """All scenarios and outlines as they are written."""
        return [scenario for source in self.sources for scenario in source.scenarios]

    @cached_property
    def different_steps(self) -> list[Step]:
        """One step for each keyword and text that runs: where it stands first."""
        steps: dict[tuple[str, str], Step] = {}
        for step in self.steps_played:
            steps.setdefault((step.step_type, step.name), step)
        return list(steps.values())

    @property
    def steps_played(self) -> Iterator[Step]:
        """All steps that run, with placeholders filled."""
        return (step for scenario in self.scenarios for step in source.steps_played(scenario))

    def phrases_of(self, step: Step) -> list[Phrase]:
        """The phrases by which behave could play a step."""
        said = step.step_type, step.name
        if said not in self._phrases_of:
            self._phrases_of[said] = [phrase for phrase in self.phrases if phrase.fits(step)]
        return self._phrases_of[said]

    @cached_property
    def phrases_said(self) -> set[Phrase]:
        """The phrases by which some step is played."""
        return {phrase for step in self.different_steps for phrase in self.phrases_of(step)}

    def is_phrase(self, text: str) -> bool:
        """Whether a step with this text is defined, under any keyword."""
        return any(phrase.matches(text) for phrase in self.phrases)

    def _readable(self, read: Callable[[Path], Read], paths: Iterable[Path]) -> list[Read]:
        read_well = []
        for path in paths:
            try:
                read_well.append(read(path))
            except NotReadable as error:
                self.broken.append(finding(error.place, "unreadable", error.reason))
        return read_well


def _modules(folder: Path) -> list[Module]:
    return [Module(path, path.read_text(encoding="utf-8")) for path in sorted(folder.rglob("*.py"))]
