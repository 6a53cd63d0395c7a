"""`earshot run --fail-fast`: a process of behave is told to end after the scenario that it is in."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager

#: What tells it.
BEGIN_NO_MORE = signal.SIGUSR1


class EarlyEnd:
    """Whether this process is to begin no further scenario."""

    def __init__(self) -> None:
        self.wanted = False

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Heed the signal meanwhile; from then on it does nothing, while Python by itself would let it kill us."""
        signal.signal(BEGIN_NO_MORE, self._want)
        try:
            yield
        finally:
            signal.signal(BEGIN_NO_MORE, signal.SIG_IGN)

    def _want(self, *_: object) -> None:
        self.wanted = True
