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
    """Reads the events that stand in a table, and no others: what a server calls something else is left alone.

    Args:
        parsers: the event's name -> what reads it.
        malformed: puts into words what is wrong with an event, by what its parser has tripped over and its name.
    """

    def __init__(
        self, parsers: Mapping[str, Parser], malformed: Callable[[Exception, str], Malformed] = Malformed.by
    ) -> None:
        self._parsers = parsers
        self._malformed = malformed

    def __contains__(self, event: object) -> bool:
        return event in self._parsers

    def read(self, event: str, content: Any, called: str = "") -> list[Arrival]:
        """What an event tells, in words of the domain; `Malformed` for one that is not built as agreed.

        Args:
            event: its name on the wire.
            content: what came with it.
            called: what failures call it in place of its name.
        """
        parser = self._parsers.get(event)
        if parser is None:
            return []
        try:
            told = parser(content)
        except NOT_AS_AGREED as error:
            return [self._malformed(error, called or event)]
        if isinstance(told, list):
            return told
        return [] if told is None else [told]
