"""What a process that failed has said: all of it to read, and the one line that tells why."""

import re
from collections.abc import Sequence

#: Lines at the end that are shown.
_SHOWN = 12
#: How programs begin or word what went wrong: PostgreSQL, Redis, argparse, Python, the C library.
_TELLING = re.compile(
    r"\b(fatal|panic|error|exception|cannot|could not|can't|denied|failed|no space|unable)\b|Error\b", re.IGNORECASE
)


def told(whose: str, said: str) -> str:
    """The telling line behind a colon, and below it the last lines, each with whose they are.

    The first line of a message is all that a verdict shows. Of several lines that tell, the first of a server is the
    cause and later ones its effects; a traceback says at its end what it is about.

    Args:
        whose: who said it, as people say it.
        said: its output.
    """
    lines = [line.rstrip() for line in said.splitlines() if line.strip()]
    if not lines:
        return " (it printed nothing)"
    shown = "".join(f"\n  {whose}: {line}" for line in lines[-_SHOWN:])
    return f": {_telling(lines)}{shown}"


def _telling(lines: Sequence[str]) -> str:
    if any(line.startswith("Traceback ") for line in lines):
        return lines[-1].strip()
    return next((line for line in lines if _TELLING.search(line)), lines[-1]).strip()
