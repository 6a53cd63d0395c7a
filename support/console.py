"""What is printed reaches every console: what its encoding does not know is spelled out, and ends no run."""

import io
import sys


def spell_out() -> None:
    """Have stdout and stderr escape what they cannot encode, from now on. Call it when a process begins."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a test, or another program around us, may have put its own there
            stream.reconfigure(errors="backslashreplace")
