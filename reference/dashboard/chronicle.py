"""What happens in a school: stored, written into its activity feed, then told to all who listen, in one order."""

import json
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from reference.dashboard.broadcaster import Broadcaster
from reference.dashboard.database import Database
from reference.dashboard.envelopes import Envelopes, Event
from reference.dashboard.metrics import Metrics
from reference.kit.parts import part
from reference.kit.postgres import Connection, Row, one, row

Person = dict[str, Any]
Target = dict[str, Any]

_INSERT = """
insert into accounts_schoolactivity (id, school_id, activity_type, actor, target, metadata, description)
values (%s, %s, %s, %s, %s, %s, %s) returning *
"""


def user_target(user: Row) -> Target:
    """A user as what an activity is about."""
    return {"type": "user", "id": user["id"], "name": user["name"]}


@part
class Change:
    """One change of a school under way: everything in it is stored together, and told when it is."""

    connection: Connection
    school: int
    envelopes: Envelopes

    def __post_init__(self) -> None:
        self.events: list[Event] = []

    async def activity(
        self, kind: str, actor: Row, target: Target | None, metadata: dict[str, Any], description: str
    ) -> None:
        """Write an entry into the activity feed."""
        values = (json.dumps(value) for value in (await self._person(actor), target, metadata))
        entry = await one(self.connection, _INSERT, uuid.uuid4(), self.school, kind, *values, description)
        self.events.append(self.envelopes.activity(wire_form(entry)))

    def invitation_status(self, invitation: Row, new: str, accepted_by: Row | None = None) -> None:
        """Tell that an invitation has a new status."""
        who = {key: accepted_by[key] for key in ("id", "name", "email")} if accepted_by else None
        self.events.append(self.envelopes.invitation_status(invitation["id"], invitation["status"], new, who))

    async def _person(self, user: Row) -> Person:
        sql = "select role from accounts_schoolmembership where user_id = %s and school_id = %s and is_active limit 1"
        found = await row(self.connection, sql, user["id"], self.school)
        return {key: user[key] for key in ("id", "name", "email")} | {"role": found["role"] if found else None}


@part
class Chronicle:
    """The one way to change a school."""

    database: Database  # where it is stored
    metrics: Metrics  # the figures that a change may move
    broadcaster: Broadcaster  # how it is told
    envelopes: Envelopes  # in which form

    @asynccontextmanager
    async def change(self, school: int) -> AsyncIterator[Change]:
        """Change a school: all of it or, if the block raises, nothing, and then no listener hears of it.

        The school's lock is held until the change is told as well: so listeners learn of changes in the order in which
        they are stored, whichever process makes them.
        """
        async with self.database.locked(school) as connection:
            async with connection.transaction():
                before = await self.metrics.figures(connection, school)
                change = Change(connection, school, self.envelopes)
                yield change
                after = await self.metrics.figures(connection, school)
            await self.tell(school, change.events + self.figures_moved(before, after))

    def figures_moved(self, before: dict[str, int], after: dict[str, int]) -> list[Event]:
        """What to tell about the school's figures: nothing, if none has moved."""
        return [self.envelopes.figures(before, after)] if after != before else []

    async def tell(self, school: int, events: list[Event]) -> None:
        """Tell all who listen to this school; once that fails, the rest is only in the activity feed too."""
        for event in events:
            if not await self.broadcaster.publish(school, event):
                return

    async def feed(self, school: int, limit: int, offset: int, kinds: list[str] | None) -> list[dict[str, Any]]:
        """Entries of the activity feed, newest first."""
        sql = (
            "select * from accounts_schoolactivity where school_id = %s and (%s::text[] is null "
            "or activity_type = any(%s)) order by number desc limit %s offset %s"
        )
        return [wire_form(entry) for entry in await self.database.rows(sql, school, kinds, kinds, limit, offset)]

    async def count(self, school: int, kinds: list[str] | None) -> int:
        """How many entries the activity feed has."""
        sql = (
            "select count(*) as entries from accounts_schoolactivity "
            "where school_id = %s and (%s::text[] is null or activity_type = any(%s))"
        )
        found = await self.database.row(sql, school, kinds, kinds)
        return int(found["entries"]) if found else 0


def wire_form(entry: Row) -> dict[str, Any]:
    """An entry of the activity feed as it is told and read (contract 3.2)."""
    return {
        "id": str(entry["id"]),
        "activity_type": entry["activity_type"],
        "timestamp": entry["timestamp"].strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
        "actor": entry["actor"],
        "target": entry["target"],
        "metadata": entry["metadata"],
        "description": entry["description"],
    }
