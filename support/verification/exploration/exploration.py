"""One exploration: a system is opened, walked through, and left, in this process."""

import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from support.core import clock
from support.verification.exploration.abilities import AbilitiesOf
from support.verification.exploration.discoveries import Discoveries
from support.verification.exploration.drawing import possible, walks
from support.verification.exploration.explorer import SHRINKING, Explorer, FlakyWalk
from support.verification.exploration.lines import WalkLine
from support.verification.exploration.playing import WalkPlayer, WalkResult
from support.verification.exploration.tidying import tidied
from support.verification.exploration.walk import walked

#: Where walks stand while they are played: in the checkout, so that behave finds the step files above them.
BENEATH = Path(".earshot")


@dataclass
class Exploration:
    """What is asked for, and what came of it.

    Args:
        system: the tag of the spec.
        walks: how many to play.
        seconds: after which no further walk is begun; None if walks alone count.
        length: moves of a walk.
        seed: draws the walks.
        settings: behave's `-D` settings, as `profile=staging`.
        most: findings after which it ends.
        tries: how often a finding is played to make it shorter.
        without: words that stand in the phrase of no move, as of what is known to fail.
        alone: whether other explorations go on beside it, for which the system has to be there once for each.
        look: is told how far it is, again and again.
    """

    system: str
    walks: int
    seconds: float | None
    length: int
    seed: int
    settings: Sequence[str] = ()
    most: int = 3
    tries: int = SHRINKING
    without: Sequence[str] = ()
    alone: bool = True
    look: Callable[[Discoveries], None] = lambda _: None
    discoveries: Discoveries | None = field(default=None, init=False)
    interrupted: bool = field(default=False, init=False)

    def play(self) -> None:
        """Explore to the end, or until it is interrupted; what was found is in `discoveries`.

        Raises:
            EarshotError: the system is not there, is protected or ends; or the suite is broken.
        """
        BENEATH.mkdir(exist_ok=True)
        with TemporaryDirectory(prefix="explore-", dir=BENEATH) as folder:
            player = WalkPlayer(self.system, self.settings, Path(folder), alone=self.alone)
            try:
                with self._interruptible():
                    self._explore(player)
            except KeyboardInterrupt:
                self.interrupted = True
            finally:
                player.close()

    @contextmanager
    def _interruptible(self) -> Iterator[None]:
        """Note Ctrl-C as well as raise it: in a callback of Hypothesis's, Python drops the exception."""

        def interrupt(number: int, frame: FrameType | None) -> None:
            self.interrupted = True
            raise KeyboardInterrupt

        before = signal.signal(signal.SIGINT, interrupt)
        try:
            yield
        finally:
            signal.signal(signal.SIGINT, before)

    def _explore(self, player: WalkPlayer) -> None:
        abilities = AbilitiesOf(player.open(), player.lacking)
        kinds = len(possible(abilities, without=self.without))

        def look(explorer: Explorer) -> None:
            self.discoveries = Discoveries.of(explorer, kinds, player.lacking)
            self.look(self.discoveries)

        explorer = Explorer(
            walks(abilities, self.length, self.without),
            lambda lines: self._played(player, lines),
            lambda online, moves: walked(online, moves, abilities, len(moves)),
            self.walks,
            self.length,
            float("inf") if self.seconds is None else clock.now() + self.seconds,
            self.most,
            self.tries,
            look,
        )
        look(explorer)
        try:
            explorer.run(self.seed)
            self._tell_shorter(explorer)
        finally:
            self.discoveries = Discoveries.of(explorer, kinds, player.lacking)

    def _played(self, player: WalkPlayer, lines: Sequence[WalkLine]) -> WalkResult:
        if self.interrupted:
            raise KeyboardInterrupt
        return player.play(lines)

    def _tell_shorter(self, explorer: Explorer) -> None:
        """Have each finding told in as few steps as it takes; what does not fail again by itself is flaky."""
        for number, counterexample in enumerate(explorer.counterexamples):
            explorer.counterexamples[number], fails = tidied(counterexample, explorer.play)
            if not fails:
                last = explorer.play(counterexample.lines)
                explorer.flaky_walks.append(FlakyWalk(counterexample.lines, (counterexample.result, last)))
                explorer.counterexamples[number] = replace(counterexample, lines=())
        explorer.counterexamples = [
            counterexample for counterexample in explorer.counterexamples if counterexample.lines
        ]
