"""Telling what was found in few steps: without judgements that have passed, and without people who do nothing."""

from collections.abc import Iterator, Sequence

from support.verification.exploration.explorer import Counterexample, Play
from support.verification.exploration.lines import WalkLine, agreeing
from support.verification.exploration.playing import WalkResult

#: Steps that a scenario has at most (`earshot lint`).
MOST = 7


def tidied(counterexample: Counterexample, play: Play) -> tuple[Counterexample, bool]:
    """The shortest telling that fails at the same phrase when it is played.

    Returns:
        It, and whether it failed: if no telling does, not even the whole, what was found is flaky.
    """
    for lines in _tellings(counterexample.lines):
        result = play(lines)
        if _is_same(result, counterexample.result):
            return Counterexample(tuple(lines), result, counterexample.moves), True
    return counterexample, False


def _is_same(one: WalkResult, other: WalkResult) -> bool:
    return one.failed and one.signature == other.signature


def _tellings(lines: Sequence[WalkLine]) -> Iterator[list[WalkLine]]:
    """The ways to tell it, the shortest first; the whole comes last."""
    *before, failed = lines
    doings = [line for line in before if line.keyword != "then"]
    silence = "nothing" in failed.text
    control = next((line for line in reversed(before) if line.keyword == "then" and "nothing" not in line.text), None)
    if not silence:
        yield _with_fewer_people([*doings, failed])
        yield [*doings, failed]
    elif control and lines.index(control) > max(lines.index(line) for line in doings):
        yield _with_fewer_people([*doings, control, failed])
        yield [*doings, control, failed]
    yield _with_fewer_people(list(lines))
    yield list(lines)


def _with_fewer_people(lines: list[WalkLine]) -> list[WalkLine]:
    """Without those of the set-up whom no other step speaks of."""
    spoken_of = set[str]().union(*(line.people for line in lines if line.keyword != "given"))
    told = []
    for line in lines:
        people = sorted(line.people & spoken_of) if line.keyword == "given" else []
        if line.keyword != "given":
            told.append(line)
        elif people and "online" in line.text:
            told.append(WalkLine("given", f"{agreeing(people, 'is', 'are')} online"))
        elif people:
            told.append(WalkLine("given", agreeing(people, "has an account", "have accounts")))
    return told
