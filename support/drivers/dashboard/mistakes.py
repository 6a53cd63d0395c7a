"""What no client of the dashboard should request, by the scenarios' names for it."""

from typing import Any

from support.drivers.dashboard.backend import ACCOUNTS
from support.drivers.dashboard.session import DashboardSession
from support.drivers.kit.wrong_forms import cut_off

#: A number that nothing has.
UNKNOWN = 999_999_999
_STUDENTS, _MEMBERS = f"{ACCOUNTS}/students/create_student/", f"{ACCOUNTS}/school-memberships/"
_CLASSES, _SIGN_UP = "/api/finances/api/sessions/", f"{ACCOUNTS}/users/signup/"
_ASK_FOR_CODE, _SHOW_CODE = f"{ACCOUNTS}/auth/request-code/", f"{ACCOUNTS}/auth/verify-code/"
_INVITE = f"{ACCOUNTS}/teachers/invite_existing/"
_NOBODY = "nobody-at-all@example.com"


class DashboardMistakes(DashboardSession):
    """Requests what is wrong, and what means no harm."""

    def must_know(self, what: str) -> None:
        """Every dialect knows a request for each."""

    async def request_wrongly(self, what: str) -> None:
        """Request one of the scenarios' `MISTAKES`."""
        if what == "a session for an address that is unknown":
            return await self._sign_in_as_nobody()
        method, path, body = self._mistakes()[what]
        await self._request(what, method, path, body)

    async def _sign_in_as_nobody(self) -> None:
        await self._request("get a login code", "POST", _ASK_FOR_CODE, {"email": _NOBODY})
        await self._backend.show_code(self._lifeline, _NOBODY, "123456")

    async def look_at_oneself(self) -> None:
        """See which schools one belongs to (contract 2.8)."""
        await self._request("see one's schools", "GET", f"{ACCOUNTS}/schools/")

    async def look_around(self, number: int) -> None:
        """Look at something of one's school, another thing each time."""
        here, looks = f"{ACCOUNTS}/school-dashboard/{self._me.school}", ("metrics", "activity")
        await self._request("look around", "GET", f"{here}/{looks[number % len(looks)]}/")

    def _mistakes(self) -> dict[str, tuple[str, str, Any]]:
        """What is requested wrongly -> method, path and body."""
        school, user, options = self._me.school, self._me.user, self._backend.options
        person = {"name": "Eva", "email": "eva@example.com", "phone_number": "+351 210 000 000", "user_type": "school"}
        account, capitals = person | {"school": {"name": "A school"}}, {"email": self._login.upper()}
        student = {"name": "Eva", "email": "eva@example.com", "school_id": school, "school_year": "7"}
        student |= {"educational_system_id": options.educational_system, "birth_date": "2012-05-04"}
        lesson = {"teacher": user, "school": school, "date": "2030-01-07", "start_time": "10:00", "end_time": "11:00"}
        lesson |= {"session_type": "dance", "grade_level": "7", "students": []}
        member = {"user_id": user, "school_id": school, "role": "school_owner"}
        invites = f"{ACCOUNTS}/schools/{school}/invitations/" if options.invite_by == "school" else _INVITE
        stranger = {"email": _NOBODY, "school_id": school, "send_email": False}
        feed, address = f"{ACCOUNTS}/school-dashboard/{school}/activity/?page=first", self._login
        accept = f"{ACCOUNTS}/invitations/{'0' * 64}/accept/"
        return {
            "an account without a name": ("POST", _SIGN_UP, account | {"name": " "}),
            "an account with a name that is too long": ("POST", _SIGN_UP, account | {"name": "x" * 151}),
            "an account with an invalid address": ("POST", _SIGN_UP, account | {"email": "nowhere"}),
            "an account with an address that is taken": ("POST", _SIGN_UP, account | {"email": address}),
            "an account with an address that is taken, in capitals": ("POST", _SIGN_UP, account | capitals),
            "a login code for an invalid address": ("POST", _ASK_FOR_CODE, {"email": "nowhere"}),
            "a session by a code of five digits": ("POST", _SHOW_CODE, {"email": address, "code": "12345"}),
            "a student without a name": ("POST", _STUDENTS, student | {"name": ""}),
            "a student with an address that is taken": ("POST", _STUDENTS, student | {"email": address}),
            "a student of a school that does not exist": ("POST", _STUDENTS, student | {"school_id": UNKNOWN}),
            "a student in the form of a list": ("POST", _STUDENTS, [student]),
            "a student in a request that is cut off": ("POST", _STUDENTS, cut_off(student)),
            "a class of an unknown kind": ("POST", _CLASSES, lesson),
            "the end of a class that does not exist": ("PATCH", f"{_CLASSES}{UNKNOWN}/", {"status": "completed"}),
            "a page of the feed that is not a number": ("GET", feed, None),
            "a member who does not exist": ("POST", _MEMBERS, member | {"user_id": UNKNOWN}),
            "a member in an unknown position": ("POST", _MEMBERS, member | {"role": "king"}),
            "a membership that exists already": ("POST", _MEMBERS, member),
            "the end of a membership that does not exist": ("DELETE", f"{_MEMBERS}{UNKNOWN}/", None),
            "an invitation of a user who does not exist": ("POST", _INVITE, stranger),
            "an invitation without an address": ("POST", invites, {"role": "teacher"}),
            "the acceptance of an invitation that does not exist": ("POST", accept, {}),
        }
