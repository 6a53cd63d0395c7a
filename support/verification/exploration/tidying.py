"""Telling what was found in few steps: without judgements that have passed, and without people who do nothing."""

from collections.abc import Iterator, Sequence

from support.verification.exploration.explorer import Counterexample, Play
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.playing import WalkResult
from support.verification.exploration.walk import Walk


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
    short = [line for line in before if line.keyword != "then" or _accounts_for(line, failed)]
    if "nothing" in failed.text and short[-1].keyword != "then":  # of silence something else is told that was heard
        last = before[-1:] if before[-1].keyword == "then" and "nothing" not in before[-1].text else []
        short = [*short, *last] if last else list(before)
    yield _with_fewer_people([*short, failed], walk)
    yield [*short, failed]
    yield _with_fewer_people(list(lines), walk)
    yield list(lines)


def _accounts_for(line: WalkLine, failed: WalkLine) -> bool:
    """Whether a judgement takes account of what would else count against the one that failed.

    Without it that would fail whatever the system does: silence, "once" and an order are about all that has come.
    """
    if "disconnected" in line.text:  # it waits until the system has noticed that something is lost
        return True
    if "refused" in line.text or "unavailable" in line.text:  # what was tried in vain fails where no step asks about it
        return True
    is_about_all = any(words in failed.text for words in ("nothing", "once", "order"))
    takes = any(words in line.text for words in ("receive", "told", "gets", "given"))
    return is_about_all and takes and "nothing" not in line.text and bool(line.people & failed.people)


def _with_fewer_people(lines: list[WalkLine], walk: Walk | None) -> list[WalkLine]:
    """Without those of the set-up whom no other step speaks of."""
    return walk.told(lines) if walk else lines
