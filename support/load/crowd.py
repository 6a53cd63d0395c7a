"""A crowd in one place, and what it has shown."""

from dataclasses import dataclass, field

from support.load.durations import Durations
from support.load.measurement import Measurement


@dataclass
class Crowd:
    """Many people who are online in one place together with somebody who talks to them.

    Args:
        speaker: who talks, in the scenario's words.
        listeners: who listens.
        place: where.
        memory: bytes that the server held before they came.
    """

    speaker: str
    listeners: list[str]
    place: str
    memory: int
    said: dict[str, float] = field(default_factory=dict)
    """What was said -> when it was due, on `clock.now()`."""
    deliveries: Durations = field(default_factory=Durations)
    """From the planned moment of each message until it was at each listener."""
    missing: list[str] = field(default_factory=list)
    """What somebody did not get, or got twice, in words."""
    requests: Measurement = field(default_factory=Measurement)
    grown: int = 0
    """Bytes of memory that the server holds more than before they came."""
    processor: float = 0.0
    """Share of one processor that the server has used meanwhile."""
