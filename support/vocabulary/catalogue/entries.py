"""What there is to say: each step definition for people, and what may stand in the places of its phrases."""

import ast
import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from behave.model import Step

from support.vocabulary.catalogue.sentences import stems
from support.vocabulary.lint import source
from support.vocabulary.lint.suite import Suite
from support.vocabulary.lint.vocabulary import Phrase

#: Types of which every phrase has one: their words would find them all.
_FOR_ANYBODY = {"user", "users", "string", "int", "word"}


@dataclass(frozen=True)
class Entry:
    """One step definition: the phrases for it, and the specs whose scenarios say one of them."""

    topic: str
    phrases: list[Phrase]
    specs: list[str]

    @property
    def meaning(self) -> str:
        return " ".join(self.phrases[0].description.partition("Example:")[0].split())

    @property
    def example(self) -> str:
        return " ".join(self.phrases[0].description.partition("Example:")[2].split())

    def speaks_of(self, words: Iterable[str], *, inside: bool = False) -> bool:
        """Whether all `words` stand in its phrases, its meaning, its example or what its parameters may be.

        A word stands there in any form: "edit" is found in "edits a message". With `inside` it may also stand within
        another word, as "load" in "upload".
        """
        begins = "" if inside else r"(?<!\w)"
        text = f"{' '.join(map(str, self.phrases))} {self.meaning} {self.example} {' '.join(self._may_be)}".lower()
        forms = set(stems(text))
        found = (re.search(begins + re.escape(word.lower()), text) for word in words)
        return all(there or set(stems(word)) <= forms for there, word in zip(found, words, strict=True))

    @property
    def _may_be(self) -> Iterator[str]:
        """The words that its parameters take, save for those that stand for people or any text."""
        for parameter in parameters([self]):
            if parameter.name not in _FOR_ANYBODY:
                yield from (*parameter.words, *parameter.such_as)


@dataclass(frozen=True)
class Parameter:
    """What may stand where a phrase says {name}: its `words`, and what else `such_as` shows."""

    name: str
    regexps: list[str]
    means: str = ""
    such_as: Sequence[str] = ()

    @property
    def words(self) -> list[str]:
        """Those parts of its expressions that fit the whole: "Redis", but not `user [A-Z]`."""
        parts = (part for regexp in self.regexps for part in re.split(r"\(\?:|[|()]", regexp))
        return [part for part in dict.fromkeys(parts) if self.takes(part)]

    def takes(self, text: str) -> bool:
        return any(re.fullmatch(regexp, text) for regexp in self.regexps)


def entries(suite: Suite) -> list[Entry]:
    """All step definitions by the topic of their step file, in the order in which they stand there."""
    titles = {str(module.path.resolve()): _title(module.tree) for module in suite.steps}
    steps = steps_by_book(suite)
    definitions = groupby(sorted(suite.phrases, key=_place), _place)
    return [_entry(titles[file], list(phrases), steps) for (file, _), phrases in definitions]


def parameters(found: Iterable[Entry]) -> list[Parameter]:
    """The parameter types in the phrases of `found` by name, explained as `parameters.toml` does."""
    told = _told()
    phrases = [phrase for entry in found for phrase in entry.phrases if phrase.is_cucumber_expression]
    types = {kind.name: kind for phrase in phrases for kind in phrase.matcher.cucumber_expression.parameter_types}
    return [Parameter(name, types[name].regexps, **told.get(name, {})) for name in sorted(types)]


@cache
def _told() -> dict[str, dict[str, Any]]:
    return tomllib.loads(Path(__file__).with_name("parameters.toml").read_text(encoding="utf-8"))


def steps_by_book(suite: Suite) -> dict[str, list[Step]]:
    """Spec -> one step for each keyword and text that its scenarios say."""
    specs: dict[str, dict[tuple[str, str], Step]] = {}
    for file in suite.sources:
        steps = (step for scenario in file.scenarios for step in source.steps_played(scenario))
        specs.setdefault(file.spec, {}).update(((step.step_type, step.name), step) for step in steps)
    return {spec: list(steps.values()) for spec, steps in specs.items()}


def _entry(topic: str, phrases: list[Phrase], steps: dict[str, list[Step]]) -> Entry:
    specs = [spec for spec in steps if any(phrase.fits(step) for phrase in phrases for step in steps[spec])]
    return Entry(topic, phrases, specs)


def _place(phrase: Phrase) -> tuple[str, int]:
    """Where its definition stands, which is one for all phrases of a function."""
    return str(Path(phrase.filename).resolve()), phrase.function.__code__.co_firstlineno


def _title(tree: ast.Module) -> str:
    """The first line of a step file's docstring without "Phrases about", which all of them say."""
    title = (ast.get_docstring(tree) or "Other").splitlines()[0].removeprefix("Phrases about ").rstrip(".")
    return title[0].upper() + title[1:]
