"""What a refusal means that comes in words or by a name, as HTTP's do by a status (`support.drivers.kit.statuses`)."""

from collections.abc import Collection
from dataclasses import dataclass

from support.drivers.capabilities import Rejected, Unavailable


@dataclass(frozen=True)
class Refusals:
    """The rule, as one protocol needs it.

    Args:
        for_now: by which of its names a server says that it cannot serve now.
    """

    for_now: Collection[str]

    def refusal(self, name: object, words: object = "") -> Rejected:
        """The server's no: its name on the wire, and what is said with it; `Unavailable` if it is one for now."""
        said = f"{name}: {words}" if words else str(name)
        return Unavailable(said) if str(name) in self.for_now else Rejected(said)
