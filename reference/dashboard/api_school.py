"""HTTP: what happens in a school, and what its dashboard reads (contracts/dashboard.md, 2.7 and 2.8)."""

from aiohttp import web

from reference.dashboard import forms, http
from reference.dashboard.api import Api
from reference.kit.forms import filled_in
from reference.kit.postgres import Row


class SchoolApi(Api):
    """Students, classes, settings, and the reads of the dashboard."""

    def routes(self) -> list[web.RouteDef]:
        """Where it is all reached."""
        here, reads = "/api/accounts", "/api/accounts/school-dashboard/{school:\\d+}"
        return [
            web.post(f"{here}/students/create_student/", self.register_student),
            web.patch(f"{here}/schools/{{school:\\d+}}/settings/", self.set_settings),
            web.post("/api/finances/api/sessions/", self.create_class),
            web.patch("/api/finances/api/sessions/{number:\\d+}/", self.end_class),
            web.patch(f"{reads}/", self.rename),
            web.get(f"{reads}/metrics/", self.metrics),
            web.get(f"{reads}/activity/", self.activity),
        ]

    async def register_student(self, request: web.Request) -> web.Response:
        """A new student."""
        sent = await filled_in(forms.NewStudent, request)
        await self.manager(request, sent.school_id)
        student = await self.inside.school.register_student(sent.school_id, sent.name, sent.email)
        if student is None:
            raise http.invalid("email", "A user with this email already exists.")
        shown = {key: student[key] for key in ("id", "name", "email")}
        return web.json_response({"message": "Student created.", "user": shown}, status=201)

    async def create_class(self, request: web.Request) -> web.Response:
        """A class of one of the school's teachers."""
        plan = await filled_in(forms.NewClass, request)
        school, teacher = plan.school, plan.teacher
        await self.manager(request, school)
        await self._check_teaches(teacher, school)
        planned = await self.inside.school.create_class(await self._user(teacher), school, plan.model_dump())
        return web.json_response({"id": planned["id"], "status": planned["status"]}, status=201)

    async def _check_teaches(self, user: int, school: int) -> None:
        if not await self.inside.accounts.belongs(user, school, ("teacher",)):
            raise http.invalid("teacher", "This user is no teacher at this school.")

    async def end_class(self, request: web.Request) -> web.Response:
        """A class is over, or will not be."""
        await self.session(request)
        status = (await filled_in(forms.ClassEnd, request)).status
        planned = await self.inside.school.planned_class(int(request.match_info["number"]))
        if planned is None:
            raise http.denied(404, "Not found.")
        await self.manager(request, planned["school_id"])
        await self.inside.school.end_class(planned, await self._user(planned["teacher_id"]), status)
        return web.json_response({"id": planned["id"], "status": status})

    async def set_settings(self, request: web.Request) -> web.Response:
        """The settings of a school, and what it says of itself."""
        school = int(request.match_info["school"])
        requester = await self.manager(request, school)
        sent = await filled_in(forms.Settings, request)
        wanted = {f"settings.{name}": value for name, value in sent.settings.items()}
        wanted |= {f"school.{name}": value for name, value in sent.school_profile.items()}
        await self.inside.school.set_settings(requester, school, wanted)
        return web.json_response(sent.model_dump())

    async def rename(self, request: web.Request) -> web.Response:
        """Another name for a school."""
        school = int(request.match_info["school"])
        requester = await self.manager(request, school)
        name = (await filled_in(forms.SchoolChanges, request)).name
        await self.inside.school.rename(requester, school, name)
        return web.json_response({"id": school, "name": name})

    async def metrics(self, request: web.Request) -> web.Response:
        """The school's figures."""
        school = await self._own_school(request)
        return web.json_response(await self.inside.metrics.overview(school))

    async def activity(self, request: web.Request) -> web.Response:
        """A page of the activity feed, newest first; a page past the end is the last one."""
        school = await self._own_school(request)
        try:
            page = max(1, int(request.query.get("page", "1")))
            size = min(100, max(1, int(request.query.get("page_size", "20"))))
        except ValueError as error:
            raise http.RejectedError("page and page_size must be integers") from error
        kinds = [kind for kind in request.query.get("activity_types", "").split(",") if kind] or None
        count = await self.inside.chronicle.count(school, kinds)
        last = max(1, -(-count // size))
        page = min(page, last)
        answer = {
            "count": count,
            "next": f"?page={page + 1}" if page < last else None,
            "previous": f"?page={page - 1}" if page > 1 else None,
            "results": await self.inside.chronicle.feed(school, size, (page - 1) * size, kinds),
        }
        return web.json_response(answer)

    async def _own_school(self, request: web.Request) -> int:
        """The school that is asked for; who does not manage it does not learn whether there is one."""
        school = int(request.match_info["school"])
        user = await self.user(request)
        if not await self.inside.accounts.manages(user["id"], school):
            raise http.denied(404, "Not found.")
        return school

    async def _user(self, number: int) -> Row:
        user = await self.inside.accounts.user(number)
        assert user is not None
        return user
