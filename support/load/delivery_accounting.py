"""What became of each message: an account in which every figure is counted apart and all of them add up."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field


@dataclass
class DeliveryAccount:
    """Messages by id.

    A message that was sent is acknowledged (the system took it over), refused (it said that it did not), or unknown (no
    answer: it may or may not have it). Only what was acknowledged can be lost.
    """

    sent: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    refused: dict[str, str] = field(default_factory=dict)
    """Why, by id."""
    deliveries: Counter[str] = field(default_factory=Counter)

    @property
    def unknown(self) -> set[str]:
        """Sent, and never answered."""
        return self.sent - self.acknowledged - self.refused.keys()

    @property
    def delivered(self) -> set[str]:
        """Of those sent, what has reached its receiver, once or more."""
        return self.sent & self.deliveries.keys()

    @property
    def lost(self) -> set[str]:
        """Acknowledged, and never delivered."""
        return self.acknowledged - self.deliveries.keys()

    @property
    def duplicated(self) -> set[str]:
        """Delivered more than once."""
        return {id for id, times in self.deliveries.items() if times > 1}

    @property
    def unasked(self) -> set[str]:
        """Delivered, though never sent or refused."""
        return {id for id in self.deliveries if id not in self.sent or id in self.refused}

    def merge(self, other: "DeliveryAccount") -> None:
        """Add what another generator counted; no id is in both."""
        self.sent |= other.sent
        self.acknowledged |= other.acknowledged
        self.refused |= other.refused
        self.deliveries += other.deliveries

    def __str__(self) -> str:
        figures = {
            "sent": self.sent, "acknowledged": self.acknowledged, "refused": self.refused, "unknown": self.unknown,
            "delivered": self.delivered, "duplicated": self.duplicated, "lost": self.lost,
        }  # fmt: skip
        return ", ".join(f"{len(ids)} {name}" for name, ids in figures.items())


def some(ids: Collection[str], most: int = 10) -> str:
    """The first few of many ids, in words."""
    shown = ", ".join(sorted(ids)[:most])
    return shown if len(ids) <= most else f"{shown} and {len(ids) - most} more"
