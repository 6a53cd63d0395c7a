"""Rules on the vocabulary: phrases, their catalogue, and the steps that use them (docs/writing-scenarios.md)."""

import difflib
import re
from functools import cache
from itertools import combinations

from support.vocabulary.catalogue.did_you_mean import advice
from support.vocabulary.lint.finding import Spots
from support.vocabulary.lint.suite import Suite

_EXAMPLE = re.compile(r"^Example: +(?P<keyword>Given|When|Then|And|But) (?P<text>.+)$", re.MULTILINE)
_REGEXP = re.compile(r"^/|[().*\\|]")  # as the Cucumber team's language service tells for Python
_FILLERS = {"a", "an", "the", "any", "that", "then", "also"}
_SLIP = 0.85  # likeness of two words from which one is a misspelling or another form of the other


def undefined_step(suite: Suite) -> Spots:
    """A step without a phrase cannot run."""
    for step in suite.different_steps:
        if not suite.phrases_of(step):
            told = advice(step, [(phrase.kind, phrase.matcher) for phrase in suite.phrases])
            yield step, f"no phrase for {step.step_type.title()} {step.name!r}: {told.in_a_line()}"


def ambiguous_step(suite: Suite) -> Spots:
    """Of two definitions that match a step, behave runs the one that it loaded first."""
    for step in suite.different_steps:
        matching = {phrase.function: phrase for phrase in suite.phrases_of(step)}.values()
        if len(matching) > 1:
            phrases = " and ".join(f'"{phrase.text}" at {phrase.filename}:{phrase.line}' for phrase in matching)
            yield step, f"two definitions match {step.name!r}: tell {phrases} apart"


def below_step(suite: Suite) -> Spots:
    """A table or a text below a step is what its phrase takes, and is there if it takes one."""
    for step in suite.steps_played:
        for phrase in suite.phrases_of(step)[:1]:
            if trouble := phrase.takes.trouble(step.table, step.text):
                yield step, trouble


def unused_phrase(suite: Suite) -> Spots:
    """What no scenario says is not part of the language."""
    for phrase in suite.phrases:
        if phrase not in suite.phrases_said:
            yield phrase, f"no scenario says {phrase}: use it or delete it"


def duplicate_phrase(suite: Suite) -> Spots:
    """Two ways to say one thing are one too many."""
    for one, other in combinations(suite.phrases, 2):
        if one.kind == other.kind and one.function is not other.function and _alike(one.text, other.text):
            yield other, f"{other} says nearly the same as {one} at {one.filename}:{one.line}: keep one"


def undescribed_phrase(suite: Suite) -> Spots:
    """The catalogue of steps shows a docstring and an example for each."""
    for phrase in suite.phrases:
        if not phrase.description:
            yield phrase, f"{phrase} has no docstring: say what it means, and end with a line 'Example: …'"
        elif not _EXAMPLE.search(phrase.description):
            yield phrase, f"the docstring of {phrase} has no line such as 'Example: {phrase.kind.title()} …'"


def wrong_example(suite: Suite) -> Spots:
    """An example can be copied as it is."""
    for phrase in suite.phrases:
        siblings = [other for other in suite.phrases if other.function is phrase.function]
        for example in _EXAMPLE.finditer(phrase.description):
            if phrase is siblings[0] and not any(other.matches(example["text"]) for other in siblings):
                yield phrase, f"the example {example['text']!r} is none of {phrase}: correct the one or the other"


def foreign_phrase(suite: Suite) -> Spots:
    """Cucumber Expressions only, which editors complete, and given, when or then, which say what a step is for."""
    for phrase in suite.phrases:
        if not phrase.is_cucumber_expression:
            yield phrase, f"{phrase} is no Cucumber Expression: leave behave's step matcher as it is"
        if phrase.kind == "step":
            yield phrase, f'"{phrase.text}" fits anywhere: say with given, when or then what it is for'


def phrase_for_programs(suite: Suite) -> Spots:
    """What editors take for a regular expression does not complete in them, and is underlined for nothing."""
    for phrase in suite.phrases:
        if found := _REGEXP.search(phrase.text):
            yield phrase, f"editors take {phrase} for a regular expression: say it without {found[0]!r}, as in is/are"


def _alike(one: str, other: str) -> bool:
    """The same words but for order, articles, number and one slip of the pen."""
    left, right = _words(one), _words(other)
    if len(left) != len(right):
        return False
    pairs = [(mine, theirs) for mine, theirs in zip(left, right, strict=True) if mine != theirs]
    return sorted(left) == sorted(right) or (len(pairs) == 1 and _slip(*pairs[0]))


@cache
def _words(phrase: str) -> tuple[str, ...]:
    words = (word.rstrip("s") for word in re.sub(r"/\w+", "", phrase).replace("s}", "}").lower().split())
    return tuple(word for word in words if word not in _FILLERS)


def _slip(one: str, other: str) -> bool:
    return "{" not in one + other and difflib.SequenceMatcher(None, one, other).ratio() >= _SLIP


RULES = (
    undefined_step,
    ambiguous_step,
    below_step,
    unused_phrase,
    duplicate_phrase,
    undescribed_phrase,
    wrong_example,
    foreign_phrase,
    phrase_for_programs,
)
