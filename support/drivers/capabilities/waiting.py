"""How long a system makes people wait by rules of its own."""

from typing_extensions import Protocol, runtime_checkable


@runtime_checkable
class MakesWait(Protocol):
    """makes people wait by rules of its own, such as a limit on requests or an interval between attempts"""

    @property
    def longest_wait(self) -> float:
        """Seconds that all that one step does may wait for by these rules."""
