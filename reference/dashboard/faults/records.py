"""Faults in what a school keeps, counts and shows of itself (beyond the document)."""

import json
from datetime import datetime
from typing import Any, ClassVar

from aiohttp import web

from reference.dashboard import forms
from reference.dashboard.accounts import Accounts
from reference.dashboard.api_accounts import AccountsApi
from reference.dashboard.api_invitations import InvitationsApi
from reference.dashboard.api_school import SchoolApi
from reference.dashboard.chronicle import Chronicle, user_target
from reference.dashboard.envelopes import Event
from reference.dashboard.faults import FAULTS
from reference.dashboard.metrics import Metrics
from reference.dashboard.school import School
from reference.kit.forms import filled_in
from reference.kit.postgres import Connection, Row


@FAULTS.seed("counts-the-whole-feed", "says of the feed of one kind how long the whole feed is", "DASH-003.X19")
class CountsTheWholeFeed(Chronicle):
    async def count(self, school: int, kinds: list[str] | None) -> int:
        return await super().count(school, None)


@FAULTS.seed("shows-the-whole-feed", "shows all entries where one kind is asked for", "DASH-003.X19")
class ShowsTheWholeFeed(Chronicle):
    async def feed(self, school: int, limit: int, offset: int, kinds: list[str] | None) -> list[dict[str, Any]]:
        return await super().feed(school, limit, offset, None)


def _as_one(kinds: list[str] | None) -> list[str] | None:
    return [",".join(kinds)] if kinds else None


@FAULTS.seed("takes-two-kinds-for-one", "finds nothing in the feed where two kinds are asked for", "DASH-003.X19")
class TakesTwoKindsForOne(Chronicle):
    async def count(self, school: int, kinds: list[str] | None) -> int:
        return await super().count(school, _as_one(kinds))

    async def feed(self, school: int, limit: int, offset: int, kinds: list[str] | None) -> list[dict[str, Any]]:
        return await super().feed(school, limit, offset, _as_one(kinds))


async def _in_capitals(request: web.Request) -> bool:
    sent = await filled_in(forms.Addressee, request)
    return bool((await request.json())["email"] != sent.email)


@FAULTS.seed("knows-no-capitals", "does not know an e-mail address in capitals", "DASH-003.X20")
class KnowsNoCapitals(AccountsApi):
    async def request_code(self, request: web.Request) -> web.Response:
        return web.json_response({}) if await _in_capitals(request) else await super().request_code(request)


@FAULTS.seed("takes-addresses-in-capitals", "gives a second account to an address in capitals", "DASH-003.X20")
class TakesAddressesInCapitals(AccountsApi):
    async def sign_up(self, request: web.Request) -> web.Response:
        return web.json_response({}, status=201) if await _in_capitals(request) else await super().sign_up(request)


@FAULTS.seed("invites-capitals", "takes an invitation in capitals for that of another user", "DASH-003.X20")
class InvitesCapitals(InvitationsApi):
    async def invite(self, request: web.Request) -> web.Response:
        answer = await super().invite(request)
        if await _in_capitals(request):
            sql = "update accounts_schoolinvitation set email = upper(email) where id = %s"
            await self.inside.database.rows(sql, json.loads(answer.text or "")["invitation"]["id"])
        return answer


class _MarksFormerMembers(Accounts):
    """Keeps who was suspended or removed once, as a membership that opens nothing."""

    async def remove_member(self, membership: Row) -> None:
        await super().remove_member(membership)
        await self._mark(membership)

    async def set_active(self, membership: Row, active: bool) -> None:
        await super().set_active(membership, active)
        await self._mark(membership)

    async def _mark(self, membership: Row) -> None:
        sql = (
            "insert into accounts_schoolmembership (user_id, school_id, role, is_active) "
            "values (%s, %s, 'former', false) on conflict do nothing"
        )
        await self.database.rows(sql, membership["user_id"], membership["school_id"])


@FAULTS.seed("lists-former-schools", "goes on showing the schools that a user belongs to no longer", "DASH-003.X21")
class ListsFormerSchools(_MarksFormerMembers):
    async def schools(self, user: int) -> list[Row]:
        return await self.database.rows(
            "select s.id, s.name from accounts_school s join accounts_schoolmembership m on m.school_id = s.id "
            "where m.user_id = %s group by s.id order by s.id",
            user,
        )


@FAULTS.seed("hides-regained-schools", "never again shows a school that a user once had to leave", "DASH-003.X21")
class HidesRegainedSchools(_MarksFormerMembers):
    async def schools(self, user: int) -> list[Row]:
        sql = "select school_id from accounts_schoolmembership where user_id = %s and role = 'former'"
        left = [row["school_id"] for row in await self.database.rows(sql, user)]
        return [school for school in await super().schools(user) if school["id"] not in left]


@FAULTS.seed("lists-schools-by-position", "shows a school once for each position of a user", "DASH-003.X21")
class ListsSchoolsByPosition(Accounts):
    async def schools(self, user: int) -> list[Row]:
        return await self.database.rows(
            "select s.id, s.name from accounts_school s join accounts_schoolmembership m on m.school_id = s.id "
            "where m.user_id = %s and m.is_active order by s.id",
            user,
        )


@FAULTS.seed("announces-teachers-early", "tells of teachers who are not active yet", "DASH-003.X22")
class AnnouncesTeachersEarly(Accounts):
    async def add_member(self, user: Row, school: int, role: str, active: bool) -> Row | None:
        membership = await super().add_member(user, school, role, active)
        if membership and not active:
            async with self.chronicle.change(school) as change:
                await change.activity(f"{role}_joined", user, user_target(user), {"role": role}, "A user joined")
        return membership


@FAULTS.seed("tells-whole-hours", "tells how long a class lasts without the minutes", "DASH-003.X23")
class TellsWholeHours(Chronicle):
    async def tell(self, school: int, events: list[Event]) -> None:
        for metadata in (event["data"].get("metadata", {}) for event in events):
            if "duration" in metadata:
                metadata["duration"] = f"{float(metadata['duration']) // 1:g}"
        await super().tell(school, events)


@FAULTS.seed("forgets-other-settings", "forgets all settings but those that are changed", "DASH-003.X24")
class ForgetsOtherSettings(School):
    async def set_settings(self, requester: Row, school: int, wanted: dict[str, Any]) -> None:
        sql = (
            "update accounts_school set settings = (select coalesce(jsonb_object_agg(key, value), '{}') "
            "from jsonb_each(settings) where key = any(%s)) where id = %s"
        )
        await self.database.rows(sql, list(wanted), school)
        await super().set_settings(requester, school, wanted)


class _Recounts(Metrics):
    """Counts a figure of classes in a way of its own."""

    figure, counts = "", ""

    async def overview(self, school: int) -> dict[str, Any]:
        shown = await super().overview(school)
        sql = f"select count(*) as classes from finances_classsession where school_id = %s and {self.counts}"
        shown["class_metrics"][self.figure] = (await self.database.rows(sql, school))[0]["classes"]
        return shown


@FAULTS.seed("counts-cancelled-classes", "counts a class that was cancelled as one of today", "DASH-003.X15")
class CountsCancelledClasses(_Recounts):
    figure, counts = "scheduled_today", "status <> 'completed' and \"date\" = current_date"


@FAULTS.seed("counts-the-classes-of-all-days", "counts the classes of other days as those of today", "DASH-003.X15")
class CountsTheClassesOfAllDays(_Recounts):
    figure, counts = "scheduled_today", "status = 'scheduled'"


@FAULTS.seed("takes-cancelled-for-completed", "counts a class that was cancelled as completed", "DASH-003.X15")
class TakesCancelledForCompleted(_Recounts):
    figure, counts = "completed_today", "status <> 'scheduled' and \"date\" = current_date"


class _Shows(Metrics):
    """Shows a figure in a way of its own."""

    async def overview(self, school: int) -> dict[str, Any]:
        shown = await super().overview(school)
        self.spoil(shown)
        return shown

    def spoil(self, shown: dict[str, Any]) -> None:
        raise NotImplementedError


@FAULTS.seed("tells-shares-of-one", "tells how many classes were held as a share of one", "DASH-003.X32")
class TellsSharesOfOne(_Shows):
    def spoil(self, shown: dict[str, Any]) -> None:
        shown["class_metrics"]["completion_rate"] /= 100


@FAULTS.seed("ends-trends-too-early", "ends what was counted over time with a figure of before", "DASH-003.X15")
class EndsTrendsTooEarly(_Shows):
    def spoil(self, shown: dict[str, Any]) -> None:
        for course in shown["student_count"]["trend"].values():
            course[:] = [0, *course[:-1]]


@FAULTS.seed("leads-back-to-the-first", "leads from every page of the feed back to the first", "DASH-003.X28")
class LeadsBackToTheFirst(SchoolApi):
    async def activity(self, request: web.Request) -> web.Response:
        page = json.loads((await super().activity(request)).text or "")
        return web.json_response(page | {"previous": page["previous"] and "?page=1"})


@FAULTS.seed("tells-local-time", "shows in the feed the time of its own town for that of UTC", "DASH-003.X35")
class TellsLocalTime(Chronicle):
    async def feed(self, school: int, limit: int, offset: int, kinds: list[str] | None) -> list[dict[str, Any]]:
        entries = await super().feed(school, limit, offset, kinds)
        for entry in entries:
            entry["timestamp"] = datetime.fromisoformat(entry["timestamp"]).astimezone().strftime("%Y-%m-%dT%H:%M:%SZ")
        return entries


@FAULTS.seed("feeds-by-the-second", "shows what is of one second oldest first", "DASH-003.X31")
class FeedsByTheSecond(Chronicle):
    async def feed(self, *which: Any) -> list[dict[str, Any]]:
        page = await super().feed(*which)
        return sorted(reversed(page), key=lambda entry: str(entry["timestamp"])[:19], reverse=True)


@FAULTS.seed("counts-by-process", "shows the figures as a process knows them by its own changes alone", "DASH-003.PRE2")
class CountsByProcess(Metrics):
    known: ClassVar[dict[int, int]] = {}

    async def figures(self, connection: Connection, school: int) -> dict[str, int]:
        found = await super().figures(connection, school)
        self.known[school] = found["student_count"]
        return found

    async def overview(self, school: int) -> dict[str, Any]:
        found = await super().overview(school)
        found["student_count"]["total"] = self.known.setdefault(school, found["student_count"]["total"])
        return found
