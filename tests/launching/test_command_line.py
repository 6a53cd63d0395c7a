"""What people type first."""

import subprocess
import sys
from importlib.metadata import version

import pytest


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["--version"], 0, f"earshot {version('earshot')}"),
        (["-h"], 0, "Acceptance tests in plain language"),
        (["run", "-h"], 0, "Exit codes: 0 all green"),
        (["watch", "features/chat", "--no-such"], 2, "earshot watch: error: unrecognized arguments: --no-such"),
    ],
)
def test_help_is_where_it_is_looked_for(arguments: list[str], code: int, says: str) -> None:
    command = [sys.executable, "-c", "from support.cli.main import main; main()", *arguments]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ended.returncode == code, ended.stderr
    assert says in ended.stdout + ended.stderr
