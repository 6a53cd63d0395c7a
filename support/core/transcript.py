"""The record of one scenario: who said what to whom, and when. Redacted as it is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from support.core import clock
from support.core.redaction import Redactor

SENT, HEARD, DID, BEGAN = "->", "<-", "**", "=="

#: Characters of a text that are kept. To mask a megabyte takes so long that connections through us stand still.
LONGEST_TEXT = 20_000

#: Who does what no person of the scenario does: setting up, breaking things, asking whether the system is there.
EARSHOT = "Earshot"


@dataclass(frozen=True)
class Exchange:
    """One line of the transcript.

    `at` is in seconds since the scenario began; `direction` is `->` for sent, `<-` for heard, `**` for something done
    to the system (a restart, a cut link) and `==` for a step that begins; `channel` names the transport; `aim` says
    what a user wants who turns to the system ("send a message"), as far as the driver tells.
    """

    at: float
    who: str
    direction: str
    channel: str
    what: str
    payload: Any = None
    aim: str = ""


@dataclass(eq=False)  # each is one of its own
class Transcript:
    """All exchanges of a scenario in order."""

    redactor: Redactor
    began: float = field(default_factory=clock.now)
    ended: float | None = None
    exchanges: list[Exchange] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)
    """Who is not recorded: one of a crowd, of whom only figures count."""
    _aims: dict[str, str] = field(default_factory=dict)

    def close(self) -> None:
        """End the record: what comes later belongs to no scenario."""
        self.ended = clock.now()

    def follows(self, who: str) -> bool:
        """Whether what a user says and hears is kept."""
        return self.ended is None and who not in self.left_out

    def record(self, who: str, direction: str, channel: str, what: str, payload: Any = None) -> Exchange | None:
        """Add a line. The payload is masked before it is kept: nothing secret is ever in a transcript.

        Of a text that is longer than `LONGEST_TEXT` the beginning is kept, and how long it was.

        Returns:
            The line; None of a user who is not followed.
        """
        if not self.follows(who):
            return None
        kept, aim = self.redactor.redact(self._shortened(payload)), self._aims.pop(who, "") if direction == SENT else ""
        line = Exchange(clock.now() - self.began, who, direction, channel, self.redactor.redact(what), kept, aim)
        self.exchanges.append(line)
        return line

    def _shortened(self, payload: Any) -> Any:
        if isinstance(payload, Mapping):
            return {name: self._shortened(value) for name, value in payload.items()}
        if isinstance(payload, list | tuple):
            return [self._shortened(item) for item in payload]
        if not isinstance(payload, str | bytes) or len(payload) <= LONGEST_TEXT:
            return payload
        text = payload if isinstance(payload, str) else payload.decode(errors="replace")
        return f"{self.redactor.excerpt(text, LONGEST_TEXT)}… ({len(payload):,} in all)"

    def completes(self, line: Exchange, part: str, what: Any) -> None:
        """Put into a line's payload what is known only later, such as the headers that a library has added."""
        if isinstance(line.payload, dict):
            line.payload[part] = self.redactor.redact(what)

    def aims(self, who: str, aim: str) -> None:
        """Say what a user wants with what they send next: "send a message"."""
        self._aims[who] = aim

    def of(self, who: str) -> "Lifeline":
        """The part of one user."""
        return Lifeline(who, self)

    def did(self, what: str) -> None:
        """Add something that was done to the system under test."""
        self.record(EARSHOT, DID, "control", what)

    def began_step(self, step: str) -> None:
        """Add that a step of the scenario begins."""
        self.record("the scenario", BEGAN, "step", step)

    def __str__(self) -> str:
        return "\n".join(_line(exchange) for exchange in self.exchanges)


@dataclass(frozen=True)
class Lifeline:
    """One user's part of a transcript: what is recorded here is recorded in their name."""

    who: str
    transcript: Transcript

    @property
    def followed(self) -> bool:
        """Whether what they say and hear is kept."""
        return self.transcript.follows(self.who)

    def aims(self, aim: str) -> None:
        """See `Transcript.aims`."""
        self.transcript.aims(self.who, aim)

    def record(self, direction: str, channel: str, what: str, payload: Any = None) -> Exchange | None:
        """See `Transcript.record`."""
        return self.transcript.record(self.who, direction, channel, what, payload)


def _line(exchange: Exchange) -> str:
    payload = "" if exchange.payload is None else f"  {exchange.payload!r}"
    return (
        f"{exchange.at:8.3f}s  {exchange.who:<12} {exchange.direction} {exchange.channel:<9} {exchange.what}{payload}"
    )
