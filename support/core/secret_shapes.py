"""What secrets look like, and what stands behind their names: masked also where nobody has learned them."""

import base64
import binascii
import re
from collections.abc import Callable

from support.core.secret_names import STEMS, is_secret

MASK = "***"
#: What stands behind "password: " and is none, at the end of a sentence.
_NO_SECRETS = {"wrong", "required", "missing", "invalid", "empty", "none", "null", "true", "false", "expired"}

#: Words of which a text has one, in small letters, if it has the shape; the shape; what is written in its place. To
#: look for words is much cheaper than to look for shapes.
_SHAPES: list[tuple[tuple[str, ...], re.Pattern[str], str]] = [
    (("private key",),
     re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL), MASK),
    (("eyj",), re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), MASK),
    (("bearer",), re.compile(r"\b(bearer)\s+(?=\S*[\d._]|\S{20})[^\s\"',;]{6,}", re.IGNORECASE), rf"\1 {MASK}"),
    (("://",), re.compile(r"(?<=://)([^\s:/@]*):[^\s/@]+@"), rf"\1:{MASK}@"),
    (("authorization", "cookie", "x-api-key"),
     re.compile(r"^((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(\s*:\s*).+$", re.IGNORECASE | re.MULTILINE),
     rf"\1\2{MASK}"),
]  # fmt: skip
_BASIC = re.compile(r"\b(basic)\s+([A-Za-z0-9+/_-]{4,}={0,2})", re.IGNORECASE)
#: `"name": "value"` and `name="value"`; `name=value`; and `name: value` up to the end of what is told.
_NAME = r"(?<![\w-])(?P<name>[\w-]{1,64})"
_QUOTED = re.compile(
    rf"(?P<before>(?P<quote>[\"']?){_NAME}(?P=quote)\s*[:=]\s*)(?:\"(?:[^\"\\]|\\.)+\"|'(?:[^'\\]|\\.)+')"
)
_EQUALS = re.compile(rf"(?P<before>{_NAME}=)(?P<value>[^\s&;,\"'<>)\]}}]+)")
_END = r"(?=[&;,\"'<>)\]}\n]|\s*$|\s+[\w-]+[:=])"
_COLON = re.compile(rf"(?P<before>{_NAME}:[ \t]+)(?P<value>[^\s&;,\"'<>)\]}}]+){_END}")


def shapeless(text: str) -> str:
    """A text without what has the shape of a secret, or stands behind the name of one."""
    small = _small(text)
    for words, shape, replacement in _SHAPES:
        if any(word in small for word in words):
            text = shape.sub(replacement, text)
    if "basic" in small:
        text = _BASIC.sub(_basic, text)
    for named, masked in ((_QUOTED, _quoted), (_EQUALS, _plain), (_COLON, _told)):
        text = _behind_names(text, named, masked)
    return text


def _small(text: str) -> str:
    """The text in small letters, each in its place."""
    return text.replace("\u0130", "I").lower()  # the only letter that two would stand for


def _behind_names(text: str, named: re.Pattern[str], masked: Callable[[re.Match[str]], str]) -> str:
    """The text with what is found behind the names of secrets masked."""
    kept, done = [], 0
    for place in _names(text):
        quoted = text[place - 1 : place] in ("'", '"')
        found = next(filter(None, (named.match(text, at) for at in (place - quoted, place) if at >= done)), None)
        if found:
            kept += [text[done : found.start()], masked(found)]
            done = found.end()
    return "".join(kept) + text[done:] if kept else text


def _names(text: str) -> list[int]:
    """Where those names begin that may be of secrets."""
    return list(dict.fromkeys(_beginning(text, stem.start()) for stem in STEMS.finditer(_small(text))))


def _beginning(text: str, place: int) -> int:
    while place and (text[place - 1].isalnum() or text[place - 1] in "_-"):
        place -= 1
    return place


def _quoted(found: re.Match[str]) -> str:
    return f'{found["before"]}"{MASK}"' if is_secret(found["name"]) else found[0]


def _plain(found: re.Match[str]) -> str:
    return found["before"] + MASK if is_secret(found["name"]) else found[0]


def _told(found: re.Match[str]) -> str:
    word = found["value"].rstrip(".!?").lower()
    innocent = found["name"].lower() == "session" or word in _NO_SECRETS or word.startswith(MASK)
    return found[0] if innocent else _plain(found)


def _basic(found: re.Match[str]) -> str:
    """HTTP's Basic credentials (RFC 7617) are a name, a colon and a password, in Base64."""
    try:
        opened = base64.b64decode(found[2].translate(str.maketrans("-_", "+/")) + "==")
    except binascii.Error:
        return found[0]
    return f"{found[1]} {MASK}" if b":" in opened else found[0]
