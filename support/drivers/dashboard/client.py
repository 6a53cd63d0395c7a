"""One person's client of the school dashboard: what one does in a school, on top of looking at its dashboard."""

import secrets
from collections.abc import Awaitable, Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from support.core.errors import Absent, NotSupported
from support.drivers.capabilities import Rejected
from support.drivers.clients.http import Answer
from support.drivers.dashboard.backend import ACCOUNTS
from support.drivers.dashboard.mistakes import UNKNOWN
from support.drivers.dashboard.records import DashboardRecords
from support.drivers.dashboard.school_member import SchoolMember

#: When a class is planned for, unless it is for today; it begins late, for no server has to plan what is over.
_DAY, _START = date(2030, 1, 7), time(22, 20)
POSITIONS = {"an admin": "school_admin", "a teacher": "teacher"}


class DashboardClient(DashboardRecords):
    """What one person does. Verbs raise `Rejected` when the server says no, `Unreachable` when it is silent."""

    async def appoint(self, whom: str, position: str) -> None:
        """Make a user a member of one's school (contract 2.7); a teacher in the way that makes one there."""
        if position == "a teacher" and self._backend.options.teachers_by == "invitation":
            return await self._win_over(whom)
        member = self._member(whom)
        answer = await self._appoint(member, self._me.school, position)
        member.school, member.owner, member.membership = self._me.school, self._me.owner, answer.field("id")
        member.positions[position] = answer.field("id")

    async def appoint_for_later(self, whom: str, position: str) -> None:
        """Make a user a member of one's school whose membership does not count yet (contract 2.7)."""
        member = self._member(whom)
        answer = await self._appoint(member, self._me.school, position, active=False)
        member.school, member.owner, member.membership = self._me.school, self._me.owner, answer.field("id")

    async def _appoint(self, member: SchoolMember, school: int, position: str, *, active: bool = True) -> Answer:
        body: dict[str, Any] = {"user_id": member.user, "school_id": school, "role": POSITIONS[position]}
        body |= {} if active else {"is_active": False}
        return await self._request("appoint a user", "POST", f"{ACCOUNTS}/school-memberships/", body)

    async def _win_over(self, whom: str) -> None:
        """Invite a user to teach, and have them accept, in a session apart from those of the scenario."""
        await self._invite(whom, self._me.school)
        token = await self._backend.steward(self._people.login(whom), self._transcript)
        member = self._member(whom)
        await self._accept(member, token)
        member.positions["a teacher"] = member.membership
        member.school, member.owner = self._me.school, self._me.owner

    async def dismiss(self, whom: str, how: str) -> None:
        """End a user's membership, or begin it again: `how` is one of the scenarios' `DISMISSALS`."""
        path = f"{ACCOUNTS}/school-memberships/{self._member(whom).membership}/"
        if how == "takes back":
            await self.appoint(whom, [*self._member(whom).positions][-1])
        elif how in ("suspends", "reinstates"):
            await self._request(f"have a member that one {how}", "PATCH", path, {"is_active": how == "reinstates"})
        else:
            await self._remove(self._member(whom).membership)

    async def end_position(self, whom: str, position: str) -> None:
        """Take one of their positions from a user who may have others."""
        await self._remove(self._member(whom).positions[position])

    async def _remove(self, membership: int | None) -> None:
        await self._request("remove a member", "DELETE", f"{ACCOUNTS}/school-memberships/{membership}/")

    async def invite(self, whom: str, position: str | None = None) -> None:
        """Invite a user to one's school, by default to teach (DASH-003, step 6; contract 2.6).

        Raises:
            Absent: there is no request to invite a user into this position.
        """
        if position not in (None, "a teacher") and self._backend.options.invite_by == "existing":
            raise Absent(f"request to invite a user as {position}")
        await self._invite(whom, self._me.school, role=POSITIONS[position or "a teacher"])
        self._member(whom).host = self._me if position else None

    async def invite_by_address(self, whom: str, address: str) -> None:
        """The same, with their address written in letters of one's choice."""
        await self._invite(whom, self._me.school, address=address)

    async def _invite(
        self, whom: str, school: int, by: str = "", role: str = "teacher", address: str | None = None
    ) -> None:
        invited = self._member(whom)
        body: dict[str, Any] = {"email": address or self._people.login(whom)}
        if (by or self._backend.options.invite_by) == "school":
            path = f"{ACCOUNTS}/schools/{school}/invitations/"
            body |= {"role": role, "message": "Welcome to our school!"}
        else:
            path = f"{ACCOUNTS}/teachers/invite_existing/"
            body |= {"school_id": school, "send_email": False}
        answer = await self._request("invite a user", "POST", path, body)
        invited.invitation, invited.answers_at = answer.field("invitation")["token"], "invitations"

    async def invite_together(self, whom: list[str]) -> None:
        """Invite several users to teach, by one request (contract 2.6)."""
        await self._invite_together(whom, self._me.school)

    async def _invite_together(self, whom: list[str], school: int) -> None:
        invited = {self._people.login(one): self._member(one) for one in whom}
        body = {"school_id": school, "invitations": [{"email": login} for login in invited]}
        answer = await self._request("invite several", "POST", f"{ACCOUNTS}/teachers/invite-bulk/", body)
        for sent in answer.field("invitations"):
            member = invited[sent["email"]]
            member.invitation, member.answers_at = sent["token"], "teacher-invitations"

    async def invite_user(self, whom: str) -> None:
        """Invite a user to teach, by the request for people who have an account (contract 2.6)."""
        await self._invite(whom, self._me.school, by="existing")

    async def invite_newcomer(self, address: str) -> None:
        """Invite a user by an e-mail address, by the request that DASH-003 names in step 6.

        Raises:
            Absent: there is no such request.
        """
        if self._backend.options.invite_by == "existing":
            raise Absent("request to invite a user who has no account")
        body = {"email": address, "role": "teacher", "message": "Welcome to our school!"}
        path = f"{ACCOUNTS}/schools/{self._me.school}/invitations/"
        await self._request("invite a newcomer", "POST", path, body)

    async def withdraw_invitation(self, whom: str) -> None:
        """Withdraw the last invitation of a user."""
        await self._withdraw(self._member(whom))

    async def _withdraw(self, member: SchoolMember) -> None:
        path = f"{ACCOUNTS}/invitations/{member.invitation}/cancel/"
        await self._request("withdraw an invitation", "POST", path, {})

    async def answer_invitation(self, how: str, of: str | None = None) -> None:
        """Answer the last invitation of oneself, or of another: "accepts" or "declines"."""
        invited = self._member(of or self._role)
        if how == "accepts":
            await self._accept(invited)
            invited.school = invited.host.school if invited.host else invited.school
            return
        path = f"{ACCOUNTS}/invitations/{invited.invitation}/decline/"
        await self._request("decline an invitation", "POST", path, {})

    async def _accept(self, member: SchoolMember, token: str | None = None) -> None:
        path = f"{ACCOUNTS}/{member.answers_at}/{member.invitation}/accept/"
        answer = await self._request("accept an invitation", "POST", path, {}, token=token)
        member.membership = (answer.field("school_membership") or {}).get("id")
        member.teacher = (answer.field("teacher") or {}).get("id")

    async def register_student(self, name: str) -> None:
        """Register a new student at one's school (contract 2.7)."""
        await self._register(name, self._me.school)

    @property
    def processes(self) -> int:
        """How many processes of the server we can tell apart."""
        return len(self._backend.processes)

    async def register_student_at(self, process: int, name: str) -> None:
        """Register a new student at one's school, by one of the server's processes, counted from 0."""
        await self._register(name, self._me.school, process=process)

    async def _register(self, name: str, school: int, token: str | None = None, process: int | None = None) -> None:
        body = {
            "name": name,
            "email": f"student.{secrets.token_hex(4)}@example.com",
            "school_id": school,
            "educational_system_id": self._backend.options.educational_system,
            "school_year": "7",
            "birth_date": "2012-05-04",
        }
        path = f"{ACCOUNTS}/students/create_student/"
        await self._request("register a student", "POST", path, body, token=token, process=process)

    async def plan_class(self, teacher: str, *, minutes: int = 60, today: bool = False) -> None:
        """Plan a class of one of the school's teachers (contract 2.7)."""
        member, day = self._member(teacher), self._backend.options.today() if today else _DAY
        member.planned = await self._plan(member.teacher or member.user, self._me.school, day, minutes)

    async def _plan(self, teacher: int, school: int, day: date = _DAY, minutes: int = 60) -> int:
        start = datetime.combine(day, _START)
        body = {
            "teacher": teacher,
            "school": school,
            "date": day.isoformat(),
            "start_time": f"{start:%H:%M}",
            "end_time": f"{start + timedelta(minutes=minutes):%H:%M}",
            "session_type": "individual",
            "grade_level": "7",
            "students": [],
        }
        answer = await self._request("plan a class", "POST", "/api/finances/api/sessions/", body)
        return int(answer.field("id"))

    async def end_class(self, teacher: str, how: str) -> None:
        """Let the last class of a teacher be over, or not be held: "completes" or "cancels" (contract 2.7)."""
        await self._end(self._member(teacher), {"completes": "completed", "cancels": "cancelled"}[how])

    async def _end(self, teacher: SchoolMember, status: str) -> None:
        path = f"/api/finances/api/sessions/{teacher.planned}/"
        await self._request("end a class", "PATCH", path, {"status": status})

    async def describe_school(self, words: str) -> None:
        """Change the settings of one's school: how it is described (contract 2.7)."""
        await self._describe(self._me.school, words)

    async def move_school(self, place: str) -> None:
        """Change another of the settings: where the school is."""
        await self._describe(self._me.school, place, setting="address")

    async def rename_school(self, name: str) -> None:
        """Give one's school another name, by the request of its dashboard (contract 2.7)."""
        await self._rename(self._me.school, name)

    async def _rename(self, school: int, name: str) -> None:
        await self._request("rename the school", "PATCH", f"{ACCOUNTS}/school-dashboard/{school}/", {"name": name})

    async def describe_and_move_school(self, words: str, place: str) -> None:
        """Change both at once, by one request."""
        await self._set(self._me.school, {"description": words, "address": place})

    async def _describe(self, school: int, words: str, setting: str = "description") -> None:
        await self._set(school, {setting: words})

    async def _set(self, school: int, profile: dict[str, str]) -> None:
        body = {"school_profile": profile}
        await self._request("change the settings", "PATCH", f"{ACCOUNTS}/schools/{school}/settings/", body)

    async def intrude(self, how: str, owner: str) -> None:
        """Try to do something in another's school, which should be refused."""
        school = self._member(owner).school
        tries: dict[str, Callable[[], Awaitable[object]]] = {
            "read the activity feed": lambda: self._feed_of(school),
            "read the figures": lambda: self._figures_of(school),
            "invite a user": lambda: self._invite(self._role, school),
            "invite a user by their account": lambda: self._invite(self._role, school, by="existing"),
            "invite several users together": lambda: self._invite_together([self._role], school),
            "become an admin": lambda: self._appoint(self._me, school, "an admin"),
            "register a student": lambda: self._register("Rui", school),
            "plan a class": lambda: self._plan(self._me.user, school),
            "change the settings": lambda: self._describe(school, "Ours now"),
            "rename the school": lambda: self._rename(school, "Ours now"),
        }
        await tries[how]()

    def requests_with(self, token: str | None) -> dict[str, Callable[[], Awaitable[None]]]:
        """Every request that wants a session (contract 2), each to be made with a token that must not do.

        What is refused for any other reason has looked at more than the token, and counts as granted.
        """
        me, school = self._me, self._me.school
        unknown = SchoolMember(me.user, school, me.owner, UNKNOWN, invitation="0" * 64, planned=UNKNOWN)
        requests: dict[str, Callable[[], Awaitable[object]]] = {
            "sign out": self.sign_out,
            "read the activity feed": self.feed,
            "read the figures": self.figures,
            "invite a user": lambda: self._invite(self._role, school),
            "invite a user by their account": lambda: self._invite(self._role, school, by="existing"),
            "see one's schools": self.look_at_oneself,
            "accept an invitation": lambda: self._accept(unknown),
            "withdraw an invitation": lambda: self._withdraw(unknown),
            "end a class": lambda: self._end(unknown, "completed"),
            "remove a member": lambda: self._remove(unknown.membership),
            "appoint a member": lambda: self._appoint(me, school, "an admin"),
            "register a student": lambda: self._register("Rui", school),
            "plan a class": lambda: self._plan(me.user, school),
            "change the settings": lambda: self._describe(school, "Ours now"),
            "rename the school": lambda: self.rename_school("Ours now"),
        }
        return {what: partial(self._request_with, request, token) for what, request in requests.items()}

    async def _request_with(self, request: Callable[[], Awaitable[object]], token: str | None) -> None:
        own, self._session = self._session, token
        try:
            await request()
        except Rejected as refusal:
            if refusal.status == 401:
                raise
        finally:
            self._session = own

    # -- the barrier ----------------------------------------------------------------------------------------------

    async def send(self, text: str, to: str, as_: str | None = None) -> None:
        """Let a text reach a user, on the path that all news takes: as the name of a new student of their school.

        This is what the barrier needs. Only the addressee is shown it, and as a message.
        """
        if as_ is not None:
            raise NotSupported("a user cannot speak in another's name here")
        addressee = self._people.login(to)
        self._backend.markers[text] = (self._login, addressee)
        member = self._backend.members[addressee]
        token = await self._backend.steward(member.owner, self._transcript)
        await self._register(text, member.school, token)
