"""`earshot explore`."""

import random
import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from types import FrameType

from support.core import clock
from support.core.clean_text import for_console
from support.core.exit_codes import Verdict, headline
from support.environments.embedded import process_supervision
from support.execution import running
from support.execution.launch import Launch
from support.verification.exploration import found
from support.verification.exploration.abilities import AbilitiesOf
from support.verification.exploration.drawing import possible, walks
from support.verification.exploration.explorer import SHRINKING, Explorer, FlakyWalk
from support.verification.exploration.lines import WalkLine, as_gherkin
from support.verification.exploration.playing import WalkPlayer, WalkResult
from support.verification.exploration.progress import ExplorationProgress
from support.verification.exploration.tidying import tidied
from support.verification.exploration.walk import walked
from support.vocabulary.lint.source import FOUND

#: Where walks stand while they are played: in the checkout, so that behave finds the step files above them.
BENEATH = Path(".earshot")


@dataclass
class Exploration:
    """What is asked for: see `main`."""

    system: str
    walks: int
    seconds: float | None
    length: int
    seed: int
    settings: Sequence[str] = ()
    most: int = 3
    tries: int = SHRINKING
    explorer: Explorer | None = field(default=None, init=False)
    interrupted: bool = field(default=False, init=False)

    def play(self) -> None:
        """Explore to the end, or until it is interrupted; what was found is in `explorer`.

        Raises:
            EarshotError: the system is not there, is protected or ends; or the suite is broken.
        """
        BENEATH.mkdir(exist_ok=True)
        with TemporaryDirectory(prefix="explore-", dir=BENEATH) as folder:
            player = WalkPlayer(self.system, self.settings, Path(folder))
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
        progress = ExplorationProgress(len(possible(abilities)), self.seconds)
        until = float("inf") if self.seconds is None else clock.now() + self.seconds
        self.explorer = explorer = Explorer(
            walks(abilities, self.length),
            lambda lines: self._played(player, lines),
            lambda online, moves: walked(online, moves, abilities, len(moves)),
            self.walks,
            self.length,
            until,
            self.most,
            self.tries,
            progress.look,
        )
        try:
            explorer.run(self.seed)
            self._tell_shorter(explorer)
        finally:
            progress.end(explorer)
            for form, reason in player.lacking.items():
                print(f'left out: "{form.partition(" ")[2]}", for {reason}')

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


def main(exploration: Exploration) -> int:
    """Explore a system, and write down what was found.

    Returns:
        The exit code, a `Verdict`.

    Raises:
        EarshotError: see `Exploration.play`. What was found until then is written all the same.
    """
    process_supervision.interrupt_on_termination()
    print(f"seed {exploration.seed}", flush=True)
    try:
        exploration.play()
    finally:
        path = _written(exploration)
    flaky_walks = exploration.explorer.flaky_walks if exploration.explorer else []
    if exploration.interrupted:
        kinds = ["interrupted", *(["product"] if path or flaky_walks else [])]
        print(headline(kinds))
        return int(Verdict.of(kinds))
    if path:
        settings = [part for setting in exploration.settings for part in ("-D", setting)]
        code = running.run(Launch([str(path), *settings, "--no-color"]))
        print(
            f"`earshot report` shows it with its message chart; `earshot explore {exploration.system} --keep` keeps it"
        )
        return code or int(Verdict.PRODUCT)
    print(headline(["flaky"]) if flaky_walks else "nothing found")
    return int(Verdict.PRODUCT if flaky_walks else Verdict.GREEN)


def keep(system: str | None) -> int:
    """Move what was found into the features folder. Raises `SuiteError` if there is nothing."""
    for path in found.keep(system):
        print(f"kept: {path}")
    return 0


def any_seed() -> int:
    """A random seed."""
    return random.SystemRandom().randrange(1, 1_000_000)


def _written(exploration: Exploration) -> Path | None:
    """Write findings and flaky walks; where the findings are."""
    explorer = exploration.explorer
    if explorer is None:
        return None
    for number, flaky_walk in enumerate(explorer.flaky_walks, 1):
        path = FOUND / f"{exploration.system}_{exploration.seed}_flaky_{number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(told(flaky_walk), encoding="utf-8")
        print(f"flaky: {path}")
    if not explorer.counterexamples:
        return None
    path = found.write(exploration.system, exploration.seed, explorer.counterexamples)
    print(f"found: {path}")
    for one in explorer.repetitions:
        print(f'of the same cause, at another phrase: "{one.lines[-1].text}"')
    print(for_console(path.read_text(encoding="utf-8")))
    return path


def told(flaky_walk: FlakyWalk) -> str:
    """A walk that failed once, and the record of both times."""
    first, second = flaky_walk.results
    parts = ["It failed once, and passed when it was played again.", as_gherkin(flaky_walk.lines)]
    for which, one in (("First", first), ("Then", second)):
        parts.append(f"{which}: {one.outcome.status}. {one.outcome.message or ''}\n\n{one.transcript}")
    return "\n\n".join(parts)
