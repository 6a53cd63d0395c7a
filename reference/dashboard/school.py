"""What goes on in a school besides invitations: students, classes, settings."""

import json
from datetime import date, time
from typing import Any

from reference.dashboard.chronicle import Change, Chronicle, user_target
from reference.dashboard.database import Database
from reference.kit.parts import part
from reference.kit.postgres import Row, one, row


@part
class School:
    """Registers students, plans classes, keeps settings."""

    database: Database  # where it is kept
    chronicle: Chronicle  # how the school learns of it

    async def register_student(self, school: int, name: str, email: str) -> Row | None:
        """A new user who is a student of the school; None if the e-mail address is taken."""
        async with self.chronicle.change(school) as change:
            student = await row(
                change.connection,
                "insert into accounts_customuser (name, email) values (%s, %s) on conflict do nothing returning *",
                *(name, email),
            )
            if student is None:
                return None
            membership = await one(
                change.connection,
                "insert into accounts_schoolmembership (user_id, school_id, role) "
                "values (%s, %s, 'student') returning *",
                *(student["id"], school),
            )
            metadata = {"role": "student", "joined_at": membership["joined_at"].isoformat()}
            description = f"{name} joined as a student"
            await change.activity("student_joined", student, user_target(student), metadata, description)
            return student

    async def create_class(self, teacher: Row, school: int, plan: dict[str, Any]) -> Row:
        """Plan a class of a teacher: date, start and end time, session type, grade level, students."""
        async with self.chronicle.change(school) as change:
            planned = await one(
                change.connection,
                'insert into finances_classsession (teacher_id, school_id, "date", start_time, end_time, session_type, '
                "grade_level, students) values (%s, %s, %s, %s, %s, %s, %s, %s) returning *",
                *(teacher["id"], school, plan["date"], plan["start_time"], plan["end_time"]),
                *(plan["session_type"], plan["grade_level"], json.dumps(plan["students"])),
            )
            metadata = _class_metadata(planned) | {"duration": str(_hours(planned))}
            description = f"{teacher['name']} planned a class"
            await change.activity("class_created", teacher, _class_target(planned), metadata, description)
            return planned

    async def planned_class(self, number: int) -> Row | None:
        """The class of that number."""
        return await self.database.row("select * from finances_classsession where id = %s", number)

    async def end_class(self, planned: Row, teacher: Row, status: str) -> None:
        """Let a class be `completed` or `cancelled`; without effect if it is over."""
        async with self.chronicle.change(planned["school_id"]) as change:
            sql = (
                "update finances_classsession set status = %s where id = %s and status = 'scheduled' returning students"
            )
            ended = await row(change.connection, sql, status, planned["id"])
            if ended is None:
                return
            metadata = _class_metadata(planned)
            if status == "completed":
                metadata |= {"duration": str(_hours(planned)), "student_count": len(ended["students"])}
            description = f"A class of {teacher['name']} was {status}"
            await change.activity(f"class_{status}", teacher, _class_target(planned), metadata, description)

    async def set_settings(self, requester: Row, school: int, wanted: dict[str, Any]) -> None:
        """Set settings; the school learns of those that really change."""
        async with self.chronicle.change(school) as change:
            known = await one(change.connection, "select settings from accounts_school where id = %s", school)
            changed = [name for name, value in wanted.items() if known["settings"].get(name) != value]
            if not changed:
                return
            sql = "update accounts_school set settings = settings || %s where id = %s"
            await row(change.connection, sql, json.dumps(wanted), school)
            await _tell_changes(change, requester, changed)

    async def rename(self, requester: Row, school: int, name: str) -> None:
        """Give a school another name; it learns of it if it is another."""
        async with self.chronicle.change(school) as change:
            sql = "update accounts_school set name = %s where id = %s and name <> %s returning id"
            if await row(change.connection, sql, name, school, name):
                await _tell_changes(change, requester, ["school.name"])


async def _tell_changes(change: Change, requester: Row, changed: list[str]) -> None:
    description = f"{requester['name']} changed the settings"
    await change.activity("settings_updated", requester, None, {"changed_fields": changed}, description)


def _class_metadata(planned: Row) -> dict[str, Any]:
    day: date = planned["date"]
    return {key: planned[key] for key in ("grade_level", "session_type")} | {"date": day.isoformat()}


def _class_target(planned: Row) -> dict[str, Any]:
    return {"type": "class", "id": planned["id"], "name": f"Grade {planned['grade_level']} class"}


def _hours(planned: Row) -> float:
    start: time = planned["start_time"]
    end: time = planned["end_time"]
    return round((end.hour - start.hour) + (end.minute - start.minute) / 60, 2)
