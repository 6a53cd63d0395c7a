"""What the hooks of a run tell its report, and what they ask of it. One run, one session, in each process."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from support.config.known_failures import KnownFailure
from support.core.redaction import Redactor, everywhere
from support.reporting.outcome import Status


class Sink(Protocol):
    """Keeps attachments: the Allure formatter."""

    def attach(self, name: str, body: str | bytes, kind: str) -> None: ...


class Amender(Protocol):
    """Changes verdicts after the fact, and keeps troubles outside the scenarios: the runner."""

    def amend(self, name: str, status: Status, message: str) -> None: ...
    def note(self, where: str, error: Exception) -> None: ...


@dataclass
class ReportingContext:
    """Set by `environment.py`, read by the formatters.

    `products` gives the product name to a system tag; `drivers` the driver or dialect in use to a system tag, so that
    the same scenario against two systems is two histories; `requirement_url` leads to a requirement's page;
    `tested` says to a system tag what was tested, if that is not simply our own reference back end;
    `in_words` calls the people of the scenario that runs by their names in it.
    """

    redactor: Redactor = field(default_factory=lambda: everywhere)
    known: list[KnownFailure] = field(default_factory=list)
    products: dict[str, str] = field(
        default_factory=lambda: {
            "chat": "I See Cubes chat server",
            "dashboard": "Aprende Comigo school dashboard",
            "training": "ChatTrain",
            "broker": "Message Broker System",
            "threads": "ThreadFileSharing",
        }
    )
    drivers: dict[str, str] = field(default_factory=dict)
    requirement_url: str = "../trace.html#{id}"
    tested: dict[str, str] = field(default_factory=dict)
    in_words: Callable[[str], str] = str
    sink: Sink | None = None
    amender: Amender | None = None


session = ReportingContext()
