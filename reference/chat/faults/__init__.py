"""The seeded faults of the chat server, by topic."""

from reference.chat.faults import accounts, bots, cache, databases, delivery, doors, keep_alive, presence, restart
from reference.chat.faults.registry import FAULTS

__all__ = ["FAULTS", "accounts", "bots", "cache", "databases", "delivery", "doors", "keep_alive", "presence", "restart"]
