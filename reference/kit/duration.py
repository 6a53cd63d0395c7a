"""Durations as people write them on a command line."""

import re

_UNITS = {"ms": 0.001, "s": 1.0, "": 1.0}


def seconds(text: str) -> float:
    """`250ms`, `1.5s` or plain seconds as seconds.

    Raises:
        ValueError: it is none of these.
    """
    match = re.fullmatch(r"(\d+(?:\.\d+)?)(ms|s|)", text.strip())
    if not match:
        raise ValueError(f"{text!r} is no duration: write 250ms or 1.5s")
    return float(match[1]) * _UNITS[match[2]]
