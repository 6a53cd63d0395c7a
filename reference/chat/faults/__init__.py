"""The seeded faults of the chat server, by topic."""

from reference.kit.faults import Faults

FAULTS = Faults()
