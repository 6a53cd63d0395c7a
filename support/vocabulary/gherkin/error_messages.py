"""What is wrong with a line that the grammar cannot take, for a writer of features."""

import difflib
import re
from itertools import pairwise
from typing import Any

from behave import i18n

_HEADINGS = ("feature", "rule", "background", "scenario", "scenario_outline", "examples")
_STEPS = ("given", "when", "then", "and", "but")
_MEDIA_TYPE = re.compile(r"[\w.+-]+(/[\w.+-]+)?")


def reason(parser: Any, line: str) -> str:
    """Why a parser cannot take a line where it is."""
    headings = sorted((word for kind in _HEADINGS for word in parser.keywords[kind]), key=len, reverse=True)
    for word in headings:
        if line.startswith(f"{word}:"):
            return _misplaced(parser, word)
        if line.startswith(word) and not line[len(word) :][:1].isalpha():
            return f"write a colon after {word!r}: '{word}: …'"
    if line.startswith("@"):
        return "tags stand above a Feature, a Rule, a scenario or Examples"
    if parser.tags:
        return f"tags stand above a Feature, a Rule, a scenario or Examples, and here comes {line!r}"
    if line.startswith(('"', "'", "`")):
        return "a text stands below a step"
    if line.startswith("|"):
        return "a table stands below a step or below Examples"
    return _neither(parser, line, headings)


def unknown_language(name: str) -> str:
    """What to say of a language that Gherkin does not have."""
    nearest = difflib.get_close_matches(name, i18n.languages, n=1, cutoff=0.5)
    advice = f"did you mean {nearest[0]!r}?" if nearest else "write its code, such as 'de' for German"
    return f"there is no language {name!r}; {advice}"


def bad_tag(tag: str, tags: list[str]) -> str:
    """What to say of a word in a line of tags that is none."""
    if tag.startswith("@") and tag.count("@") > 1:
        return f"{tag!r} is two tags: leave a blank between them"
    if tag == "@":
        return "'@' is a tag without a name"
    whole = next((f"{before}-{tag}" for before, after in pairwise(tags) if after is tag), tag)
    return f"{tag!r} is no tag: a tag begins with @ and has no blanks; did you mean {whole!r}?"


def continues_nothing(line: str) -> str:
    """What to say of a first step that begins with And or But."""
    word = line.split()[0]
    return f"{word!r} continues the step before it, and there is none: begin with Given, When or Then"


def beside_quotes(rest: str) -> str:
    """What to say of what stands beside the quotes that open a text."""
    if _MEDIA_TYPE.fullmatch(rest):
        return f"{rest!r} beside the quotes means nothing here: leave it out, or give it a line of the text"
    return f"{rest!r} beside the quotes would be lost: the text begins on the next line"


def _misplaced(parser: Any, word: str) -> str:
    if word in parser.keywords["feature"]:
        return "a second Feature: a file has one" if parser.feature else f"{word!r} cannot stand here"
    if parser.feature is None:
        return f"'Feature:' comes first: put it above this {word}"
    if word in parser.keywords["background"] and parser.tags:
        return "a Background has no tags: put them above the Feature or the scenarios"
    if word in parser.keywords["background"] and not parser.scenario_container.run_items:
        return "a second Background: put all its steps into the first"
    if word in parser.keywords["background"]:
        return "the Background comes first: put it above the scenarios"
    return f"{word!r} cannot stand here"


def _neither(parser: Any, line: str, headings: list[str]) -> str:
    first = line.split()[0]
    steps = sorted({word.strip() for kind in _STEPS for word in parser.keywords[kind]})
    if parser.feature is None:
        near = difflib.get_close_matches(line.partition(":")[0], headings, n=1) if ":" in line else []
        wanted = f"write {near[0]!r} for {line.partition(':')[0]!r}" if near else ""
        return wanted or "'Feature:' comes first, and this is none"
    if first in steps:
        return f"{first!r} stands alone: say on the same line what happens"
    if ":" in line and (near := difflib.get_close_matches(line.partition(":")[0], headings, n=1)):
        return f"write {near[0]!r} for {line.partition(':')[0]!r}"
    near = difflib.get_close_matches(first.capitalize(), steps, n=1)
    meant = f"did you mean {near[0]!r}?" if near else f"a step begins with {', '.join(steps)}"
    return f"{line!r} is neither a step nor a heading; {meant}"
