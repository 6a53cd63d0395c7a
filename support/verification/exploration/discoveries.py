"""What an exploration has come to so far, by one explorer or by several."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from support.verification.exploration.explorer import Counterexample, Explorer, FlakyWalk, WalkTally


@dataclass
class Discoveries:
    """How far an exploration is, and what it has found.

    `walks` are to be played; `kinds` of moves are there to be made; `lacking` are the forms of the steps that the
    system cannot do, and why; `shrinking` while what was found is made shorter. `repetitions` are of the cause of a
    finding, at another phrase.
    """

    walks: int
    kinds: int = 0
    tally: WalkTally = field(default_factory=WalkTally)
    counterexamples: list[Counterexample] = field(default_factory=list)
    flaky_walks: list[FlakyWalk] = field(default_factory=list)
    repetitions: list[Counterexample] = field(default_factory=list)
    lacking: dict[str, str] = field(default_factory=dict)
    shrinking: bool = False

    @classmethod
    def of(cls, explorer: Explorer, kinds: int, lacking: dict[str, str]) -> "Discoveries":
        """Those of an explorer as it is now."""
        return cls(
            explorer.walks,
            kinds,
            explorer.tally,
            explorer.counterexamples,
            explorer.flaky_walks,
            explorer.repetitions,
            lacking,
            explorer.shrinking,
        )


def together(parts: Sequence[Discoveries], most: int) -> Discoveries:
    """Those of several explorers, as if one had made them: what has failed at the same phrase is told once.

    Args:
        parts: one of each explorer; at least one.
        most: findings that are told.
    """
    whole = Discoveries(sum(part.walks for part in parts), max(part.kinds for part in parts))
    for part in parts:
        whole.tally.add(part.tally)
        whole.flaky_walks += part.flaky_walks
        whole.repetitions += part.repetitions
        whole.lacking |= part.lacking
        for found in part.counterexamples:
            _put(found, whole, most)
    is_played = all(part.shrinking or part.tally.walks >= part.walks for part in parts)
    whole.shrinking = is_played and any(part.shrinking for part in parts)
    return whole


def _put(found: Counterexample, whole: Discoveries, most: int) -> None:
    known = [one for one in whole.counterexamples if found.result.signature == one.result.signature]
    if known:
        if len(found.lines) < len(known[0].lines):
            whole.counterexamples[whole.counterexamples.index(known[0])] = found
    elif any(found.cause == one.cause for one in whole.counterexamples):
        whole.repetitions.append(found)
    elif len(whole.counterexamples) < most:
        whole.counterexamples.append(found)
