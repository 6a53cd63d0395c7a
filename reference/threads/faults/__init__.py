"""The seeded faults of the ThreadFileSharing server, by topic."""

from reference.threads.faults import (
    connections,
    conversation,
    doors,
    errors,
    limits,
    load,
    messages,
    outages,
    receipts,
    recovery,
    rooms,
    uploads,
)
from reference.threads.faults.registry import FAULTS

__all__ = [
    "FAULTS",
    "connections",
    "conversation",
    "doors",
    "errors",
    "limits",
    "load",
    "messages",
    "outages",
    "receipts",
    "recovery",
    "rooms",
    "uploads",
]
