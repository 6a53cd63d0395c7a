"""Lines of a description that were meant to be steps: behave takes a first step with a misspelt keyword for one."""

import difflib
from collections.abc import Callable

_STEP_WORDS = ("given", "when", "then")
#: As near to a step's keyword as its misspellings are.
_INNOCENT = {"the", "they", "them", "than", "thin", "ten", "hen", "give", "gives", "giving", "driven"}


def as_a_step(line: str, is_phrase: Callable[[str], bool]) -> str | None:
    """What to do about a line of a scenario's description that was meant to be a step; None if it was not.

    Args:
        line: the line.
        is_phrase: whether a step with this text is defined, under any keyword.
    """
    first = line.partition(" ")[0]
    word = first.strip("*:-.").lower()
    near = difflib.get_close_matches(word, _STEP_WORDS, n=1, cutoff=0.7) if word not in _INNOCENT else []
    if near and near[0] == word:
        return f"{first!r} stands alone: say on the same line what happens"
    if near:
        return f"write {near[0].title()!r} for {first!r}, or begin the description otherwise"
    return said_without_keyword(line, is_phrase)


def said_without_keyword(line: str, is_phrase: Callable[[str], bool]) -> str | None:
    """What to do about a line of any description that is a step, but for its keyword."""
    rest = line.partition(" ")[2]
    if is_phrase(line) or is_phrase(rest):
        return "it is a step without Given, When or Then, or outside of a scenario: put it where it is played"
    return None
