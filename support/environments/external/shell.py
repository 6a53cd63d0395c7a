"""Lines for the shell, of which only the exit is waited for."""

import os
import signal
import subprocess
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

from support.core import clock

_LOOK_EVERY = 0.01  # seconds


class ShellCommand:
    """One line for the shell, in a session of its own; leave the context, and what still runs of it is killed.

    It writes into a file. A pipe would be held open by whatever it leaves behind, so that a command which starts a
    daemon and has ended long ago would seem to hang.

    Args:
        line: the command.
        environment: its environment; ours if None.
    """

    def __init__(self, line: str, environment: Mapping[str, str] | None = None) -> None:
        self._output = tempfile.TemporaryFile()  # noqa: SIM115 - as long as we live
        self._process = subprocess.Popen(
            line,
            shell=True,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, where: TracebackType | None
    ) -> None:
        self.end()
        self._output.close()

    @property
    def code(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._process.poll()

    async def exits(self, within: float) -> None:
        """Wait for its exit, `within` seconds at the longest."""
        await clock.until(lambda: self.code is not None, within=within, every=_LOOK_EVERY)

    def exits_soon(self, within: float) -> None:
        """The same, where no loop runs."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(within)

    def end(self) -> bool:
        """Kill it with all that it has started, if it has not ended by itself.

        Returns:
            Whether it had to be killed.
        """
        if self.code is not None:
            return False
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        return True

    def printed(self) -> str:
        """What it has printed so far."""
        file = self._output.fileno()
        said = os.pread(file, os.fstat(file).st_size, 0)  # a read would move the place that it writes at
        return said.decode(errors="replace")
