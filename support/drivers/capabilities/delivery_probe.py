"""What crash schedules need of a system: that it acknowledges messages, and shows what has become of them."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from typing_extensions import Protocol, runtime_checkable

from support.drivers.kit.user_pool import Member


@dataclass(frozen=True)
class Found:
    """What has become of messages, by the ids under which they were acknowledged."""

    arrived: Counter[str]
    """How often each has come to whom it was for."""
    given_up: frozenset[str] = field(default=frozenset())
    """Those of which the system itself says that it could not deliver them."""


class DeliveryProbe(Protocol):
    """A user who writes messages, and those whom they are for, while the system may crash at any moment."""

    async def write(self, text: str) -> str:
        """Write a message and wait until the system has acknowledged it, signing in anew if need be.

        Args:
            text: what to say; no other message says the same.

        Returns:
            The message's id.

        Raises:
            Rejected: the system says that it has not taken the message, or it was never sent.
            Unavailable, Unreachable: it is not known whether it has.
        """

    async def found(self, messages: Collection[str]) -> Found:
        """What has become of these messages by now; those who were cut off come back first, if that is possible."""


@runtime_checkable
class ProbesDelivery(Protocol):
    """acknowledges messages, and shows afterwards what has become of them"""

    probe_users: Sequence[str]
    """Who takes part, in the words of scenarios; the first one writes."""
    longest_outage: float
    """Seconds that a process may be away without the system rightly giving messages up."""

    async def delivery_probe(self, people: Sequence[Member]) -> DeliveryProbe:
        """Bring the people together, in the order of `probe_users`, while all is well."""
        ...
