"""The hunt: walks are drawn and played until one fails, and what fails is shrunk."""

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
from support.verification.exploration.playing import Performance
from support.verification.exploration.walk import Walk

#: How often a finding is played while Hypothesis shrinks it; then each of its moves is tried to be left out.
SHRINKING = 25
#: Examples that Hypothesis may draw for each walk that is played: it repeats itself, and so do we not.
_DRAWS = 40
#: Moves by which two walks are told apart: those that begin alike are played once.
_ALIKE = 3

Play = Callable[[Sequence[WalkLine]], Performance]


class _Stopped(BaseException):
    """Ends Hypothesis's search at once; what it takes for a failure, it would go on to shrink."""


@dataclass(frozen=True)
class Quarry:
    """What has failed, as short as it was made, and how.

    `moves` were played until it was found; `walk` is the one that it is the beginning of.
    """

    lines: tuple[WalkLine, ...]
    performance: Performance
    moves: int = 0
    walk: Walk | None = None


@dataclass(frozen=True)
class Flake:
    """A walk that failed, and passed when it was played again at once."""

    lines: tuple[WalkLine, ...]
    performances: tuple[Performance, Performance]


@dataclass
class WalkTally:
    """How far the hunt is: walks and moves played, and which kinds and pairs of moves were among them."""

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


@dataclass
class Hunt:
    """One exploration.

    Args:
        strategy: draws walks.
        play: plays the steps of a walk.
        anew: makes the walk of some people being online at first, and moves.
        walks: how many to play, without those of shrinking.
        length: moves that a walk is to have.
        until: when no further walk is begun, on `clock.now()`.
        most: findings after which it ends.
        look: is told of each walk that was played.
    """

    strategy: SearchStrategy[Walk]
    play: Play
    anew: Callable[[Sequence[str], Sequence[Move]], Walk]
    walks: int
    length: int
    until: float = float("inf")
    most: int = 5
    look: Callable[["Hunt"], None] = lambda _: None
    tally: WalkTally = field(default_factory=WalkTally)
    quarries: list[Quarry] = field(default_factory=list)
    flakes: list[Flake] = field(default_factory=list)
    shrinking: bool = False

    def run(self, seed: int) -> None:
        """Explore. Whatever ends it, what was found is in `quarries` and `flakes`.

        The same seed draws the same walks, as long as the same ones fail.
        """
        dice = random.Random(seed)
        while not self.is_over and self._find(dice):
            pass

    @property
    def is_over(self) -> bool:
        """Whether no further walk is to be begun."""
        over = self.tally.walks >= self.walks or clock.now() >= self.until
        return over or len(self.quarries) >= self.most

    def _find(self, dice: random.Random) -> bool:
        """Find one thing that fails and shrink it. Returns whether there was one."""
        chase = _Chase(self)
        quietly = settings(
            max_examples=_DRAWS * self.walks,
            database=None,
            deadline=None,
            phases=(Phase.generate, Phase.shrink),
            suppress_health_check=list(HealthCheck),
        )
        try:
            _search(self.strategy, chase.fails, quietly, dice)
            chase.leave_moves_out()
        finally:
            self.shrinking = False
            if chase.best:
                self.quarries.append(chase.best)
        return chase.best is not None


def _search(
    strategy: SearchStrategy[Walk], fails: Callable[[Walk], bool], quietly: settings, dice: random.Random
) -> None:
    """Have Hypothesis draw and shrink until `fails` has seen enough.

    Raises:
        Exception: what `fails` was stopped by.
    """
    try:
        find(strategy, fails, settings=quietly, random=dice)
    except NoSuchExample:
        return
    except _Stopped as end:
        if end.__cause__:
            raise end.__cause__ from None


class _Chase:
    """Decides for one finding which walks fail; plays none twice, and none whose end is foreseen."""

    def __init__(self, hunt: Hunt) -> None:
        self._hunt = hunt
        self._known = {quarry.performance.signature for quarry in hunt.quarries}
        self._beginnings: set[tuple[object, ...]] = set()
        self._passed: set[tuple[WalkLine, ...]] = set()
        self._failed: set[tuple[WalkLine, ...]] = set()
        self._tries = 0
        self.best: Quarry | None = None

    def fails(self, walk: Walk) -> bool:
        """Whether a walk fails: anyhow at first, then in the very same way.

        Raises:
            _Stopped: no further walk is to be begun, or playing is not possible, for the cause of this.
        """
        try:
            return self._begins(walk) if self.best is None else self._goes_on(walk, self.best)
        except Exception as error:
            raise _Stopped from error

    def _goes_on(self, walk: Walk, best: Quarry) -> bool:
        if self._ends_as_known(walk):
            return True
        if not walk.moves or walk.lines in self._passed:
            return False
        if self._tries >= SHRINKING:
            raise _Stopped
        self._tries += 1
        self._hunt.shrinking = True
        performance = self._hunt.play(walk.lines)
        self._hunt.look(self._hunt)
        if performance.failed and performance.signature == best.performance.signature:
            self._keep(walk, performance, best.moves)
            return True
        self._passed.add(walk.lines)
        return False

    def leave_moves_out(self) -> None:
        """Leave out each move without which it fails all the same, the last first, until none is left."""
        best, number = self.best, 0
        while best and best.walk and number < len(best.walk.moves):
            moves = list(best.walk.moves)
            del moves[-1 - number]
            shorter = self._hunt.anew(best.walk.online, moves)
            self._tries = 0
            if self._goes_on(shorter, best) and self.best:
                best = replace(self.best, walk=shorter)
            else:
                number += 1

    def _begins(self, walk: Walk) -> bool:
        hunt = self._hunt
        beginning = walk.moves[:_ALIKE]
        if hunt.is_over:
            raise _Stopped
        if len(walk.moves) < hunt.length * 2 // 3 or beginning in self._beginnings:
            return False
        self._beginnings.add(beginning)
        performance = hunt.play(walk.lines)
        if performance.outcome.status == "not run":  # the player has learnt why, and no further walk has it
            return False
        hunt.tally.count(walk)
        hunt.look(hunt)
        if not performance.failed or performance.signature in self._known:
            return False
        again = hunt.play(walk.lines)
        if not again.failed:
            hunt.flakes.append(Flake(walk.lines, (performance, again)))
            return False
        self._keep(walk, again, hunt.tally.moves)
        return True

    def _keep(self, walk: Walk, performance: Performance, moves: int) -> None:
        at = performance.failed_at
        lines = walk.lines if at is None else walk.lines[: at + 1]
        self._failed.add(lines)
        if self.best is None or len(lines) <= len(self.best.lines):
            self.best = Quarry(_with_judgement(lines, walk), performance, moves, walk)

    def _ends_as_known(self, walk: Walk) -> bool:
        """Whether a walk begins with all of one that has failed: what comes after it changes nothing."""
        return any(walk.lines[: len(known)] == known for known in self._failed)


def _with_judgement(lines: tuple[WalkLine, ...], walk: Walk) -> tuple[WalkLine, ...]:
    """What has failed, with the judgement that comes next if it was a move: a scenario ends with a Then."""
    if lines[-1].keyword == "then":
        return lines
    return lines + tuple(line for line in walk.lines[len(lines) :] if line.keyword == "then")[:1]
