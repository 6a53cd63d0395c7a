"""What the parts of the main server's API share."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from reference.broker.callers import Callers
from reference.broker.main.access import Access
from reference.broker.main.certificates import Certificates
from reference.broker.main.database import Database
from reference.broker.main.messages import Messages
from reference.broker.main.metrics import Metrics
from reference.broker.main.queue import Queue
from reference.broker.main.statistics import Statistics
from reference.broker.main.users import Users
from reference.broker.times import wire
from reference.kit.parts import part
from reference.kit.postgres import Row


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


def shown_user(user: Row) -> dict[str, Any]:
    """A user as the API shows them."""
    kept = ("id", "email", "role", "client_id", "is_active")
    return {name: user[name] for name in kept} | {
        "created_at": wire(user["created_at"]),
        "last_login": wire(user["last_login"]),
    }
