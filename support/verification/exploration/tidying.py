"""Telling what was found in few steps: without judgements that have passed, and without people who do nothing."""

from collections.abc import Iterator, Sequence

from support.verification.exploration.explorer import Counterexample, Play
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.playing import WalkResult
from support.verification.exploration.walk import Walk

#: Steps that a scenario has at most (`earshot lint`).
MOST = 7


def tidied(counterexample: Counterexample, play: Play) -> tuple[Counterexample, bool]:
    """The shortest telling that fails at the same phrase when it is played.

    Returns:
        It, and whether it failed: if no telling does, not even the whole, what was found is flaky.
    """
    for lines in _tellings(counterexample.lines, counterexample.walk):
        result = play(lines)
        if _is_same(result, counterexample.result):
            return Counterexample(tuple(lines), result, counterexample.moves, counterexample.walk), True
    return counterexample, False


def _is_same(one: WalkResult, other: WalkResult) -> bool:
    return one.failed and one.signature == other.signature


def _tellings(lines: Sequence[WalkLine], walk: Walk | None) -> Iterator[list[WalkLine]]:
    """The ways to tell it, the shortest first; the whole comes last."""
    *before, failed = lines
    doings = [line for line in before if line.keyword != "then"]
    silence = "nothing" in failed.text
    control = next((line for line in reversed(before) if line.keyword == "then" and "nothing" not in line.text), None)
    if not silence:
        yield _with_fewer_people([*doings, failed], walk)
        yield [*doings, failed]
    elif control and lines.index(control) > max(lines.index(line) for line in doings):
        yield _with_fewer_people([*doings, control, failed], walk)
        yield [*doings, control, failed]
    yield _with_fewer_people(list(lines), walk)
    yield list(lines)


def _with_fewer_people(lines: list[WalkLine], walk: Walk | None) -> list[WalkLine]:
    """Without those of the set-up whom no other step speaks of."""
    return walk.told(lines) if walk else lines
