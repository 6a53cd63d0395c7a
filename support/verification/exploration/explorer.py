"""The explorer: walks are drawn and played until one fails, and what fails is made shorter."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from hypothesis import HealthCheck, Phase, find, settings
from hypothesis.errors import NoSuchExample
from hypothesis.strategies import SearchStrategy

from support.core import clock
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.moves import Move
from support.verification.exploration.playing import WalkResult
from support.verification.exploration.walk import Walk

#: How often a finding is played to make it shorter.
SHRINKING = 25
#: Examples that Hypothesis may draw for each walk that is played: it repeats itself, and so do we not.
_DRAWS = 40
#: Moves by which two walks are told apart: those that begin alike are played once.
_ALIKE = 3

Play = Callable[[Sequence[WalkLine]], WalkResult]


class _Stopped(BaseException):
    """Ends Hypothesis's search at once; what it takes for a failure, it would go on to shrink."""


@dataclass(frozen=True)
class Counterexample:
    """What has failed, as short as it was made, and how.

    `moves` were played until it was found; `walk` is the one that it is the beginning of.
    """

    lines: tuple[WalkLine, ...]
    result: WalkResult
    moves: int = 0
    walk: Walk | None = None

    @property
    def count(self) -> int:
        """How many of its moves were made until it failed."""
        return sum(line.keyword == "when" for line in self.lines)

    @property
    def cause(self) -> tuple[str, str]:
        """What it comes of, as far as can be told: the kind of move that was made last, and the sort of failure."""
        return (self.walk.kinds[-1] if self.walk and self.walk.moves else ""), self.result.sort


@dataclass(frozen=True)
class FlakyWalk:
    """A walk that failed, and passed when it was played again at once."""

    lines: tuple[WalkLine, ...]
    results: tuple[WalkResult, WalkResult]


@dataclass
class WalkTally:
    """How far the explorer is: walks and moves played, and which kinds and pairs of moves were among them."""

    walks: int = 0
    moves: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    pairs: Counter[tuple[str, str]] = field(default_factory=Counter)

    def count(self, walk: Walk) -> None:
        """A walk has been played."""
        self.walks += 1
        self.moves += len(walk.moves)
        self.kinds.update(walk.kinds)
        self.pairs.update(pairwise(walk.kinds))

    def add(self, other: "WalkTally") -> None:
        """Another explorer's walks have been played as well."""
        self.walks += other.walks
        self.moves += other.moves
        self.kinds.update(other.kinds)
        self.pairs.update(other.pairs)


@dataclass
class Explorer:
    """One exploration.

    Args:
        strategy: draws walks.
        play: plays the steps of a walk.
        anew: makes the walk of some people being online at first, and moves.
        walks: how many to play, without those of shrinking.
        length: moves that a walk is to have.
        until: when no further walk is begun, on `clock.now()`.
        most: findings after which it ends.
        tries: how often a finding is played to make it shorter; none at all if 0.
        look: is told of each walk that was played.
    """

    strategy: SearchStrategy[Walk]
    play: Play
    anew: Callable[[Sequence[str], Sequence[Move]], Walk]
    walks: int
    length: int
    until: float = float("inf")
    most: int = 5
    tries: int = SHRINKING
    look: Callable[["Explorer"], None] = lambda _: None
    tally: WalkTally = field(default_factory=WalkTally)
    counterexamples: list[Counterexample] = field(default_factory=list)
    flaky_walks: list[FlakyWalk] = field(default_factory=list)
    repetitions: list[Counterexample] = field(default_factory=list)
    """What has failed at another phrase than a finding, and comes of the same cause."""
    shrinking: bool = False

    def run(self, seed: int) -> None:
        """Explore. Whatever ends it, what was found is in `counterexamples` and `flaky_walks`.

        The same seed draws the same walks, as long as the same ones fail.
        """
        dice = random.Random(seed)
        while not self.is_over and self._find(dice):
            pass

    @property
    def is_over(self) -> bool:
        """Whether no further walk is to be begun."""
        over = self.tally.walks >= self.walks or clock.now() >= self.until
        return over or len(self.counterexamples) >= self.most

    def _find(self, dice: random.Random) -> bool:
        """Find one thing that fails and make it shorter. Returns whether there was one."""
        oracle = _Oracle(self)
        limits = settings(
            max_examples=_DRAWS * self.walks,
            database=None,
            deadline=None,
            phases=(Phase.generate,),  # which moves it takes is found in fewer plays below
            suppress_health_check=list(HealthCheck),
            report_multiple_bugs=False,
        )
        try:
            _search(self.strategy, oracle.fails, limits, dice)
            oracle.shorten()
        finally:
            self.shrinking = False
            if oracle.best:
                known = {counterexample.cause for counterexample in self.counterexamples}
                (self.repetitions if oracle.best.cause in known else self.counterexamples).append(oracle.best)
        return oracle.best is not None


def _search(
    strategy: SearchStrategy[Walk], fails: Callable[[Walk], bool], limits: settings, dice: random.Random
) -> None:
    """Have Hypothesis draw until `fails` has seen enough.

    Raises:
        Exception: what `fails` was stopped by.
    """
    try:
        find(strategy, fails, settings=limits, random=dice)
    except NoSuchExample:
        return
    except _Stopped as end:
        if end.__cause__:
            raise end.__cause__ from None


class _Oracle:
    """Decides for one finding which walks fail; plays none twice, and none whose end is foreseen."""

    def __init__(self, explorer: Explorer) -> None:
        self._explorer = explorer
        found = (*explorer.counterexamples, *explorer.repetitions)
        self._known = {counterexample.result.signature for counterexample in found}
        self._beginnings: set[tuple[object, ...]] = set()
        self._passed: set[tuple[WalkLine, ...]] = set()
        self._failed: set[tuple[WalkLine, ...]] = set()
        self._tries = 0
        self.best: Counterexample | None = None

    def fails(self, walk: Walk) -> bool:
        """Whether a walk fails: any at first, then none but that one, which Hypothesis shows again.

        Raises:
            _Stopped: no further walk is to be begun, or playing is not possible, for the cause of this.
        """
        try:
            return self._ends_as_known(walk) if self.best else self._begins(walk)
        except Exception as error:
            raise _Stopped from error

    def shorten(self) -> None:
        """Leave out the moves without which it fails in the very same way: half of them at once first, then fewer.

        What is left is said in plain words, if it fails with these too.
        """
        if self.best is None:
            return
        self._goes_on(self._moves()[: self.best.count])
        size = len(self._moves()) // 2
        while size:
            count = len(self._moves())
            self._leave_out(size)
            size = size // 2 if size > 1 else int(len(self._moves()) < count)
        for number, move in enumerate(self._moves()):
            moves = self._moves()
            self._goes_on([*moves[:number], move.plain, *moves[number + 1 :]])

    def _leave_out(self, size: int) -> None:
        """Leave out so many moves at once, the last first."""
        at = len(self._moves()) - size
        while at > -size:
            moves = self._moves()
            self._goes_on(moves[: max(at, 0)] + moves[at + size :])
            at -= size

    def _moves(self) -> list[Move]:
        """The moves of the shortest that is known."""
        return list(self.best.walk.moves) if self.best and self.best.walk else []

    def _goes_on(self, moves: Sequence[Move]) -> None:
        """Keep a walk of these moves if it fails in the very same way; it is played if that is not foreseen."""
        best, explorer = self.best, self._explorer
        if best is None or best.walk is None or not moves or list(moves) == self._moves():
            return
        walk = explorer.anew(best.walk.online, moves)
        if not walk.moves:  # none of them can be made without those that were left out
            return
        if self._ends_as_known(walk):
            self.best = replace(best, walk=walk)
        elif walk.lines not in self._passed and self._tries < explorer.tries:
            self._tries += 1
            explorer.shrinking = True
            result = explorer.play(walk.lines)
            explorer.look(explorer)
            if result.failed and result.signature == best.result.signature:
                self._keep(walk, result, best.moves)
            else:
                self._passed.add(walk.lines)

    def _begins(self, walk: Walk) -> bool:
        explorer = self._explorer
        beginning = walk.moves[:_ALIKE]
        if explorer.is_over:
            raise _Stopped
        if len(walk.moves) < explorer.length * 2 // 3 or beginning in self._beginnings:
            return False
        self._beginnings.add(beginning)
        result = explorer.play(walk.lines)
        if result.outcome.status == "not run":  # the player has learnt why, and no further walk has it
            return False
        explorer.tally.count(walk)
        explorer.look(explorer)
        if not result.failed or result.signature in self._known:
            return False
        again = explorer.play(walk.lines)
        if not again.failed:
            explorer.flaky_walks.append(FlakyWalk(walk.lines, (result, again)))
            return False
        self._keep(walk, again, explorer.tally.moves)
        return True

    def _keep(self, walk: Walk, result: WalkResult, moves: int) -> None:
        at = result.failed_at
        lines = walk.lines if at is None else walk.lines[: at + 1]
        self._failed.add(lines)
        if self.best is None or len(walk.moves) <= len(self.best.walk.moves if self.best.walk else ()):
            self.best = Counterexample(_with_judgement(lines, walk), result, moves, walk)

    def _ends_as_known(self, walk: Walk) -> bool:
        """Whether a walk begins with all of one that has failed: what comes after it changes nothing."""
        return any(walk.lines[: len(known)] == known for known in self._failed)


def _with_judgement(lines: tuple[WalkLine, ...], walk: Walk) -> tuple[WalkLine, ...]:
    """What has failed, with the judgement that comes next if it was a move: a scenario ends with a Then."""
    if lines[-1].keyword == "then":
        return lines
    return lines + tuple(line for line in walk.lines[len(lines) :] if line.keyword == "then")[:1]
