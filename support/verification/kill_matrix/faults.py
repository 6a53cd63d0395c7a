"""The seeded faults of a reference back end, as it lists them itself."""

import json
import subprocess
import sys
from dataclasses import dataclass

from support.core.errors import SuiteError


@dataclass(frozen=True)
class SeededFault:
    """One way in which a reference back end can be broken on purpose.

    `says` is a sentence for people; `requirements` are the ids that must notice.
    """

    name: str
    says: str
    requirements: tuple[str, ...]


def seeded(system: str) -> list[SeededFault]:
    """All faults of a system.

    Raises:
        SuiteError: the reference back end does not list any.
    """
    command = [sys.executable, "-m", f"reference.{system}", "--list-faults"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode or not listed.stdout.strip():
        raise SuiteError(f"no faults to be had from `{' '.join(command)}`: {listed.stderr.strip()[-300:]}")
    return [_fault(json.loads(line)) for line in listed.stdout.split("\n") if line]


def _fault(listed: dict[str, str | list[str]]) -> SeededFault:
    return SeededFault(str(listed["name"]), str(listed["says"]), tuple(listed["requirements"]))
