"""Every process of pytest finds the same tests in the same order."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def collected(number: int) -> subprocess.Popen[str]:
    """Collect with a memory of its own: the order of a set depends on hashes of text and on addresses of classes."""
    holes = f"kept = [[bytes(size) for size in range(600, 6000, 8)][turn % 3 :: 3] for turn in range({7 * number})]"
    program = f"import pytest; {holes}; pytest.main(['--collect-only', '-p', 'no:cacheprovider', 'tests'])"
    environment = {**os.environ, "PYTHONHASHSEED": str(number), "PYTEST_ADDOPTS": ""}
    return subprocess.Popen(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )


# pytest-xdist refuses to begin where two of its processes differ.
def test_processes_collect_the_same_tests() -> None:
    first, *others = (
        [line for line in process.communicate()[0].splitlines() if "::" in line]
        for process in [collected(number) for number in range(3)]
    )
    assert len(first) > 1000
    assert all(other == first for other in others)
