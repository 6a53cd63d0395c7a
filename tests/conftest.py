"""What holds for all tests."""

import signal


def pytest_configure() -> None:
    """Signals that tests send count, also where a shell or `nohup` has told what it starts to ignore them."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
