"""What a process of a reference back end executes, scenario by scenario.

This file is copied, as `sitecustomize.py`, into the folder of a measurement that the process finds on its PYTHONPATH;
Python runs it before the server. So it imports nothing of ours.

The process may be killed at any moment. What is new is therefore appended to a log of its own a few times a second, and
whenever the scenario changes: `contexts.py` writes its place into a file, sends SIGUSR1, and waits for the answer.
"""

import atexit
import json
import os
import signal
import socket
import sys
from collections import defaultdict
from itertools import pairwise
from pathlib import Path

HOME = Path(__file__).parent
#: Seconds between two looks: so much is lost at most when the process is killed.
INTERVAL = 0.05


class ExecutionRecorder:
    """Traces this process and keeps its log."""

    def __init__(self) -> None:
        from coverage import Coverage

        include = json.loads((HOME / "include.json").read_text())
        self._coverage = Coverage(data_file=None, branch=True, include=include, config_file=False)
        self._context = ""
        self._known: dict[str, set[tuple[int, int]]] = defaultdict(set)
        self._busy, self._asked = True, False

    def start(self) -> None:
        """Trace from now on. The log appears when the process is about to answer."""
        self._coverage.start()
        self._begin()
        signal.signal(signal.SIGUSR1, self._on_switch)
        signal.signal(signal.SIGALRM, self._on_tick)
        self._log = (HOME / f"{os.getpid()}.log").open("a", encoding="utf-8")
        self._busy = False
        signal.setitimer(signal.ITIMER_REAL, INTERVAL, INTERVAL)
        atexit.register(self._stop)

    def _stop(self) -> None:
        """End in order: Python, as it ends, takes the handlers away, and then the next signal would be death."""
        for number in (signal.SIGALRM, signal.SIGUSR1):
            signal.signal(number, signal.SIG_IGN)
        self._write()

    def _begin(self) -> None:
        self._context = (HOME / "context").read_text(encoding="utf-8")
        self._coverage.switch_context(self._context)
        self._known.clear()

    def _on_switch(self, *_: object) -> None:
        self._asked = True
        self._on_tick()

    def _on_tick(self, *_: object) -> None:
        # A signal may come while another is handled: blocked here, it reaches the process by way of another thread.
        if self._busy:
            return
        self._busy = True
        try:
            self._write()
            if self._asked:
                self._asked = False
                self._begin()
                self._answer()
        finally:
            self._busy = False

    def _answer(self) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as answer:
            answer.sendto(str(os.getpid()).encode(), str(HOME / "answers"))

    def _write(self) -> None:
        data = self._coverage.get_data()
        data.set_query_context(self._context)
        for file in data.measured_files():
            new = set(data.arcs(file) or ()) - self._known[file]
            if new:
                self._known[file] |= new
                line = {"context": self._context, "file": file, "arcs": sorted(new)}
                self._log.write(json.dumps(line) + "\n")
        self._log.flush()


def _module() -> str:
    """What this Python was asked to run with `-m`."""
    words = sys.orig_argv
    return next((after for word, after in pairwise(words) if word == "-m"), "")


if __name__ == "sitecustomize" and _module().startswith("reference."):
    ExecutionRecorder().start()
