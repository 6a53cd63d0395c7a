"""What a scenario has dispatched: the messages that were accepted, and what was on the meters before."""

from dataclasses import dataclass, field

from support.core.errors import NotSupported
from support.drivers.capabilities.delivery import Receipt
from support.drivers.capabilities.portal import Listed
from support.load.measurement import Measurement
from support.load.metrics_sampler import Lines


@dataclass
class Findings:
    """What was found; nothing in a list or an empty text means that nothing is wrong."""

    python: dict[str, tuple[int, int]] = field(default_factory=dict)
    """On which Python each component says to run."""
    untold: list[str] = field(default_factory=list)
    """Components that answer, and do not say on what they run."""
    unheard: list[str] = field(default_factory=list)
    """Components that did not answer when they were asked on what they run."""
    down: list[str] = field(default_factory=list)
    silent: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    """What could not be imported, in the words of the logs."""
    stores: dict[str, str] = field(default_factory=dict)
    """What is wrong with each store."""
    places: frozenset[str] = frozenset()
    """What the database has a place for."""
    certificates: dict[str, str] = field(default_factory=dict)
    """What is wrong with each certificate."""
    logs: dict[str, int] = field(default_factory=dict)
    """How long each log is."""
    seen: set[str] = field(default_factory=set)
    """The pieces that were looked at, by the names of `support.scenario.tasks.deployment_checks`."""
    out_of_reach: dict[str, NotSupported] = field(default_factory=dict)
    """Why what could not be looked at; see `support.scenario.tasks.deployment_checks`."""


@dataclass
class Dispatch:
    """Kept by a scenario, for its `Then` steps."""

    receipts: list[Receipt] = field(default_factory=list)
    """Of all messages that were accepted."""
    before: frozenset[str] = frozenset()
    """Messages of the scenario's people that are none of its own: who is lent has sent some in others."""
    in_vain: set[str] = field(default_factory=set)
    """Messages that were waited for, and did not come to what they should."""
    submitted_at: float = 0.0
    """When the last message was submitted, on `clock.now()`."""
    figures: dict[str, dict[str, float]] = field(default_factory=dict)
    """What each component counted, when a user looked first."""
    totals: dict[str, int] = field(default_factory=dict)
    """What the system as a whole counted then."""
    overview: dict[str, int] | None = None
    """What the portal's overview counted, when a user looked first; then with what there was to be counted."""
    known: list[Listed] = field(default_factory=list)
    """The messages of the scenario's people at that time."""
    clients: frozenset[str] = frozenset()
    """Who of the cast was there at that time."""
    findings: Findings = field(default_factory=Findings)
    """What going through the deployment has shown."""
    measured: Measurement | None = None
    """The load that was played."""
    lines: Lines = field(default_factory=dict)
    """What was looked at while it was; see `support.scenario.tasks.message_load`."""
    connections: int = 0
    """How many connections to the database there may be."""
