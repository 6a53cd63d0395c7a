"""One user of a scenario, as drivers and their clients have to know them."""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Self

from support.core.inbox import Inbox
from support.core.people import People
from support.core.transcript import Lifeline, Transcript


@dataclass(frozen=True)
class ScenarioUser:
    """Whom a client acts for.

    Args:
        role: the name in the scenario, "user A".
        people: the accounts of all users of the scenario.
        transcript: the scenario's record.
        inbox: where arrivals go.
    """

    role: str
    people: People
    transcript: Transcript
    inbox: Inbox

    @property
    def login(self) -> str:
        """What the system knows this user by."""
        return self.people.login(self.role)

    @cached_property
    def lifeline(self) -> Lifeline:
        """This user's part of the record."""
        return self.transcript.of(self.role)

    def on_connection(self, number: int) -> Self:
        """The same user on another connection, with an inbox of its own; the first connection is number 1."""
        inbox = Inbox(f"{self.role} on connection {number}", self.transcript.began, self.inbox.said)
        return replace(self, inbox=inbox)
