"""Figures about the whole system."""

from typing import Any

from reference.broker.main.database import Database
from reference.broker.main.queue import Queue
from reference.kit.parts import part

_STATUSES = "select status, count(*) as number from messages group by status"
_CLIENTS = """
select count(*) as total_clients, count(*) filter (where status = 'active') as active_clients,
    count(*) filter (where status = 'revoked') as revoked_clients from clients"""
_RECENT = """
select count(*) filter (where created_at > now() - interval '1 day') as messages_last_24h,
    count(*) filter (where created_at > now() - interval '7 days') as messages_last_7d,
    count(*) filter (where created_at > now() - interval '30 days') as messages_last_30d from messages"""


@part
class Statistics:
    """Counts messages and clients."""

    database: Database  # where they are kept
    queue: Queue  # what still waits

    async def now(self) -> dict[str, Any]:
        """All figures. Raises `Rejected` (503) without database."""
        by_status = await self.statuses()
        return {
            "total_messages": sum(by_status.values()),
            "messages_by_status": by_status,
            **(await self.database.row(_CLIENTS) or {}),
            **(await self.database.row(_RECENT) or {}),
            "queue_length": await self.queue.length(),
        }

    async def statuses(self) -> dict[str, int]:
        """How many messages are in which state."""
        return {line["status"]: line["number"] for line in await self.database.rows(_STATUSES)}
