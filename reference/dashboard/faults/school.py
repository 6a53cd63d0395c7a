"""Faults in classes, settings, figures and the activity feed (step 7, and beyond it)."""

import json
from typing import Any

from aiohttp import web

from reference.dashboard.api_school import SchoolApi
from reference.dashboard.chronicle import Chronicle
from reference.dashboard.envelopes import Envelopes, Event
from reference.dashboard.faults import FAULTS
from reference.dashboard.faults.messages import without
from reference.dashboard.http import ApiError
from reference.dashboard.metrics import Metrics
from reference.dashboard.school import School
from reference.kit.postgres import Connection, Row


@FAULTS.seed("silent-about-completion", "does not tell that a class has been completed", "DASH-003.X11")
class SilentAboutCompletion(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        await super().tell(school, without("class_completed", events))


@FAULTS.seed("silent-about-cancelling", "does not tell that a class has been cancelled", "DASH-003.X11")
class SilentAboutCancelling(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        await super().tell(school, without("class_cancelled", events))


@FAULTS.seed("counts-classes-that-are-over", "goes on counting classes that are over", "DASH-003.X11")
class CountsClassesThatAreOver(Metrics):
    async def figures(self, connection: Connection, school: int) -> dict[str, int]:
        sql = b"select count(*) as classes from finances_classsession where school_id = %s"
        found = await (await connection.execute(sql, [school])).fetchone() or {}
        return await super().figures(connection, school) | {"active_classes": found["classes"]}


@FAULTS.seed("ends-classes-twice", "completes a class that has been completed", "DASH-003.X11")
class EndsClassesTwice(School):
    async def end_class(self, planned: Row, teacher: Row, status: str) -> None:
        sql = "update finances_classsession set status = 'scheduled' where id = %s"
        await self.database.rows(sql, planned["id"])
        await super().end_class(planned, teacher, status)


@FAULTS.seed("plans-classes-of-anybody", "lets classes be planned of users who do not teach", "DASH-003.7 DASH-003.P6")
class PlansClassesOfAnybody(SchoolApi):
    async def _check_teaches(self, user: int, school: int) -> None:
        pass


class _LetsAnybody(SchoolApi):
    """Lets everybody who is signed in do one thing in every school: what ends a path like this."""

    path = ""

    async def manager(self, request: web.Request, school: int) -> Row:
        return await (self.user(request) if self.path in request.path else super().manager(request, school))


@FAULTS.seed("lets-anybody-end-classes", "lets anybody end the classes of any school", "DASH-003.F2")
class LetsAnybodyEndClasses(SchoolApi):
    async def manager(self, request: web.Request, school: int) -> Row:
        return await (self.user(request) if request.method == "PATCH" else super().manager(request, school))


@FAULTS.seed("lets-anybody-register-students", "lets anybody register students at any school", "DASH-003.F2")
class LetsAnybodyRegisterStudents(_LetsAnybody):
    path = "/students/"


@FAULTS.seed("lets-anybody-change-settings", "lets anybody change the settings of any school", "DASH-003.F2")
class LetsAnybodyChangeSettings(_LetsAnybody):
    path = "/settings/"


@FAULTS.seed("shows-figures-to-anybody", "shows the figures of a school to everybody who is signed in", "DASH-003.F2")
class ShowsFiguresToAnybody(SchoolApi):
    async def _own_school(self, request: web.Request) -> int:
        if not request.path.endswith("/metrics/"):
            return await super()._own_school(request)
        await self.user(request)
        return int(request.match_info["school"])


@FAULTS.seed("silent-about-settings", "does not tell that the settings have been changed", "DASH-003.X12")
class SilentAboutSettings(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        await super().tell(school, without("settings_updated", events))


@FAULTS.seed("silent-about-names", "does not tell that the school is called otherwise", "DASH-003.X12")
class SilentAboutNames(School):
    async def rename(self, requester: Row, school: int, name: str) -> None:
        await self.database.rows("update accounts_school set name = %s where id = %s", name, school)


@FAULTS.seed("tells-the-same-settings", "tells of settings that are as they were", "DASH-003.X12")
class TellsTheSameSettings(School):
    async def set_settings(self, requester: Row, school: int, wanted: dict[str, Any]) -> None:
        await self.database.rows("update accounts_school set settings = '{}' where id = %s", school)
        await super().set_settings(requester, school, wanted)


@FAULTS.seed("reads-wrong-figures", "shows the students as teachers where figures are read", "DASH-003.X15")
class ReadsWrongFigures(Metrics):
    async def overview(self, school: int) -> dict[str, Any]:
        shown = await super().overview(school)
        return shown | {"teacher_count": shown["student_count"], "student_count": shown["teacher_count"]}


@FAULTS.seed("ends-the-feed-early", "does not say that the activity feed has a second page", "DASH-003.9 DASH-003.P8")
class EndsTheFeedEarly(Chronicle):
    async def count(self, school: int, kinds: list[str] | None) -> int:
        return min(20, await super().count(school, kinds))


@FAULTS.seed("fails-at-unknown-classes", "breaks over a class that does not exist", "DASH-003.X16")
class FailsAtUnknownClasses(School):
    async def planned_class(self, number: int) -> Row | None:
        return await super().planned_class(number) or {}


@FAULTS.seed("breaks-on-cut-off-requests", "breaks over a student in a request that is cut off", "DASH-003.X16")
class BreaksOnCutOffRequests(SchoolApi):
    async def register_student(self, request: web.Request) -> web.Response:
        json.loads(await request.text())
        return await super().register_student(request)


@FAULTS.seed("shows-figures-without-a-token", "shows the figures of a school to any caller", "DASH-003.F2")
class ShowsFiguresWithoutAToken(SchoolApi):
    async def _own_school(self, request: web.Request) -> int:
        try:
            return await super()._own_school(request)
        except ApiError as refusal:
            if refusal.status != 401 or not request.path.endswith("/metrics/"):
                raise
            return int(request.match_info["school"])


@FAULTS.seed("leads-past-the-feed", "leads from the last page of the activity feed to another", "DASH-003.X19")
class LeadsPastTheFeed(SchoolApi):
    async def activity(self, request: web.Request) -> web.Response:
        answer = await super().activity(request)
        shown = json.loads(answer.text or "{}")
        further = f"?page={int(request.query.get('page', '1')) + 1}"
        return web.json_response(shown | {"next": shown["next"] or further})


@FAULTS.seed("completes-today", "counts classes of any day as completed today", "DASH-003.X15")
class CompletesToday(Metrics):
    async def overview(self, school: int) -> dict[str, Any]:
        shown = await super().overview(school)
        sql = "select count(*) as classes from finances_classsession where school_id = %s and status = 'completed'"
        ended = await self.database.one(sql, school)
        return shown | {"class_metrics": shown["class_metrics"] | {"completed_today": ended["classes"]}}


@FAULTS.seed(
    "shows-the-first-position", "shows a user in the first position that they have had anywhere", "DASH-003.X25"
)
class ShowsTheFirstPosition(Envelopes):
    def activity(self, activity: dict[str, Any]) -> Event:
        owner = {"role": "school_owner"} if activity["activity_type"] == "teacher_joined" else {}
        return super().activity(activity | {"actor": activity["actor"] | owner})


@FAULTS.seed("shows-all-settings", "shows all settings as changed that were sent", "DASH-003.X26")
class ShowsAllSettings(School):
    async def set_settings(self, requester: Row, school: int, wanted: dict[str, Any]) -> None:
        known = await self.database.one("select settings from accounts_school where id = %s", school)
        if any(known["settings"].get(name) != value for name, value in wanted.items()):
            await self.database.rows("update accounts_school set settings = '{}' where id = %s", school)
        await super().set_settings(requester, school, wanted)
