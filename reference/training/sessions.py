"""What is kept of training sessions: the sessions, their messages, and the feedback on each."""

import json
from dataclasses import asdict, dataclass
from typing import Any

from reference.kit.parts import part
from reference.training.database import Database, Row, now
from reference.training.scoring import Feedback


@dataclass(frozen=True)
class Session:
    """One user's way through one scenario."""

    id: int
    scenario_id: int
    user_id: str
    status: str
    created_at: str
    completed_at: str | None
    data: dict[str, Any]

    @property
    def is_completed(self) -> bool:
        return self.status == "completed"

    def public(self) -> dict[str, Any]:
        """As the wire shows it."""
        return asdict(self)

    def row(self) -> Row:
        """As `session_info` shows it: the row at rest, `data` as JSON text (contract 3.4)."""
        row = asdict(self)
        return row | {"data_json": json.dumps(row.pop("data"))}


@part
class Sessions:
    """The table of sessions."""

    database: Database

    async def create(self, scenario_id: int, user_id: str) -> Session:
        """A new, active session."""
        created = now()
        number = await self.database.write(
            "INSERT INTO sessions (scenario_id, user_id, created_at) VALUES (?, ?, ?)", scenario_id, user_id, created
        )
        return Session(number, scenario_id, user_id, "active", created, None, {})

    async def find(self, number: int) -> Session | None:
        """The session with this id."""
        if abs(number) >= 2**63:  # more than SQLite can compare with
            return None
        for row in await self.database.fetch("SELECT * FROM sessions WHERE id = ?", number):
            return Session(data=json.loads(row.pop("data_json")), **row)
        return None

    async def complete(self, session: Session, summary: dict[str, Any]) -> None:
        """Close a session with its summary."""
        await self.database.write(
            "UPDATE sessions SET status = 'completed', completed_at = ?, data_json = ? WHERE id = ?",
            now(),
            json.dumps(summary),
            session.id,
        )


@part
class Messages:
    """The table of messages."""

    database: Database

    async def add(self, session: Session, role: str, content: str, metadata: Any = None) -> int:
        """Keep a message and return its id."""
        kept = None if metadata is None else json.dumps(metadata)
        return await self.database.write(
            "INSERT INTO messages (session_id, role, content, timestamp, metadata_json) VALUES (?, ?, ?, ?, ?)",
            session.id,
            role,
            content,
            now(),
            kept,
        )

    async def of(self, session: Session) -> list[Row]:
        """A session's messages, oldest first."""
        return await self.database.fetch(
            "SELECT id, role, content, timestamp FROM messages WHERE session_id = ? ORDER BY id", session.id
        )


@part
class Feedbacks:
    """The table of feedback."""

    database: Database

    async def add(self, session: Session, message_id: int, feedback: Feedback) -> None:
        """Keep the feedback on a user's message."""
        await self.database.write(
            "INSERT INTO feedback (session_id, message_id, score, content, suggestions_json, timestamp)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            session.id,
            message_id,
            feedback.score,
            feedback.content,
            json.dumps(feedback.suggestions),
            now(),
        )

    async def of(self, session: Session) -> list[Row]:
        """A session's feedback, oldest first."""
        rows = await self.database.fetch(
            "SELECT message_id, score, content, suggestions_json, timestamp FROM feedback"
            " WHERE session_id = ? ORDER BY id",
            session.id,
        )
        return [{"suggestions": json.loads(row.pop("suggestions_json"))} | row for row in rows]
