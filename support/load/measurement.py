"""What a load has shown, and whether it can be believed."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from support.core.errors import InvalidMeasurement
from support.load.delivery_accounting import DeliveryAccount
from support.load.histogram import Durations

#: Of the limit that is judged: how late the generator may itself be, at the 99th percentile.
LATENESS_SHARE = 0.05
#: Of what was planned: how much has to have been sent.
SENT_SHARE = 0.99


@dataclass
class Measurement:
    """One load, or several merged.

    Answers and deliveries count from the planned moment.
    """

    planned: int = 0
    seconds: float = 0.0
    answers: Durations = field(default_factory=Durations)
    deliveries: Durations = field(default_factory=Durations)
    lateness: Durations = field(default_factory=Durations)
    """How late the generator itself was."""
    failures: Counter[str] = field(default_factory=Counter)
    """What failed, by reason."""
    unknown: int = 0
    """Of those that failed, how many got no answer: whether the system has taken them is not known."""
    unanswered: int = 0
    """Still under way when the time to drain was up."""
    account: DeliveryAccount = field(default_factory=DeliveryAccount)
    waits: list[tuple[float, float]] = field(default_factory=list)
    """Of each answer: when it was planned, in seconds from the beginning, and how long it took."""
    journeys: list[tuple[float, float]] = field(default_factory=list)
    """The same of each delivery."""
    kept: list[Any] = field(default_factory=list)
    """What the actions have returned, such as receipts."""

    @property
    def sent(self) -> int:
        return self.lateness.count

    @property
    def succeeded(self) -> int:
        return self.answers.count

    @property
    def refused(self) -> int:
        """How many the system said no to, or answered with nonsense."""
        return self.failures.total() - self.unknown

    @property
    def rate(self) -> float:
        """Things sent each second."""
        return self.sent / self.seconds if self.seconds else 0.0

    def answered(self, moment: float, wait: float) -> None:
        """Note an answer that was planned at `moment` and took `wait`, both in seconds."""
        self.answers.record(wait)
        self.waits.append((moment, wait))

    def delivered(self, moment: float, wait: float) -> None:
        """Note a delivery of what was planned at `moment`, which took `wait`, both in seconds."""
        self.deliveries.record(wait)
        self.journeys.append((moment, wait))

    @property
    def lasted(self) -> float:
        """Seconds from the beginning until the last answer or delivery was there."""
        return max([self.seconds, *(moment + wait for moment, wait in self.waits + self.journeys)])

    def merge(self, other: "Measurement") -> None:
        """Add what another generator measured at the same time."""
        self.planned += other.planned
        self.seconds = max(self.seconds, other.seconds)
        self.answers.merge(other.answers)
        self.deliveries.merge(other.deliveries)
        self.lateness.merge(other.lateness)
        self.failures += other.failures
        self.unknown += other.unknown
        self.unanswered += other.unanswered
        self.account.merge(other.account)
        self.waits += other.waits
        self.journeys += other.journeys
        self.kept += other.kept

    def beside(self, other: "Measurement") -> None:
        """Add what the same generator did beside this, of which no answers count."""
        self.planned += other.planned
        self.lateness.merge(other.lateness)
        self.failures += other.failures
        self.unknown += other.unknown
        self.unanswered += other.unanswered

    def believable(self, limit: float | None = None, *, kept: bool = False) -> None:
        """See that this can be judged, by a limit of so many seconds if it is one of time.

        Args:
            kept: whether that limit was kept. All counts from the planned moment, so a late generator can only have
                made it longer: what kept to the limit all the same is believed.

        Raises:
            InvalidMeasurement: it cannot; says why, and what to do.
        """
        advice = "use fewer users for each core, more workers, or a machine that does nothing else"
        if self.sent < SENT_SHARE * self.planned:
            raise InvalidMeasurement(
                f"invalid, neither passed nor failed: of {self.planned} planned only {self.sent} were sent; {advice}"
            )
        late = self.lateness.percentile(99)
        if limit is not None and not kept and late > LATENESS_SHARE * limit:
            raise InvalidMeasurement(
                f"invalid, neither passed nor failed: the generator itself was {late * 1000:.0f} ms late at the 99th "
                f"percentile, more than 5 % of the limit of {limit:g} s; {advice}"
            )

    def figures(self) -> list[str]:
        """All of it in words, a line each."""
        lines = [
            f"planned {self.planned}, sent {self.sent} in {self.seconds:.1f} s ({self.rate:.1f} a second)",
            f"answers {self.answers}" if self.answers.count else "",
            f"deliveries {self.deliveries}" if self.deliveries.count else "",
            f"generator late {self.lateness}",
            f"account {self.account}" if self.account.sent else "",
            "failed " + ", ".join(f"{why}: {times}" for why, times in self.failures.most_common(5))
            if self.failures else "",
            f"{self.unanswered} unanswered" if self.unanswered else "",
        ]  # fmt: skip
        return [line for line in lines if line]

    def __str__(self) -> str:
        return "; ".join(self.figures())
