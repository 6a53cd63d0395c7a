"""`docs/vocabulary.md`: what can be said, by topic, on one page, in sentences of which each is one of our phrases."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from behave.model import Step

from support.core.errors import SuiteError
from support.vocabulary.catalogue.entries import Entry, entries, steps_by_book
from support.vocabulary.lint.suite import Suite

TOPICS = Path("docs/vocabulary.toml")
_HEAD = """<!-- Made by `earshot steps --write` from docs/vocabulary.toml. -->

# What can be said, by topic

For each topic a few sentences of many; `earshot steps WORDS` finds the others, and [steps.md](steps.md) lists all with
what may stand in their places. *Specs* are those whose own scenarios say such a sentence about the topic.

| Topic | For example | Specs |
|---|---|---|
"""


def overview(suite: Suite, topics: Mapping[str, Any]) -> str:
    """The page, as Markdown.

    Args:
        suite: phrases and features.
        topics: what stands in `docs/vocabulary.toml`.

    Raises:
        SuiteError: a sentence is no phrase of ours, or a topic says nothing.
    """
    return _HEAD + "".join(f"{row}\n" for row in _rows(suite, topics))


def _rows(suite: Suite, topics: Mapping[str, Any]) -> Iterator[str]:
    known, steps = entries(suite), steps_by_book(suite)
    for name, topic in topics.items():
        said = topic.get("says", [])
        if bool(said) == ("none" in topic):
            raise SuiteError(f"{TOPICS}: {name}: it has either sentences (says) or the reason for none (none)")
        found = [_entry(known, name, sentence) for sentence in said]
        specs = [spec for spec in sorted(steps) if _says(steps[spec], found, topic.get("about", ""))]
        shown = "<br>".join(f"`{sentence}`" for sentence in said) or f"*nothing*: {topic['none']}"
        yield f"| {topic['title']} | {shown} | {', '.join(specs)} |"


def _says(steps: list[Step], phrases: list[Entry], about: str) -> bool:
    """Whether one of the steps is said by one of these phrases, and speaks of the topic."""
    speaking = [step for step in steps if re.search(about, step.name)]
    return any(phrase.fits(step) for entry in phrases for phrase in entry.phrases for step in speaking)


def _entry(known: list[Entry], topic: str, sentence: str) -> Entry:
    """The step definition of a sentence. After And or But it may be one of any kind."""
    keyword, _, text = sentence.partition(" ")
    kinds = [keyword.lower()] if keyword in ("Given", "When", "Then") else ["given", "when", "then"]
    steps = [Step(str(TOPICS), 1, keyword, kind, text) for kind in kinds]
    for entry in known:
        if any(phrase.fits(step) for phrase in entry.phrases for step in steps):
            return entry
    raise SuiteError(f"{TOPICS}: {topic}: no phrase says {sentence!r}")
