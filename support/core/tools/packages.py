"""`make setup`: the locked packages, and Earshot itself, into the virtual environment of this Python.

It needs nothing but Python, for it runs before there is any package.
"""

import re
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from support.core.tools.progress import Line, complaint, run

_PIP = (sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--progress-bar", "off")
_SIZE = re.compile(r"^ +(?:Downloading|Using cached) \S+ \((?P<number>[\d.]+) (?P<unit>[kM]?B)\)", re.MULTILINE)
_UNITS = {"B": 1e-6, "kB": 1e-3, "MB": 1.0}


def install(lock: Path) -> int:
    """Install them; one line tells how far it is.

    Returns:
        pip's exit code.
    """
    began, log = time.monotonic(), Path(sys.prefix) / "setup.log"
    expected = len(re.findall(r"^[\w.-]+==", lock.read_text(encoding="utf-8"), re.MULTILINE))
    line = Line(f"Setting up: Python packages from {lock}, about {expected}, into {Path(sys.prefix).name}")

    def look() -> None:
        line.show(f"Setting up: {_how_far(log.read_text(encoding='utf-8', errors='replace'), expected)}")

    for command in _commands(lock):
        if code := run([*_PIP, *command], log, look):
            line.end(f"Setting up failed: {complaint(log)}\nAll that pip says: {log}")
            return code
    line.end(f"Set up: Python packages ({time.monotonic() - began:.0f} s)")
    return 0


def _commands(lock: Path) -> Iterator[Sequence[str]]:
    yield "--require-hashes", "--requirement", str(lock)
    yield "--no-deps", "--no-build-isolation", "--editable", "."


def _how_far(said: str, expected: int) -> str:
    found = len(re.findall(r"^Collecting ", said, re.MULTILINE))
    size = sum(float(one["number"]) * _UNITS[one["unit"]] for one in _SIZE.finditer(said))
    if "Installing collected packages" in said:
        return f"installing {found} packages ({size:.0f} MB)"
    return f"{found} of about {expected} packages, {size:.0f} MB"


if __name__ == "__main__":
    sys.exit(install(Path(sys.argv[1])))
