"""A crowd that is told things, and what it has shown."""

from dataclasses import dataclass, field

from support.load.measurement import Measurement


@dataclass
class Audience:
    """Many people, or many screens, and a user who tells them things.

    Args:
        speaker: who tells, in the scenario's words.
        listeners: who is told.
        place: where.
        server: which process serves all of it, in the scenario's words.
        memory: bytes that the server held before they came.
    """

    speaker: str
    listeners: list[str]
    place: str
    server: str
    memory: int | None = None
    measured: Measurement = field(default_factory=Measurement)
    """Deliveries, each from the planned moment until it was at one listener; and the answers to requests."""
    grown: int = 0
    """Bytes of memory that the server has held at most beyond what it held before they came."""
    processor: float = 0.0
    """Share of one processor that the server has used meanwhile."""

    @property
    def missing(self) -> list[str]:
        """What a listener did not get, or got more than once, in words; before it what failed, which may be why."""
        deliveries = self.measured.account.deliveries
        counts = {id: deliveries[id] for id in sorted(self.measured.account.sent)}
        wrong = [f"message {id} came {times} times" for id, times in counts.items() if times != 1]
        failed = [f"{why} (failed {times} times)" for why, times in self.measured.failures.most_common()]
        return [*failed, *wrong] if wrong else []
