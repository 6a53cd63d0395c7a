"""Did you mean: the phrases that come nearest to a step that nobody has defined."""

import difflib
import functools
import itertools
import re
from collections.abc import Iterator

from behave.cucumber_expression import StepMatcher4CucumberExpressions
from behave.matchers import Matcher
from behave.model import Step
from behave.step_registry import StepRegistry

#: How much a phrase under the step's own keyword is preferred to one under another.
OWN_KEYWORD = 0.05

_PLACE = re.compile(r"\{(\w+)\}")
_CHOICE = re.compile(r"([^\s/{}]+)/([^\s/{}]+)")
_OPTION = re.compile(r"\(([^)]*)\)")


def did_you_mean(step: Step, registry: StepRegistry, count: int = 3) -> list[str]:
    """The `count` phrases of a run nearest to one of its steps, the nearest first.

    Each with its keyword and parameters: "Then {user} receives {string} from {user}".
    """
    known = [(kind, matcher) for kind, matchers in registry.steps.items() for matcher in matchers]
    return nearest(step.name, step.step_type, known, count)


def nearest(said: str, kind: str, known: list[tuple[str, Matcher]], count: int = 3) -> list[str]:
    """The `count` of the `known` phrases, given with their keywords, that are nearest to what was `said`."""
    scores = {f"{one.title()} {matcher.pattern}": _likeness(said, matcher) + OWN_KEYWORD * (one in (kind, "step"))
              for one, matcher in known}  # fmt: skip
    return sorted(scores, key=lambda phrase: -scores[phrase])[:count]


def _likeness(said: str, matcher: Matcher) -> float:
    """From 0 to 1: by letters, for slips of the finger, and by words, for slips of the memory."""
    said = _with_places(said, matcher)
    return max((_by_letters(said, form) + _by_words(said, form)) / 2 for form in _forms(matcher.pattern))


def _by_letters(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def _by_words(one: str, other: str) -> float:
    here, there = one.split(), other.split()
    found = sum(bool(difflib.get_close_matches(word, there, n=1, cutoff=0.75)) for word in here)
    return 2 * found / (len(here) + len(there))


def _with_places(said: str, matcher: Matcher) -> str:
    """`said` with {string} for a text in quotes, {user} for a person and so on, if the phrase has such places."""
    places = _places(matcher)
    return places.sub(lambda found: f"{{{_kind(str(found.lastgroup))}}}", said) if places else said


@functools.cache
def _places(matcher: Matcher) -> re.Pattern[str] | None:
    """What may stand in the places of a phrase; texts in quotes go first, for there may be a name in them."""
    if not isinstance(matcher, StepMatcher4CucumberExpressions):
        return None
    types = {kind.name: kind.regexps for kind in matcher.cucumber_expression.parameter_types}
    ordered = sorted(types.items(), key=lambda one: one[0] != "string")
    parts = [rf"(?P<{name}>(?<!\w)(?:{'|'.join(regexps)})(?!\w))" for name, regexps in ordered]
    return re.compile("|".join(parts)) if parts else None


@functools.cache
def _forms(text: str) -> frozenset[str]:
    """A phrase in all ways of saying it: "is/are" as either, "message(s)" with and without its end."""
    return frozenset(_spelt(text))


def _spelt(text: str) -> Iterator[str]:
    text = _PLACE.sub(lambda place: f"{{{_kind(place[1])}}}", text)
    for choice, option in itertools.product((r"\1", r"\2"), ("", r"\1")):
        yield _OPTION.sub(option, _CHOICE.sub(choice, text))


def _kind(name: str) -> str:
    """{user} and {users} are of one kind: who writes the one means the other as well."""
    return name.removesuffix("s")
