"""A topic of the model: the moves that it allows, and how what comes of them is judged."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from support.verification.exploration.lines import WalkLine
from support.verification.exploration.model import Model
from support.verification.exploration.moves import Move


def _nothing(model: Model, people: object) -> list[WalkLine]:
    return []


@dataclass(frozen=True)
class Topic:
    """What one file of `topics/` knows.

    `kinds` are its moves, the simplest first; `settled` judges what some people are owed, and then it is owed no
    more; `standing` judges how things stand, and is told whether nothing is done after it.
    """

    kinds: tuple[type[Move], ...]
    settled: Callable[[Model, Collection[str]], Iterable[WalkLine]] = _nothing
    standing: Callable[[Model, bool], Iterable[WalkLine]] = _nothing
