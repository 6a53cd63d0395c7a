"""Reading the fields of a request, and saying all that is wrong with them at once."""

import json
import re
from typing import Any

from aiohttp import web

from reference.broker.refusals import Invalid
from reference.kit.parts import part

_MISSING: Any = object()
_WHOLE = re.compile(r"-?[0-9]{1,18}")


@part
class Fields:
    """The fields of one request. Read them, then `check`."""

    values: dict[str, Any]  # by name

    def __post_init__(self) -> None:
        self._problems: list[tuple[str, str]] = []

    @classmethod
    async def of(cls, request: web.Request) -> "Fields":
        """The fields of a request's JSON object.

        Raises:
            Invalid: its body is none.
        """
        try:
            values = json.loads(await request.text())
        except ValueError:
            raise Invalid(("body", "JSON decode error")) from None
        if not isinstance(values, dict):
            raise Invalid(("body", "Input should be a valid object"))
        return cls(values)

    def complain(self, name: str, says: str) -> None:
        """Note that a field is wrong."""
        self._problems.append((name, says))

    def check(self) -> None:
        """See that nothing was wrong.

        Raises:
            Invalid: something was.
        """
        if self._problems:
            raise Invalid(*self._problems)

    def text(self, name: str, least: int = 1, most: int = 255, default: Any = _MISSING) -> Any:
        """A string of `least` to `most` characters; absent or null it is the default, if there is one."""
        value = self.values.get(name)
        if value is None and default is not _MISSING:
            return default
        if not isinstance(value, str):
            self.complain(name, "Input should be a valid string" if name in self.values else "Field required")
        elif not least <= len(value) <= most:
            self.complain(name, f"String should have {least} to {most} characters")
        elif not _can_be_kept(value):
            self.complain(name, "String should be valid Unicode without null characters")
        return value

    def number(self, name: str, least: int, most: int, default: Any = _MISSING) -> Any:
        """A whole number from `least` to `most`, also as text; absent it is the default, if there is one."""
        value = self.values.get(name, default)
        if value is _MISSING:
            self.complain(name, "Field required")
            return 0
        if isinstance(value, str) and _WHOLE.fullmatch(value):
            value = int(value)
        if type(value) is not int or not least <= value <= most:
            self.complain(name, f"Input should be a whole number from {least} to {most}")
        return value

    def flag(self, name: str) -> bool:
        """True or false."""
        value = self.values.get(name)
        if not isinstance(value, bool):
            self.complain(name, "Input should be a valid boolean")
        return value is True

    def mapping(self, name: str) -> dict[str, Any]:
        """An object; absent or null it is empty."""
        value = self.values.get(name)
        if value is not None and not isinstance(value, dict):
            self.complain(name, "Input should be a valid object")
            return {}
        return value or {}


def _can_be_kept(text: str) -> bool:
    # JSON can escape halves of characters, which no encoding has.
    return "\0" not in text and text.encode(errors="ignore").decode() == text
