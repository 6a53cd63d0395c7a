"""How failures name what was found: in words, without brackets, quotes or names of classes."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from itertools import zip_longest

from support.core.clean_text import middle_out

#: Characters of what was said or found that a failure shows.
LONGEST = 200
_OURS = re.compile(r"(HOOK-ERROR in \w+: |CLEANUP-ERROR: )?(EnvironmentFailure: |SuiteError: )?")


def plain(message: str) -> str:
    """A message without the names of our hooks and errors in front."""
    return _OURS.sub("", message, count=1)


def in_words(found: object) -> str:
    """What was found, for people.

    Lists as "one, two", sets sorted, tuples as "one two", mappings as "name: what", records by their fields unless they
    have words of their own; "nothing" if there is nothing.
    """
    if is_dataclass(found) and type(found).__str__ is object.__str__:
        found = {field.name.replace("_", " "): getattr(found, field.name) for field in fields(found)}
    if isinstance(found, Mapping):
        return ", ".join(f"{in_words(name)}: {in_words(what)}" for name, what in found.items()) or "nothing"
    if isinstance(found, Iterable) and not isinstance(found, str | bytes):
        return _joined([in_words(one) for one in found], found)
    if isinstance(found, bool):
        return "yes" if found else "no"
    return f"{found:.4g}" if isinstance(found, float) else "nothing" if found in (None, "") else str(found)


def counted(said: Iterable[str]) -> str:
    """What was said, each wording once, with how often it came if that was more than once."""
    times = Counter(said).items()
    told = [middle_out(words, LONGEST) + (f" ({count} times)" if count > 1 else "") for words, count in times]
    return "; ".join(told) or "nothing"


def first_difference(found: Sequence[str], expected: Sequence[str]) -> str:
    """Where two lists first differ, in words; empty if they do not."""
    for place, (one, other) in enumerate(zip_longest(found, expected), start=1):
        if one != other:
            return f"number {place} of {len(expected)} is {in_words(one)}, not {in_words(other)}"
    return ""


def _joined(words: list[str], found: Iterable[object]) -> str:
    if isinstance(found, tuple):
        return " ".join(words) or "nothing"
    longest = "; " if any(", " in one for one in words) else ", "
    return longest.join(sorted(words) if isinstance(found, Set) else words) or "nothing"
