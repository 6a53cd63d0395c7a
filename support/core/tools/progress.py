"""A command that may take long and says much: one line tells how far it is, and its words go into a file.

It needs nothing but Python, for it shows how the packages are installed.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

#: Seconds between two looks at how far a command is.
LOOK = 0.2


class Line:
    """One line on stderr: rewritten on a terminal, elsewhere said once at the beginning and once at the end."""

    def __init__(self, beginning: str) -> None:
        self._rewrites = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._said = ""
        self.show(beginning)
        if not self._rewrites:
            print(beginning, file=sys.stderr, flush=True)

    def show(self, words: str) -> None:
        """How far it is."""
        if self._rewrites and words != self._said:
            columns = os.get_terminal_size(sys.stderr.fileno()).columns or 80
            print(f"\r\x1b[K{words[: columns - 1]}", end="", file=sys.stderr, flush=True)
            self._said = words

    def end(self, words: str) -> None:
        """How it ended."""
        print(f"\r\x1b[K{words}" if self._rewrites else words, file=sys.stderr, flush=True)


def run(
    command: Sequence[str | Path],
    log: Path,
    look: Callable[[], None],
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] | None = None,
) -> int:
    """Run a command to its end.

    Args:
        command: what to run.
        log: the file that gets all that it says.
        look: called again and again meanwhile.
        folder: where to run it.
        environment: what to run it with.

    Returns:
        Its exit code.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT, cwd=folder, env=environment)
        try:
            while process.poll() is None:
                look()
                with suppress(subprocess.TimeoutExpired):
                    process.wait(LOOK)
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
    return process.returncode


def megabytes(folder: Path) -> int:
    """How big the biggest file below a folder is: how far the one download is that goes there."""
    sizes = [0]
    for path in folder.rglob("*"):
        with suppress(OSError):  # it is moved while we look
            sizes.append(path.stat().st_size)
    return round(max(sizes) / 1e6)


def complaint(log: Path) -> str:
    """The one line in which a command says why it failed."""
    lines = [line.strip() for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error", "npm error", "npm err!"))]
    return (errors or lines or ["it said nothing"])[-1 if not errors else 0][:300]
