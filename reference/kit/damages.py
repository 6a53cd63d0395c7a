"""What can befall words on their way: for seeded faults, each of which does one of these in one place."""

import html
import re
import unicodedata
from collections.abc import Callable

Damage = Callable[[str], str]


def _as_number(text: str) -> str:
    return str(int(text)) if text.isdecimal() else text


def _marks_left_out(text: str) -> str:
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def _one_plane(text: str) -> str:
    return "".join(sign if ord(sign) <= 0xFFFF else "?" for sign in text)


#: name -> what it does, in words, and how.
DAMAGES: dict[str, tuple[str, Damage]] = {
    "foreign-letters": ("loses all letters but those of ASCII", lambda text: text.encode("ascii", "ignore").decode()),
    "long": ("cuts after a thousand signs", lambda text: text[:1000]),
    "other-planes": ("loses the signs beyond the basic plane", _one_plane),
    "direction": ("loses the signs that say in which direction to read", _marks_left_out),
    "combining": ("puts letters and their marks together", lambda text: unicodedata.normalize("NFC", text)),
    "outer-blanks": ("strips the blanks around", lambda text: text.strip()),
    "inner-blanks": ("makes one of several blanks", lambda text: re.sub("  +", " ", text)),
    "lines": ("joins the lines", lambda text: " ".join(text.splitlines())),
    "markup": ("makes HTML entities of markup", html.escape),
    "entities": ("reads HTML entities", html.unescape),
    "quotes": ("doubles quotes", lambda text: text.replace("'", "''")),
    "numbers": ("takes what looks like a number for one", _as_number),
    "null": ("takes what looks like nothing for nothing", lambda text: "" if text == "null" else text),
}
