"""A school's figures: as the dashboard reads them, and as they are compared before and after a change."""

from typing import Any

from reference.dashboard.database import Database
from reference.kit.parts import part
from reference.kit.postgres import Connection, Row, row

_FIGURES = """
select
    (select count(*) from accounts_schoolmembership
        where school_id = %(school)s and role = 'student' and is_active) as student_count,
    (select count(*) from accounts_schoolmembership
        where school_id = %(school)s and role = 'teacher' and is_active) as teacher_count,
    (select count(*) from finances_classsession
        where school_id = %(school)s and status = 'scheduled') as active_classes,
    (select count(*) from accounts_schoolinvitation
        where school_id = %(school)s and status = 'pending') as pending_invitations
"""
_MEMBERS = """
select count(*) as total, count(*) filter (where is_active) as active, count(*) filter (where not is_active) as inactive
from accounts_schoolmembership where school_id = %s and role = %s
"""
_JOINED = """
select count(m.id) as members
from generate_series(%(last)s - 1, 0, -1) as ago
left join accounts_schoolmembership m on m.school_id = %(school)s and m.role = %(role)s
    and m.joined_at <= now() - ago * %(step)s::interval
group by ago order by ago desc
"""
_CLASSES = """
select count(*) filter (where status = 'scheduled') as active_classes,
    count(*) filter (where status = 'completed' and "date" = current_date) as completed_today,
    count(*) filter (where status = 'scheduled' and "date" = current_date) as scheduled_today,
    count(*) filter (where status = 'completed') as completed,
    count(*) filter (where status <> 'scheduled') as ended
from finances_classsession where school_id = %s
"""
_INVITATIONS = """
select count(*) as sent, count(*) filter (where status = 'accepted') as accepted,
    coalesce(extract(epoch from avg(accepted_at - created_at)), 0)::bigint as seconds
from accounts_schoolinvitation where school_id = %s
"""


@part
class Metrics:
    """Counts what there is in a school."""

    database: Database  # where it is counted

    async def figures(self, connection: Connection, school: int) -> dict[str, int]:
        """The figures whose change is told at once, as this transaction sees them."""
        cursor = await connection.execute(_FIGURES.encode(), {"school": school})
        return dict(await cursor.fetchone() or {})

    async def overview(self, school: int) -> dict[str, Any]:
        """All figures of a dashboard (contract 2.8)."""
        async with self.database.connection() as connection:
            classes = await row(connection, _CLASSES, school) or {}
            invitations = await row(connection, _INVITATIONS, school) or {}
            return {
                "student_count": await self._members(connection, school, "student"),
                "teacher_count": await self._members(connection, school, "teacher"),
                "class_metrics": {
                    name: classes[name] for name in ("active_classes", "completed_today", "scheduled_today")
                }
                | {"completion_rate": _percent(classes["completed"], classes["ended"])},
                "engagement_metrics": _engagement(invitations),
            }

    async def _members(self, connection: Connection, school: int, role: str) -> dict[str, Any]:
        counts: dict[str, Any] = await row(connection, _MEMBERS, school, role) or {}
        steps = {"daily": (7, "1 day"), "weekly": (4, "1 week"), "monthly": (6, "1 month")}
        counts["trend"] = {
            name: await self._joined(connection, school, role, last, step) for name, (last, step) in steps.items()
        }
        return counts

    async def _joined(self, connection: Connection, school: int, role: str, last: int, step: str) -> list[int]:
        values = {"school": school, "role": role, "last": last, "step": step}
        cursor = await connection.execute(_JOINED.encode(), values)
        return [found["members"] for found in await cursor.fetchall()]


def _engagement(invitations: Row) -> dict[str, Any]:
    minutes, seconds = divmod(invitations["seconds"], 60)
    hours, minutes = divmod(minutes, 60)
    return {
        "invitations_sent": invitations["sent"],
        "invitations_accepted": invitations["accepted"],
        "acceptance_rate": _percent(invitations["accepted"], invitations["sent"]),
        "avg_time_to_accept": f"{hours:02}:{minutes:02}:{seconds:02}",
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 1) if whole else 0.0
