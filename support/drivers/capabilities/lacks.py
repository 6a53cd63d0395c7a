"""What a system of a document has nothing of, though the document demands it."""

from typing_extensions import Protocol, runtime_checkable

from support.drivers.kit.read_only import reads_only


@runtime_checkable
class KnowsItsLacks(Protocol):
    """says beforehand what it has nothing of"""

    @reads_only
    def must_have(self, feature: str) -> None: ...
