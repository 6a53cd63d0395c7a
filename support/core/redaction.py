"""Masks secrets before they reach a transcript, a results file, an attachment, a report or the console.

Three nets, because no single one is tight: the names of fields, the shapes of secrets, and literal values that
the run knows from its profile or has learned (a password it made up, a token it was given), in all their disguises.
"""

import dataclasses
import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from support.core.secret_encodings import SHORTEST, disguises
from support.core.secret_names import is_secret
from support.core.secret_shapes import MASK, shapeless

#: Characters of the texts whose outcome is remembered.
LONGEST_REMEMBERED = 200
#: How many of them.
MOST_REMEMBERED = 4096
#: Characters of a secret in its longest disguise, more or less.
LONGEST_SECRET = 4096
#: Characters of a piece by which a secret is suspected, and from one place to the next that is looked at: what has
#: `SHORTEST` characters has a whole piece in it, wherever it stands.
_PIECE = 4
_STEP = SHORTEST - _PIECE + 1
#: What looks like a value that a machine has made up, and like no word.
_RANDOM = re.compile(r"(?=.*\d)[\w.+/=~-]{20,}", re.ASCII)
#: JSON alone, or behind the packet type of Engine.IO and Socket.IO (`42["event", {...}]`).
_JSON = re.compile(r"\s*(?P<packet>\d*(?:/[^,\[{]*,)?\d*)(?P<json>[\[{].*)", re.DOTALL)
#: A value behind a name, which even a short secret is looked for as.
_VALUE = re.compile(r"(?<=[=:])(\s*[\"']?)([^\s&;,\"'<>)\]}=:]{1,5})(?![^\s&;,\"'<>)\]}])")


class Redactor:
    """Masks payloads. What it returns is a copy; it never raises, for it runs where a failure would hide another."""

    def __init__(self) -> None:
        self._learned: set[str] = set()
        self._short: set[str] = set()
        """What is masked only behind a name."""
        self._lengths: dict[str, list[int]] = {}
        """Beginning -> how long what begins so can be that is masked inside other text too, the longest first."""
        self._pieces: set[str] = set()
        """Pieces of the beginnings, of which each text that has a beginning has one at every `_STEP`-th place."""
        self._outcomes: dict[str, str] = {}
        """Of short texts, since the last one was learned: names and ids come again and again, under load above all."""

    def learn(self, value: str | None) -> None:
        """Mask this literal value from now on, wherever it turns up and in whatever disguise (`disguises`)."""
        if not value or value in self._learned:
            return
        forms = disguises(value) - self._learned
        self._learned |= forms
        self._short |= {form for form in forms if len(form) < SHORTEST}
        for form in forms - self._short:
            lengths = self._lengths.setdefault(form[:SHORTEST], [])
            if len(form) not in lengths:  # of tokens, which all begin alike, there are thousands in a run
                lengths.append(len(form))
                lengths.sort(reverse=True)
            self._pieces |= {form[place : place + _PIECE] for place in range(_STEP)}
        self._outcomes = {}  # another one, for a thread may be about to put into this one what it has masked without it

    def redact(self, payload: Any) -> Any:
        """A copy of `payload` (any nesting of mappings, sequences, text and bytes) with its secrets masked."""
        try:
            return self._copy(payload)
        except Exception:  # a payload that cannot be walked must not be kept, nor break the run
            return f"{MASK} (a {type(payload).__name__} that could not be redacted)"

    def text(self, text: str) -> str:
        """`redact` for what is known to be text."""
        return str(self.redact(text))

    def again(self, text: str) -> str:
        """`text` for what was masked when it was written: what has been learned since is masked as well."""
        return self._without_known(_spelled_out(text))

    def excerpt(self, text: str, length: int) -> str:
        """The beginning of a text, cut after it was masked: half a secret would not be known again."""
        return self.text(text[: length + LONGEST_SECRET])[:length]

    def _copy(self, payload: Any) -> Any:
        if payload is None or isinstance(payload, bool | int | float):
            return payload
        if isinstance(payload, str):
            return self._text(payload)
        if isinstance(payload, bytes | bytearray):
            return self._text(bytes(payload).decode(errors="replace"))
        if isinstance(payload, Mapping):
            for name, value in payload.items():
                self._learn_named(name, value)
            return {self._copy(key): self._field(key, value) for key, value in payload.items()}
        if isinstance(payload, list | tuple | set | frozenset):
            return self._items(list(payload))
        if dataclasses.is_dataclass(payload) and not isinstance(payload, type):
            return self._copy({field.name: getattr(payload, field.name) for field in dataclasses.fields(payload)})
        return self._text(str(payload))

    def _learn_named(self, name: Any, value: Any) -> None:
        """Learn a secret that a field is named for: the link beside a token, and the request to it, have it too."""
        if isinstance(name, str) and isinstance(value, str) and is_secret(name) and _RANDOM.fullmatch(value):
            self.learn(value)

    def _field(self, name: Any, value: Any) -> Any:
        return self._masked(name, value) if isinstance(name, str) and is_secret(name) else self._copy(value)

    def _masked(self, name: str, value: Any) -> Any:
        """A secret's value with every leaf masked; a session that tells more than its token is no secret as a whole."""
        told = isinstance(value, Mapping | list | tuple | set | frozenset)
        return self._copy(value) if told and name.lower() == "session" else _masked(value)

    def _items(self, items: list[Any]) -> list[Any]:
        if len(items) == 2 and isinstance(items[0], str) and is_secret(items[0]) and not isinstance(items[1], Mapping):
            return [items[0], _masked(items[1])]  # a header as a pair
        return [self._copy(item) for item in items]

    def _text(self, text: str) -> str:
        if len(text) > LONGEST_REMEMBERED:
            return self._of_text(text)
        outcomes = self._outcomes
        if (known := outcomes.get(text)) is None:
            known = self._of_text(text)
            if len(outcomes) < MOST_REMEMBERED:
                outcomes[text] = known
        return known

    def _of_text(self, text: str) -> str:
        text = _spelled_out(text)
        if text in self._learned:
            return MASK
        found = _JSON.fullmatch(text)
        if found and (inside := _json(found["json"])) is not None:
            copy = self._copy(inside)
            return text if copy == inside else found["packet"] + json.dumps(copy, ensure_ascii=False)
        text = self._without_known(text)
        return _remembered(text) if len(text) <= LONGEST_REMEMBERED else shapeless(text)

    def _without_known(self, text: str) -> str:
        text = self._without_learned(text)
        return _VALUE.sub(self._without_short, text) if self._short else text

    def _without_learned(self, text: str) -> str:
        """The text without what has been learned: one look at every third place, however much that is."""
        kept, done = [], 0
        for near in self._suspicious(text):
            for place in range(max(done, near - _STEP + 1), near + 1):
                if form := self._standing_at(text, place):
                    kept += [text[done:place], MASK]
                    done = place + len(form)
                    break
        return "".join(kept) + text[done:] if kept else text

    def _standing_at(self, text: str, place: int) -> str | None:
        """What has been learned and stands at this place, the longest of it."""
        lengths = self._lengths.get(text[place : place + SHORTEST], ())
        forms = (text[place : place + length] for length in lengths)
        return next((one for one in forms if one in self._learned and not _is_part_of_number(text, place, one)), None)

    def _suspicious(self, text: str) -> list[int]:
        """The places near which something may begin that has been learned."""
        pieces = self._pieces
        if not pieces:
            return []
        return [place for place in range(0, len(text) - _PIECE + 1, _STEP) if text[place : place + _PIECE] in pieces]

    def _without_short(self, found: re.Match[str]) -> str:
        return found[1] + MASK if found[2] in self._short else found[0]


#: The run's own: whatever anybody learns in this process is masked in all that it writes.
everywhere = Redactor()


def _spelled_out(text: str) -> str:
    """The text without halves of characters, which JSON can carry and no file can."""
    return text if text.isascii() else text.encode(errors="backslashreplace").decode()


def _is_part_of_number(text: str, place: int, form: str) -> bool:
    """Whether digits that were learned (a login code) are here some of a longer number's."""
    around = text[place - 1 : place] + text[place + len(form) : place + len(form) + 1]
    return form.isdigit() and any(sign.isalnum() or sign == "." for sign in around)


#: Remembered: names and ids come again and again under load.
_remembered = lru_cache(maxsize=4096)(shapeless)


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return None


def _masked(value: Any) -> Any:
    """The same shape with every leaf masked. Blank stays blank, a number of tokens is no secret of anybody."""
    if isinstance(value, Mapping):
        return {key: _masked(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_masked(inner) for inner in value]
    return value if value in ("", None) or isinstance(value, bool | int | float) else MASK
