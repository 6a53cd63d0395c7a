"""The step files, read once: by this process, or by the one that it was forked from; and what is found in them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from behave.matchers import Match, Matcher
from behave.model import Step
from behave.runner import the_step_registry
from behave.runner_util import load_step_modules
from behave.step_registry import StepRegistry

from support.vocabulary.phrase_matcher import PhraseExpression


@dataclass
class _Known:
    folder: Path | None = None


_known = _Known()


def read_ahead(folder: Path) -> None:
    """Read the step files of a folder before behave does."""
    load_step_modules([str(folder)])
    _known.folder = folder.resolve()


def known(folder: Path) -> StepRegistry | None:
    """The phrases of a folder that was read ahead; those of another are forgotten."""
    if folder.resolve() == _known.folder:
        return the_step_registry
    if _known.folder:
        _known.folder = None
        for phrases in the_step_registry.steps.values():
            phrases.clear()
    return None


def find_once(registry: StepRegistry) -> None:
    """Have the phrases, which are complete, looked through once for each step: a run asks for it again and again."""

    @cache
    def found(kind: str, text: str) -> tuple[Matcher, Match] | None:
        phrase = next((one for one in (*registry.steps[kind], *registry.steps["step"]) if _fits(one)(text)), None)
        return phrase and (phrase, phrase.match(text))

    def find_match(step: Step) -> Any:
        if (known := found(step.step_type, step.name)) is None:
            return None
        phrase, match = known
        # each step gets values of its own: it may change them
        return match.with_arguments(phrase.check_match(step.name)) if match.arguments else match

    registry.find_match = find_match


def _fits(phrase: Matcher) -> Callable[[str], object]:
    """What says whether a step is of this phrase, without its arguments where that is possible."""
    expression = getattr(phrase, "cucumber_expression", None)
    fits: Callable[[str], object] = expression.fits if isinstance(expression, PhraseExpression) else phrase.match
    return fits
