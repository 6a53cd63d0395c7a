"""Parts of a server that remember which classes it was put together from."""

from typing import TypeVar

from reference.kit.parts import Parts

T = TypeVar("T")


class WatchedParts(Parts):
    """Knows which classes were asked for."""

    def __init__(self, *replacements: type) -> None:
        super().__init__(*replacements)
        self.used: set[type] = set()

    def of(self, part: type[T]) -> type[T]:
        chosen = super().of(part)
        self.used.add(chosen)
        return chosen
