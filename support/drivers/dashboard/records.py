"""What a user can read: the figures and the activity feed of a school, and which schools are theirs."""

from support.core.events import Arrival, Malformed
from support.drivers.dashboard.backend import ACCOUNTS
from support.drivers.dashboard.messages import KINDS, DashboardParser
from support.drivers.dashboard.mistakes import DashboardMistakes

#: Entries on a page of the feed of one kind: few, so that there are several pages.
_PAGE = 2


class DashboardRecords(DashboardMistakes):
    """Reads, and changes nothing."""

    async def figures(self) -> dict[str, int]:
        """How many students, teachers and classes one's school has, as a dashboard reads it (contract 2.8)."""
        return await self._figures_of(self._me.school)

    async def _figures_of(self, school: int) -> dict[str, int]:
        answer = await self._request("read the figures", "GET", f"{ACCOUNTS}/school-dashboard/{school}/metrics/")
        members = {who: answer.field(f"{who}_count")["total"] for who in ("student", "teacher")}
        classes = answer.field("class_metrics")
        today = {"class today": classes["scheduled_today"], "class completed today": classes["completed_today"]}
        return members | {"class": classes["active_classes"]} | today

    async def feed(self) -> list[Arrival]:
        """The activity feed of one's school, newest first (contract 2.8)."""
        return await self._feed_of(self._me.school)

    async def _feed_of(self, school: int) -> list[Arrival]:
        return (await self._read_feed(school))[0]

    async def feed_of_kind(self, what: str) -> tuple[list[Arrival], set[int]]:
        """The entries of one of `HAPPENINGS` alone, and of how many each page says that there are."""
        kind = next(kind for kind, means in KINDS.items() if means == what)
        return await self._read_feed(self._me.school, f"&page_size={_PAGE}&activity_types={kind}")

    async def _read_feed(self, school: int, wanted: str = "") -> tuple[list[Arrival], set[int]]:
        path, page = f"{ACCOUNTS}/school-dashboard/{school}/activity/", "?page=1"
        reader = DashboardParser(self._backend.options.names, self._called)
        told: list[Arrival] = []
        counts: set[int] = set()
        known: set[str] = set()
        while page:
            answer = await self._request("read the activity feed", "GET", f"{path}{page}{wanted}")
            entries = answer.field("results")
            told += [what for entry in entries for what in reader.activity(entry)]
            counts.add(answer.field("count"))
            if known and not {entry["id"] for entry in entries} - known:  # it would be read for ever
                told.append(Malformed("a page of the activity feed leads to one with nothing new on it"))
                break
            known |= {entry["id"] for entry in entries}
            page = answer.field("next")
        return told, counts

    async def times_listed(self, owner: str) -> int:
        """How often the school of another is among one's own (contract 2.8)."""
        listed = await self._backend.schools(self._role, self._transcript, self._session)
        return [school["id"] for school in listed].count(self._member(owner).school)
