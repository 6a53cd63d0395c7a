"""Where the time of a run goes: wall clock, waiting, the suite's own work, behave and Allure.

.venv/bin/python benchmarks/speed.py [behave arguments, features/chat by default]
"""

import sys
import time

BEGAN = time.perf_counter()

from behave.__main__ import main  # noqa: E402 - imports are part of what is measured

from support.core import clock  # noqa: E402
from support.core.event_loop import Background  # noqa: E402


class Stopwatch:
    """Adds up the time that behave's thread spends in the suite: everything goes through `Background.run`."""

    def __init__(self) -> None:
        self.inside = 0.0
        self._run = Background.run

    def __call__(self, background, work, within=None):
        began = time.perf_counter()
        try:
            return self._run(background, work, within)
        finally:
            self.inside += time.perf_counter() - began


def measure(arguments: list[str]) -> int:
    """Run behave in this process and print the table."""
    imported = time.perf_counter()
    stopwatch = Stopwatch()
    Background.run = lambda *given: stopwatch(*given)
    code = main(arguments)
    ended = time.perf_counter()
    cpu = time.process_time()
    rows = {
        "wall clock": ended - BEGAN,
        "  imports": imported - BEGAN,
        "  behave, Allure and the results file": ended - imported - stopwatch.inside,
        "  steps, drivers and systems": stopwatch.inside,
        "    of it waiting on the clock": clock.waited,
        "CPU of this process": cpu,
    }
    print(f"\n{'':36}seconds")
    for name, seconds in rows.items():
        print(f"{name:36}{seconds:7.2f}")
    return code


if __name__ == "__main__":
    sys.exit(measure(sys.argv[1:] or ["features/chat"]))
