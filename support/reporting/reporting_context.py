"""What the hooks of a run tell its report, and what they ask of it. The runner owns it: one run, one of these."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from support.config.known_failures import KnownFailure
from support.core.redaction import Redactor
from support.reporting.results import Results


class Sink(Protocol):
    """Keeps attachments: the Allure formatter."""

    def attach(self, name: str, body: str | bytes, kind: str = "text") -> None: ...


@dataclass
class ReportingContext:
    """The hooks have it as `context.reporting`, the formatters from the run's beginning.

    `results` is the store of all verdicts. `products` gives the product name to a system tag; `drivers` the driver or
    dialect in use to a system tag, so that the same scenario against two systems is two histories; `requirement_url`
    leads to a requirement's page; `tested` says to a system tag what was tested, if that is not simply our own
    reference back end; `in_words` calls the people of the scenario that runs by their names in it; `stood_still` is how
    many seconds the suite served nobody while it ran.
    """

    results: Results = field(default_factory=Results)
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
    stood_still: float = 0.0
    sink: Sink | None = None

    @property
    def redactor(self) -> Redactor:
        """What masks all that is written."""
        return self.results.redactor

    def attach(self, name: str, body: str | bytes, kind: str = "text") -> None:
        """Attach something to the scenario that is running, below the step that is running, if one is; from anywhere.

        Args:
            name: its title in the report.
            body: text is redacted on the way; bytes are kept as they are, so they must hold nothing secret.
            kind: text, json, csv, html, svg, png, xml or another of Allure's attachment types.

        Without an Allure formatter, or between scenarios, there is nowhere to keep it and it is dropped.
        """
        if self.sink:
            self.sink.attach(name, body, kind)
