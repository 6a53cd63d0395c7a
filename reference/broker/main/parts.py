"""What the parts of the main server's API share."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from reference.broker.callers import Callers
from reference.broker.fields import Fields
from reference.broker.main.access import Access
from reference.broker.main.certificates import Certificates
from reference.broker.main.database import Database
from reference.broker.main.messages import STATUSES, Messages
from reference.broker.main.metrics import Metrics
from reference.broker.main.queue import Queue
from reference.broker.main.statistics import Statistics
from reference.broker.main.users import Users
from reference.broker.refusals import Invalid
from reference.broker.times import wire
from reference.kit.parts import part
from reference.kit.postgres import Row

#: As many rows as anybody gets at once.
_MOST_ROWS = 1000
_MOST_SKIPPED = 2**31


@dataclass(frozen=True)
class Inside:
    """The parts behind the API."""

    database: Database
    queue: Queue
    callers: Callers
    access: Access
    users: Users
    messages: Messages
    certificates: Certificates
    statistics: Statistics
    metrics: Metrics


@part
class Api:
    """A part of the API."""

    inside: Inside  # the parts behind it

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        raise NotImplementedError


def page(request: web.Request) -> tuple[int, int]:
    """How many rows a request wants skipped, and how many at most it wants. Raises `Invalid`."""
    fields = Fields(dict(request.query))
    skip, limit = fields.number("skip", 0, _MOST_SKIPPED, 0), fields.number("limit", 1, _MOST_ROWS, 100)
    fields.check()
    return skip, limit


def status_filter(request: web.Request) -> str | None:
    """The state of messages that a request is only after, if any. Raises `Invalid`."""
    wanted = request.query.get("status_filter") or None
    if wanted is not None and wanted not in STATUSES:
        raise Invalid(("status_filter", f"Input should be one of {', '.join(STATUSES)}"))
    return wanted


def shown_user(user: Row) -> dict[str, Any]:
    """A user as the API shows them."""
    kept = ("id", "email", "role", "client_id", "is_active")
    return {name: user[name] for name in kept} | {
        "created_at": wire(user["created_at"]),
        "last_login": wire(user["last_login"]),
    }
