"""What holds for all tests."""

import signal
from asyncio import AbstractEventLoop
from collections.abc import Callable

from support.core.event_loop import new_loop


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], AbstractEventLoop]]:
    """The loop that a run has."""
    return {"run": new_loop}


def pytest_runtest_setup() -> None:
    """Signals that tests send count, also where a shell, `nohup` or an earlier test has had them ignored."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
