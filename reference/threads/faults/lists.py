"""Faults in lists that are read page by page, and in what a change sets back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from aiohttp import web

from reference.kit.postgres import Row
from reference.threads import names
from reference.threads.announcer import Announcer
from reference.threads.api_companies import CompaniesApi
from reference.threads.api_library import LibraryApi
from reference.threads.api_rooms import ChatroomsApi, ThreadsApi
from reference.threads.faults import seed
from reference.threads.messages import Messages, cursor
from reference.threads.person import Person
from reference.threads.refusals import Rejected


def _skipping(more: Row, listed: list[Row]) -> Row:
    """Where a list goes on, one item too late."""
    ids = [str(item["id"]) for item in listed]
    last = more.get("nextIndex")
    return more | ({"nextIndex": ids[ids.index(last) + 1]} if last else {})


@seed("room-pages-skip", "leaves out a room between two pages of rooms", "TFS-X-PAGES")
class RoomPagesSkip(ChatroomsApi):
    async def chatrooms(self, person: Person, request: web.Request) -> Any:
        page = await super().chatrooms(person, request)
        more = _skipping(page["pagination"], await self.inside.chatrooms.listed(person))
        return page | {"pagination": more}


@seed("thread-pages-skip", "leaves out a thread between two pages of threads", "TFS-X-PAGES")
class ThreadPagesSkip(ThreadsApi):
    async def threads(self, person: Person, request: web.Request) -> Any:
        page = await super().threads(person, request)
        more = _skipping(page["pagination"], await self.inside.threads.listed(person, None))
        return page | {"pagination": more}


@seed("file-pages-overlap", "shows the first files again on the second page of files", "TFS-X-PAGES")
class FilePagesOverlap(LibraryApi):
    async def files(self, person: Person, request: web.Request) -> Any:
        page = await super().files(person, request)
        again = "lastIndex" in request.query and request.query["lastIndex"]
        first = await self.inside.files.listed(person, None, None) if again else []
        return page | {"files": [*first[:1], *page["files"]]}


@seed("deletions-are-told-in-the-room", "tells a room of what is deleted in a thread of it", "TFS-X-SYNC FR-004")
class DeletionsAreToldInTheRoom(Announcer):
    async def in_room(self, room: str, event: str, payload: Row, **besides: Any) -> None:
        told = names.chatroom(payload["chatroomId"]) if event == "message_deleted" else room
        await super().in_room(told, event, payload, **besides)


@seed("archives-for-ever", "takes no thread out of the archive", "TFS-X-ARCHIVE")
class ArchivesForEver(ThreadsApi):
    async def change_thread(self, person: Person, request: web.Request) -> Any:
        number, threads = request.match_info["id"], self.inside.threads
        archived = (await threads.shown(number))["isArchived"]
        changed = await super().change_thread(person, request)
        sql = 'update threads set "isArchived" = %s where id = %s'
        await self.inside.database.rows(sql, archived, number)
        return changed


@seed("archives-nothing", "puts no thread into the archive", "TFS-X-ARCHIVE")
class ArchivesNothing(ThreadsApi):
    async def archive_thread(self, person: Person, request: web.Request) -> Any:
        return await self.thread(person, request)


@seed("full-pages-lead-on", "leads from a page that just holds all rooms to one with nothing on it", "TFS-X-PAGES")
class FullPagesLeadOn(ChatroomsApi):
    async def chatrooms(self, person: Person, request: web.Request) -> Any:
        page = await super().chatrooms(person, request)
        if len(page["items"]) < int(request.query.get("limit", 50)):
            return page
        return page | {"pagination": page["pagination"] | {"hasNext": True, "nextIndex": str(page["items"][-1]["id"])}}


@seed("addresses-break", "fails when a company is to have the address of another", "TFS-X-ADDRESS")
class AddressesBreak(CompaniesApi):
    async def change(self, person: Person, request: web.Request) -> Any:
        try:
            return await super().change(person, request)
        except Rejected as refusal:
            raise RuntimeError(str(refusal)) if refusal.status == 409 else refusal from None


@seed(
    "threads-are-dated-back", "shows of a thread when it was opened in place of when something was said", "TFS-X-LATEST"
)
class ThreadsAreDatedBack(ThreadsApi):
    async def thread(self, person: Person, request: web.Request) -> Any:
        thread = await super().thread(person, request)
        return thread | {"lastMessageAt": thread["createdAt"] - timedelta(hours=1)}


@seed(
    "full-histories-lead-on",
    "leads from the page that holds the rest of a history to one with nothing on it",
    "TFS-X-PAGES",
)
class FullHistoriesLeadOn(Messages):
    async def history(self, person: Person, chatroom: UUID | None, thread: UUID | None, limit: int, last: str) -> Row:
        answer = await super().history(person, chatroom, thread, limit, last)
        if answer["messages"]:
            answer |= {"hasMore": True, "nextCursor": cursor(answer["messages"][-1])}
        return answer


@seed("counts-the-room-for-a-thread", "says of a thread that it has all messages of its room", "TFS-X-COUNT")
class CountsTheRoomForAThread(Messages):
    async def history(self, person: Person, chatroom: UUID | None, thread: UUID | None, *page: Any) -> Row:
        told = await super().history(person, chatroom, thread, *page)
        if thread:
            room = (await self.access.thread(person, thread))["chatroomId"]
            sql = 'select count(*)::int as total from messages where "chatroomId" = %s'
            told |= await self.database.one(sql, room)
        return told
