"""What a user can read: the figures and the activity feed of a school, and which schools are theirs."""

from collections.abc import Collection

from support.core.events import Arrival, Malformed
from support.drivers.clients.http import Answer
from support.drivers.dashboard.backend import ACCOUNTS
from support.drivers.dashboard.messages import KINDS, DashboardParser
from support.drivers.dashboard.mistakes import DashboardMistakes

#: Entries on a page of the feed of some kinds: few, so that there are several pages.
_PAGE = 2


class DashboardRecords(DashboardMistakes):
    """Reads, and changes nothing."""

    async def figures(self) -> dict[str, int]:
        """How many students, teachers and classes one's school has, as a dashboard reads it (contract 2.8)."""
        return await self._figures_of(self._me.school)

    async def figures_at(self, process: int) -> dict[str, int]:
        """The same as one of the server's processes counts it, the first of which is 0."""
        return await self._figures_of(self._me.school, process)

    async def _figures_of(self, school: int, process: int | None = None) -> dict[str, int]:
        answer = await self._read_figures(school, process)
        members = {who: answer.field(f"{who}_count")["total"] for who in ("student", "teacher")}
        classes = answer.field("class_metrics")
        today = {"class today": classes["scheduled_today"], "class completed today": classes["completed_today"]}
        return members | {"class": classes["active_classes"]} | today

    async def feed(self) -> list[Arrival]:
        """The activity feed of one's school, newest first (contract 2.8)."""
        return await self._feed_of(self._me.school)

    async def _feed_of(self, school: int) -> list[Arrival]:
        return (await self._read_feed(school))[0]

    async def feed_of_kinds(self, happenings: Collection[str]) -> tuple[list[Arrival], set[int]]:
        """The entries of some of `HAPPENINGS` alone, and of how many each page says that there are."""
        kinds = ",".join(next(kind for kind, means in KINDS.items() if means == what) for what in happenings)
        return await self._read_feed(self._me.school, f"&page_size={_PAGE}&activity_types={kinds}")

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

    async def feed_there_and_back(self) -> tuple[list[str], list[str]]:
        """The entries of the feed from its first page to its last, and from there back by the way that each names."""
        there, last = await self._leaf("next", "?page=1")
        back, _ = await self._leaf("previous", last)
        return there, back

    async def _leaf(self, by: str, page: str) -> tuple[list[str], str]:
        """The ids of the entries on a page and on those that it leads to in one direction, and the last such page."""
        path = f"{ACCOUNTS}/school-dashboard/{self._me.school}/activity/"
        seen: list[str] = []
        while True:
            answer = await self._request("leaf through the activity feed", "GET", f"{path}{page}&page_size={_PAGE}")
            ids = [entry["id"] for entry in answer.field("results")]
            further = answer.field(by)
            if not further or set(ids) <= set(seen):  # it would be read for ever
                return [*seen, *ids], page
            seen, page = [*seen, *ids], further

    async def times(self) -> list[str]:
        """When that happened which the feed has on its first page."""
        path = f"{ACCOUNTS}/school-dashboard/{self._me.school}/activity/"
        answer = await self._request("read the activity feed", "GET", path)
        return [entry["timestamp"] for entry in answer.field("results")]

    async def trend(self, of: str) -> list[list[int]]:
        """How many of the "student" or "teacher" kind there were: by days, by weeks and by months, the oldest first."""
        answer = await self._read_figures(self._me.school)
        return list(answer.field(f"{of}_count")["trend"].values())

    async def completion_rate(self) -> float:
        """Of the classes that are over, those that were held, in per cent."""
        return float((await self._read_figures(self._me.school)).field("class_metrics")["completion_rate"])

    async def _read_figures(self, school: int, process: int | None = None) -> Answer:
        path = f"{ACCOUNTS}/school-dashboard/{school}/metrics/"
        return await self._request("read the figures", "GET", path, process=process)

    async def times_listed(self, owner: str) -> int:
        """How often the school of another is among one's own (contract 2.8)."""
        listed = await self._backend.schools(self._lifeline, self._session)
        return [school["id"] for school in listed].count(self._member(owner).school)
