"""The phrases of the step files, from behave's own registry."""

import inspect
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from behave import runner_util, step_registry
from behave.cucumber_expression import StepMatcher4CucumberExpressions
from behave.matchers import Matcher
from behave.model import Step

from support.vocabulary import parameters
from support.vocabulary.gherkin import NotReadable
from support.vocabulary.lint.finding import Location
from support.vocabulary.step_arguments import Takes

_load_steps: Callable[[list[str]], None] = runner_util.load_step_modules


@dataclass(frozen=True)
class Phrase:
    """One phrase of one step definition. `kind` is given, when, then or step."""

    kind: str
    text: str
    function: Callable[..., Any]
    matcher: Matcher = field(repr=False)

    @property
    def filename(self) -> str:
        return str(self.matcher.location.filename)

    @property
    def line(self) -> int:
        return int(self.matcher.location.line)

    @property
    def description(self) -> str:
        """The docstring of its definition."""
        return inspect.getdoc(self.function) or ""

    @property
    def takes(self) -> Takes:
        """What may stand below it."""
        return getattr(self.matcher.func, "takes", None) or Takes()

    @property
    def is_cucumber_expression(self) -> bool:
        return isinstance(self.matcher, StepMatcher4CucumberExpressions)

    def matches(self, text: str) -> bool:
        return self.matcher.match(text) is not None

    def fits(self, step: Step) -> bool:
        """Whether behave could play `step` by it: keyword and text."""
        return self.kind in (step.step_type, "step") and self.matches(step.name)

    def __str__(self) -> str:
        return f'{self.kind.title()} "{self.text}"'


def load(folder: Path) -> list[Phrase]:
    """Load all step files of `folder` the way behave does.

    Raises:
        NotReadable: a step file cannot be loaded, or two definitions have one phrase; says where and why.
    """
    with _fresh_registries() as registry:
        parameters.register()
        try:
            _load_steps([str(folder)])
        except Exception as error:
            raise NotReadable(_origin(error, folder), f"the step files cannot be loaded: {_reason(error)}") from error
        return [_phrase(kind, matcher) for kind, matchers in registry.steps.items() for matcher in matchers]


@contextmanager
def _fresh_registries() -> Iterator[Any]:
    """Empty registries of steps and parameter types for a while; behave has one of each in a process."""
    steps: Any = step_registry.registry
    types: Any = StepMatcher4CucumberExpressions.TYPE_REGISTRY
    kept = steps.steps, types.parameter_types
    steps.steps = {kind: [] for kind in steps.steps}
    types.clear()
    try:
        yield steps
    finally:
        steps.steps, types.parameter_types = kept


def _phrase(kind: str, matcher: Matcher) -> Phrase:
    return Phrase(kind, matcher.pattern, inspect.unwrap(matcher.func), matcher)


def _origin(error: Exception, folder: Path) -> Location:
    """The line of a step file that led to `error`."""
    if isinstance(error, SyntaxError) and error.filename:
        return Location(error.filename, error.lineno or 1)
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if Path(frame.filename).resolve().is_relative_to(folder.resolve())]
    return Location(own[-1].filename, own[-1].lineno or 1) if own else Location(str(folder), 1)


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"
