"""Parts: the classes that a server is put together from, each of which a seeded fault can replace."""

from dataclasses import dataclass
from typing import TypeVar, dataclass_transform

T = TypeVar("T")


@dataclass_transform(eq_default=False)
def part(kind: type[T]) -> type[T]:
    """Make a class a part: its fields are what it is put together from; it equals itself alone, and shows no secret."""
    return dataclass(eq=False, repr=False)(kind)


class Parts:
    """The classes that a server is put together from.

    Args:
        replacements: subclasses to use in place of the clean parts they derive from.
    """

    def __init__(self, *replacements: type) -> None:
        self._replacements = replacements

    def of(self, part: type[T]) -> type[T]:
        """The class to use for `part`: a replacement if there is one, else itself."""
        return next((other for other in self._replacements if issubclass(other, part)), part)
