"""A formatter of behave that tells the processes of a reference back end which scenario they serve."""

import os
import signal
import socket
from contextlib import suppress
from pathlib import Path

import psutil
from behave.configuration import Configuration
from behave.formatter.base import StreamOpener
from behave.model import Scenario

from support.reporting.outcome import Outcome
from support.reporting.result_formatter import Recorder

#: What is executed before the first scenario, between two of them, and after the last.
START, BETWEEN = "(start)", "(between scenarios)"
#: Seconds that a process gets to answer: one that is just ending does not.
_PATIENCE = 1.0


class ScenarioContexts(Recorder):
    """Writes the present scenario into the folder of its outfile, and has each process there switch to it."""

    def __init__(self, stream_opener: StreamOpener, config: Configuration) -> None:
        super().__init__(stream_opener, config)
        self._home = Path(stream_opener.name).parent
        self._answers = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        (self._home / "answers").unlink(missing_ok=True)  # of the run before, if some scenarios are played once more
        self._answers.bind(str(self._home / "answers"))
        self._answers.settimeout(_PATIENCE)

    def scenario(self, scenario: Scenario) -> None:
        """The scenario is about to begin."""
        self._switch(f"{scenario.filename}:{scenario.line} {scenario.name.strip()}")

    def scenario_ended(self, scenario: Scenario, outcome: Outcome) -> None:
        """It is over, its cleanups included."""
        self._switch(BETWEEN)

    def _switch(self, context: str) -> None:
        fresh = self._home / "context.new"
        fresh.write_text(context, encoding="utf-8")
        fresh.replace(self._home / "context")
        asked = set(self._processes())
        for pid in asked:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGUSR1)
        with suppress(TimeoutError):
            while asked:
                asked.discard(int(self._answers.recv(32)))

    def _processes(self) -> list[int]:
        """Those that keep a log there: to any other, which has got the id of one that is gone, the signal is death."""
        return [int(log.stem) for log in self._home.glob("*.log") if _keeps(int(log.stem), log)]


def _keeps(pid: int, log: Path) -> bool:
    try:
        return str(log) in (file.path for file in psutil.Process(pid).open_files())
    except psutil.Error:
        return False
