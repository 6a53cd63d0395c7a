"""From a name on the wire to what it means: an explicit table of the events that a driver understands."""

from collections.abc import Callable, Mapping
from typing import Any

from support.core.events import Arrival, Malformed

#: What one event tells: nothing, one thing, or several.
Told = Arrival | list[Arrival] | None
#: What reads an event's content. It may trip over what is not built as agreed.
Parser = Callable[[Any], Told]
#: What a parser trips over.
NOT_AS_AGREED = (LookupError, TypeError, ValueError, AttributeError)


class EventTable:
    """Reads the events that stand in a table, and no others: what a server calls something else is nobody's business.

    Args:
        parsers: the event's name -> what reads it.
    """

    def __init__(self, parsers: Mapping[str, Parser]) -> None:
        self._parsers = parsers

    def __contains__(self, event: object) -> bool:
        return event in self._parsers

    def read(self, event: str, content: Any) -> list[Arrival]:
        """What an event tells, in words of the domain; `Malformed` for one that is not built as agreed."""
        parser = self._parsers.get(event)
        if parser is None:
            return []
        try:
            told = parser(content)
        except NOT_AS_AGREED as error:
            return [Malformed.by(error, event.replace("_", " "))]
        if isinstance(told, list):
            return told
        return [told] if told else []
