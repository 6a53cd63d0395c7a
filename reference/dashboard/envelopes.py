"""The messages that a dashboard receives (contracts/dashboard.md, section 3.2)."""

from typing import Any

Event = dict[str, Any]


class Envelopes:
    """Wraps what has happened for the wire."""

    def activity(self, activity: dict[str, Any]) -> Event:
        """A new entry of the activity feed."""
        return self.event("activity_new", activity)

    def figures(self, before: dict[str, int], after: dict[str, int]) -> Event:
        """The school's figures, each with what has been added or taken away."""
        changed = {name: {"total": total, "change": total - before[name]} for name, total in after.items()}
        return self.event("metrics_update", changed)

    def invitation_status(self, invitation: int, old: str, new: str, accepted_by: dict[str, Any] | None) -> Event:
        """An invitation has gone from one status to another."""
        data = {"invitation_id": str(invitation), "old_status": old, "new_status": new, "accepted_by": accepted_by}
        return self.event("invitation_status_update", data)

    def event(self, kind: str, data: dict[str, Any]) -> Event:
        """The envelope of everything that happens."""
        return {"type": kind, "data": data}

    def error(self, message: str) -> Event:
        """The answer to a client's frame that cannot be served."""
        return {"type": "error", "message": message}
