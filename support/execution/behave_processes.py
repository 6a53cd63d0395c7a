"""The behave processes of a run on this machine: started, followed, and told of every signal. None outlives us."""

import contextlib
import signal
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from support.config import userdata_keys
from support.environments.embedded.server_process import Process
from support.execution import behave_forks
from support.execution.display.lines import Display
from support.reporting import results_file as results
from support.reporting.early_end import BEGIN_NO_MORE

#: Seconds between two looks at what the processes have written.
LOOK = 0.5


@dataclass
class Child:
    """One behave process, where it leaves its results file, and its console output if others would talk into it."""

    process: Process
    results: Path
    console: Path | None = None

    def wait(self, look: Callable[[], None], display: Display) -> None:
        """Wait for its end, and see to it that a bad end is in its results file.

        Args:
            look: called again and again meanwhile.
            display: gets what it has said, if that went past the console.
        """
        while not self._has_ended():
            look()
        look()
        in_vain = results.seal(self.results, self.process.pid, self.process.wait())
        if self.console:
            said = self.console.read_text(encoding="utf-8", errors="replace")
            display.behave_said(said, in_vain=in_vain)

    def _has_ended(self) -> bool:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(LOOK)
        return self.process.returncode is not None


@dataclass
class Children:
    """All of them; they get every Ctrl-C and SIGTERM of ours: the first as a wish, the second as an order."""

    running: list[Child] = field(default_factory=list)
    elsewhere: list[Callable[[int], Any]] = field(default_factory=list)
    """What passes a signal on to those on other machines."""
    interrupted: bool = False
    ending: bool = False
    """Whether they are to begin no further scenario."""
    forecasts: Path | None = None
    """What each scenario would come to, as far as that is known to all of them."""
    rendezvous: str | None = None
    """How many of them begin their scenario together, and where they meet, as 2:FOLDER."""

    def start(
        self,
        arguments: list[str],
        path: Path,
        allure: str,
        *,
        alone: bool,
        speaks: bool,
        lease: str | None = None,
        beside: int = 1,
        number: int = 1,
    ) -> Child:
        """Start one.

        Args:
            arguments: behave's own.
            path: where its results file and its console output go, each with a suffix of its own.
            allure: the folder of its results, or "off".
            alone: whether no other is part of the run: then something has to be selected.
            beside: how many run at the same time, this one among them.
            number: which process of the run it is, from 1; no two at the same time have the same.
            speaks: whether it has the console.
            lease: which share of the profile's accounts it may use, as 2/3; all of them if None.
        """
        child_results = path.with_suffix(".jsonl")
        console = None if speaks else path.with_suffix(".txt")
        its_own = {
            "results": child_results,
            "allure": allure,
            "allow_empty": "" if alone else "true",
            userdata_keys.BESIDE: beside if beside > 1 else "",
            userdata_keys.PROCESS: number if number > 1 else "",
            "lease": lease,
        }
        with contextlib.nullcontext() if console is None else console.open("wb") as output:
            process = behave_forks.start([*self._options(its_own), *arguments], output, deaf=[BEGIN_NO_MORE])
        self.running.append(Child(process, child_results, console))
        return self.running[-1]

    def _options(self, its_own: dict[str, object]) -> list[str]:
        """What one is told by `-D`: what is its own, and what is the same for all; nothing of what is empty."""
        shared = {"worker": "true", "forecasts": self.forecasts, "rendezvous": self.rendezvous}
        return userdata_keys.as_options({key: value for key, value in (shared | its_own).items() if value})

    def end_early(self) -> None:
        """Have them begin no further scenario, if that is so; one that is still starting has to be told again."""
        for child in self.running if self.ending else ():
            with contextlib.suppress(ProcessLookupError):
                child.process.send_signal(BEGIN_NO_MORE)

    def pass_on(self, number: int, frame: FrameType | None) -> None:
        """Signal handler. behave cleans up on SIGINT alone, so it gets that for a SIGTERM as well."""
        order = signal.SIGKILL if self.interrupted else signal.SIGINT
        self.interrupted = True
        for child in self.running:
            with contextlib.suppress(ProcessLookupError):
                child.process.send_signal(order)
        for pass_on in self.elsewhere:
            pass_on(order)

    @contextlib.contextmanager
    def told_of_signals(self) -> Iterator[None]:
        """Pass signals on meanwhile."""
        before = {number: signal.signal(number, self.pass_on) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
