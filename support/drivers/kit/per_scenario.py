"""What a driver keeps for each scenario by itself."""

from collections.abc import Callable
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from support.core.transcript import Transcript

T = TypeVar("T")


class PerScenario(Generic[T]):
    """One thing for each scenario, made when it is first asked for, and gone with the scenario.

    Args:
        make: makes it.
    """

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._things: WeakKeyDictionary[Transcript, T] = WeakKeyDictionary()

    def __getitem__(self, transcript: Transcript) -> T:
        """The thing of the scenario that has this transcript."""
        if transcript not in self._things:
            self._things[transcript] = self._make()
        return self._things[transcript]
