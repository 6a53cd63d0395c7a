"""Masks secrets before they reach a transcript, a ledger, an attachment or a report.

Three nets, because no single one is tight: the names of fields, the shapes of secrets, and literal values that
the run itself has learned (a password it made up, a token it was given).
"""

import dataclasses
import json
import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote

MASK = "***"
#: Shorter learned values are masked only as whole strings: inside other text they would hit innocent words.
SHORTEST_FRAGMENT = 6
#: Characters of the texts whose outcome is remembered.
LONGEST_REMEMBERED = 200

_NAME = (
    r"[\w-]*(?:jwt|token|passw|pwd|passphrase|authori[sz]ation|cookie|secret|credential"
    r"|api[_-]?key|private[_-]?key|session)[\w-]*"
)
_SECRET_NAME = re.compile(_NAME, re.IGNORECASE)
_SHAPES = [
    (re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----.*?(?:-----END [A-Z ]*PRIVATE KEY-----|\Z)", re.DOTALL), MASK),
    (re.compile(r"\beyJ[\w-]+\.[\w-]+\.[\w-]*"), MASK),
    (re.compile(r"\b(bearer)\s+(?=\S*[\d._]|\S{20})[^\s\"',;]{6,}", re.IGNORECASE), rf"\1 {MASK}"),
    (re.compile(r"(?<=://)([^\s:/@]*):[^\s/@]+@"), rf"\1:{MASK}@"),
    (re.compile(r"^((?:proxy-)?authorization|(?:set-)?cookie|x-api-key)(\s*:\s*).+$", re.IGNORECASE | re.MULTILINE),
     rf"\1\2{MASK}"),
    (re.compile(rf"([\"']{_NAME}[\"']\s*:\s*)(\"[^\"]+\"|'[^']+')", re.IGNORECASE), rf'\1"{MASK}"'),
    (re.compile(rf"\b({_NAME}=)[^\s&;,\"'<>)\]}}]+", re.IGNORECASE), rf"\1{MASK}"),
]  # fmt: skip
#: JSON alone, or behind the packet type of Engine.IO and Socket.IO (`42["event", {...}]`).
_JSON = re.compile(r"\s*(?P<packet>\d*(?:/[^,\[{]*,)?\d*)(?P<json>[\[{].*)", re.DOTALL)


class Redactor:
    """Masks payloads. What it returns is a copy; it never raises, for it runs where a failure would hide another."""

    def __init__(self) -> None:
        self._learned: set[str] = set()
        self._fragments: list[str] = []
        """What is masked inside other text too, longest first."""

    def learn(self, value: str | None) -> None:
        """Mask this literal value from now on, wherever it turns up: as it is, URL-quoted or JSON-escaped."""
        if value:
            self._learned |= {value, quote(value, safe=""), json.dumps(value)[1:-1]}
            fragments = (one for one in self._learned if len(one) >= SHORTEST_FRAGMENT)
            self._fragments = sorted(fragments, key=len, reverse=True)

    def redact(self, payload: Any) -> Any:
        """A copy of `payload` (any nesting of mappings, sequences, text and bytes) with its secrets masked."""
        try:
            return self._copy(payload)
        except Exception:  # a payload that cannot be walked must not be kept, nor break the run
            return f"{MASK} (a {type(payload).__name__} that could not be redacted)"

    def text(self, text: str) -> str:
        """`redact` for what is known to be text."""
        return str(self.redact(text))

    def _copy(self, payload: Any) -> Any:
        if payload is None or isinstance(payload, bool | int | float):
            return payload
        if isinstance(payload, str):
            return self._text(payload)
        if isinstance(payload, bytes | bytearray):
            return self._text(bytes(payload).decode(errors="replace"))
        if isinstance(payload, Mapping):
            return {self._copy(key): self._field(key, value) for key, value in payload.items()}
        if isinstance(payload, list | tuple | set | frozenset):
            return self._items(list(payload))
        if dataclasses.is_dataclass(payload) and not isinstance(payload, type):
            return self._copy({field.name: getattr(payload, field.name) for field in dataclasses.fields(payload)})
        return self._text(str(payload))

    def _field(self, name: Any, value: Any) -> Any:
        return _masked(value) if _is_secret_name(name) else self._copy(value)

    def _items(self, items: list[Any]) -> list[Any]:
        if len(items) == 2 and _is_secret_name(items[0]) and not isinstance(items[1], Mapping):
            return [items[0], _masked(items[1])]  # a header as a pair
        return [self._copy(item) for item in items]

    def _text(self, text: str) -> str:
        if not text.isascii():  # halves of characters, which JSON can carry and no file can, are spelled out
            text = text.encode(errors="backslashreplace").decode()
        if text in self._learned:
            return MASK
        found = _JSON.fullmatch(text)
        if found and (inside := _json(found["json"])) is not None:
            copy = self._copy(inside)
            return text if copy == inside else found["packet"] + json.dumps(copy, ensure_ascii=False)
        for value in self._fragments[bisect_left(self._fragments, -len(text), key=_shortness) :]:
            text = text.replace(value, MASK)
        return _shapeless(text) if len(text) <= LONGEST_REMEMBERED else _shapeless.__wrapped__(text)


@lru_cache(maxsize=4096)
def _shapeless(text: str) -> str:
    """A text without what has the shape of a secret. Remembered: names and ids come again and again under load."""
    for shape, replacement in _SHAPES:
        text = shape.sub(replacement, text)
    return text


def _shortness(text: str) -> int:
    return -len(text)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _is_secret_name(name: Any) -> bool:
    return isinstance(name, str) and _SECRET_NAME.fullmatch(name) is not None


def _masked(value: Any) -> Any:
    """The same shape with every leaf masked. Blank stays blank, a number of tokens is no secret of anybody."""
    if isinstance(value, Mapping):
        return {key: _masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(inner) for inner in value]
    return value if value in ("", None) or isinstance(value, bool | int | float) else MASK
