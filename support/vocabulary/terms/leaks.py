"""What a server tells people that was meant for its developers: the marks by which it is known."""

import re

#: The mark -> what it is.
_MARKS = {
    r"Traceback \(most recent call last\)|\bFile \"[^\"]+\", line \d+": "a stack trace",
    r"^\s*at .+[:(]\d+": "a stack trace",
    r"\b(?:\w+\.)*\w+(?:Error|Exception):": "an exception",
    r"<!doctype html|<html": "a page of the server's own",
    r"\b\w+://[^\s/@]+:[^\s/@]+@": "an address with a password",
    r"(?-i:\bSELECT\b.+\bFROM\b|\bINSERT INTO\b)": "a query",
}


def leak(text: str) -> str | None:
    """What `text`, which people read, gives away of the inside of a server; None if nothing.

    Args:
        text: of any length.
    """
    return next((what for mark, what in _MARKS.items() if re.search(mark, text, re.MULTILINE | re.IGNORECASE)), None)
