"""The messages of the school dashboard: from the wire into words of the domain, judged by form as they are read.

Contract: contracts/dashboard.md, section 3.2.
"""

import json
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, Field, ValidationError, field_validator

from support.core.events import Answered, Arrival, Declined, Figure, InvitationStatus, Malformed, News
from support.core.redaction import everywhere
from support.drivers.clients.websocket import Frame
from support.drivers.kit.event_table import EventTable

#: What the deployed system calls what can happen -> `support.core.events.HAPPENINGS`.
KINDS = {
    "invitation_sent": "invited",
    "invitation_accepted": "accepted",
    "invitation_declined": "declined",
    "student_joined": "student",
    "teacher_joined": "teacher",
    "class_created": "class",
    "class_completed": "completed",
    "class_cancelled": "cancelled",
    "settings_updated": "settings",
}
#: Those of which one is told who did it, or whose class it is.
_ACTORS = ("class_created", "class_completed", "class_cancelled", "settings_updated")
#: What it calls the figures -> what a scenario calls them.
FIGURES = {
    "student_count": "student",
    "teacher_count": "teacher",
    "active_classes": "class",
    "pending_invitations": "pending invitation",
}


class _Person(BaseModel):
    id: int
    name: str = Field(min_length=1)
    email: str
    role: str | None


class _Target(BaseModel):
    type: Literal["user", "class", "invitation"]
    id: int
    name: str = Field(min_length=1)


class _Activity(BaseModel):
    id: UUID
    activity_type: str = Field(min_length=1)
    timestamp: AwareDatetime
    actor: _Person | None
    target: _Target | None
    metadata: dict[str, Any]
    description: str = Field(min_length=1)

    @field_validator("timestamp")
    @classmethod
    def _is_utc(cls, value: datetime) -> datetime:
        if value.utcoffset() != timedelta(0):
            raise ValueError("not in UTC")
        return value


class _Figure(BaseModel):
    total: int = Field(ge=0)
    change: int


class _Status(BaseModel):
    invitation_id: str
    old_status: str
    new_status: str
    accepted_by: dict[str, Any] | None = None


class DashboardParser:
    """Reads what one connection hears.

    Args:
        names: what the deployment calls `activity`, `figures` and `invitation status`; left out is what it never sends.
        role: how the scenario calls the owner of an e-mail address, or of a name.
    """

    def __init__(self, names: Mapping[Any, str], role: Callable[[str], str]) -> None:
        self._role = role
        readers = {"activity": self.activity, "figures": _figures, "invitation status": _status}
        named = {names[what]: read for what, read in readers.items() if what in names}
        self._events = EventTable({"pong": lambda _: Answered(), **named}, _first_fault)
        self._ids: set[UUID] = set()

    def read(self, frame: Frame) -> list[Arrival]:
        """What a frame tells. Something in the wrong form is an arrival too: `Malformed`."""
        try:
            message = json.loads(frame)
        except ValueError:
            return [Malformed(f"not JSON: {everywhere.excerpt(str(frame), 80)!r}")]
        if not isinstance(message, dict) or not isinstance(message.get("type"), str):
            return [Malformed("it does not say of which type it is")]
        if message["type"] == "error" and isinstance(message.get("message"), str):
            return [Declined(message["message"])]
        if not isinstance(message.get("data"), dict) or len(message) != 2:
            return [Malformed(f"{message['type']} does not carry its data, and nothing else")]
        kind = message["type"]
        return (
            self._events.read(kind, message["data"])
            if kind in self._events
            else [Malformed(f"there is no type {kind!r}")]
        )

    def activity(self, data: dict[str, Any]) -> list[Arrival]:
        """What an entry of the activity feed tells; nothing for kinds that no scenario speaks of.

        Raises:
            ValidationError: it is not in the agreed form.
        """
        entry = _Activity.model_validate(data)
        if entry.actor is None:
            return [Malformed(f"{entry.activity_type} does not tell who did it")]
        if entry.id in self._ids:
            return [Malformed(f"{entry.activity_type} has an id that was used before"), *self._news(entry)]
        self._ids.add(entry.id)
        return self._news(entry)

    def _news(self, entry: _Activity) -> list[Arrival]:
        if entry.activity_type not in KINDS:
            return []
        about = str(entry.metadata.get("email") or (entry.target.name if entry.target else ""))
        if entry.activity_type in _ACTORS and entry.actor:
            about = entry.actor.email
        told = KINDS[entry.activity_type], self._role(about), _minutes(entry.metadata.get("duration"))
        changed = frozenset(map(str, entry.metadata.get("changed_fields") or ()))
        return [News(*told, position=entry.actor.role if entry.actor else None, changed=changed)]


def _minutes(hours: Any) -> float | None:
    """How long a class lasts that is told to last so many hours."""
    try:
        return round(60 * float(hours), 1)
    except (TypeError, ValueError):
        return None


def _first_fault(error: Exception, kind: str) -> Malformed:
    """What is wrong with a message, by the first that its form finds fault with."""
    if not isinstance(error, ValidationError):
        return Malformed.by(error, kind)
    first = error.errors()[0]
    return Malformed(f"{kind}: {'.'.join(map(str, first['loc']))}: {first['msg'].lower()}")


def _figures(data: dict[str, Any]) -> list[Arrival]:
    read = {name: _Figure.model_validate(value) for name, value in data.items()}
    changed = {name: one for name, one in read.items() if one.change}
    if strange := changed.keys() - FIGURES.keys():
        return [Malformed(f"there is no figure {sorted(strange)[0]!r}")]
    return [Figure(FIGURES[name], one.total, one.change) for name, one in changed.items()]


def _status(data: dict[str, Any]) -> list[Arrival]:
    status = _Status.model_validate(data)
    return [InvitationStatus(status.old_status, status.new_status)]
