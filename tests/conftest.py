"""What holds for all tests."""

import signal
from asyncio import AbstractEventLoop
from collections.abc import Callable

from support.core.event_loop import new_loop


def pytest_asyncio_loop_factories() -> dict[str, Callable[[], AbstractEventLoop]]:
    """The loop that a run has."""
    return {"run": new_loop}


def pytest_configure() -> None:
    """Signals that tests send count, also where a shell or `nohup` has told what it starts to ignore them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
