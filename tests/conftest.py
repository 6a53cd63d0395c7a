"""What holds for all tests."""

import signal


def pytest_configure() -> None:
    """Ctrl-C counts in any shell: tests send it, and what a shell starts in the background is told to ignore it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
