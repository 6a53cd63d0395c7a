"""Faults in files that are listed, shared and linked to, and in the ends that an upload may come to."""

import asyncio
from contextlib import suppress
from fnmatch import fnmatch
from typing import Any, ClassVar, cast
from urllib.parse import unquote
from uuid import UUID

import jwt
from aiohttp import web

from reference.kit.postgres import Connection, Row, one
from reference.threads.access import Access
from reference.threads.api_files import FilesApi, UploadsApi
from reference.threads.faults import seed
from reference.threads.files import Files
from reference.threads.person import Person
from reference.threads.plain import at, clock
from reference.threads.refusals import Rejected, missing, unauthorized
from reference.threads.tokens import Tokens
from reference.threads.uploads import Uploads


@seed("last-pieces-complete-nothing", "takes no notice of the word that a piece is the last", "TFS-API-10 TFS-API-09")
class LastPiecesCompleteNothing(UploadsApi):
    async def upload_chunk(self, person: Person, request: web.Request) -> Any:
        return await super().upload_chunk(person, cast(web.Request, _Unfinished(request)))


class _Unfinished:
    """A request whose piece is not said to be the last."""

    def __init__(self, request: web.Request) -> None:
        self._request = request

    async def json(self) -> Any:
        return await self._request.json() | {"isFinalChunk": False}


@seed("files-are-completed-twice", "completes a file again, and tells of it again", "TFS-EVT-07 TFS-API-10")
class FilesAreCompletedTwice(Uploads):
    async def open_session(self, person: Person, number: str) -> Row:
        session = await self.own(person, number)
        return session if session["status"] == "completed" else await super().open_session(person, number)


@seed("complete-files-are-given-up", "lets a file be given up that is complete", "TFS-API-10")
class CompleteFilesAreGivenUp(Uploads):
    async def cancel(self, person: Person, number: str) -> Row:
        session = await self.own(person, number)
        return session if session["status"] == "completed" else await super().cancel(person, number)


@seed("begun-uploads-are-not-given-up", "goes on with an upload that is given up in its middle", "TFS-API-10")
class BegunUploadsAreNotGivenUp(Uploads):
    async def cancel(self, person: Person, number: str) -> Row:
        session = await self.own(person, number)
        begun = session["status"] == "in_progress"
        return session | {"status": "cancelled"} if begun else await super().cancel(person, number)


@seed("uploads-last-for-ever", "takes pieces of an upload whose time is up", "TFS-API-09")
class UploadsLastForEver(Uploads):
    async def own(self, person: Person, number: str) -> Row:
        return await super().own(person, number) | {"expired": False}


@seed("outsiders-look-at-uploads", "tells anybody of the company how far an upload is", "TFS-X-ROOMS")
class OutsidersLookAtUploads(Access):
    async def upload(self, person: Person, session: str) -> Row:
        sql = 'select * from file_upload_sessions where "sessionId" = %s and "companyId" = %s'
        return await self.database.row(sql, session, person.company) or await super().upload(person, session)


@seed("storage-is-not-limited", "takes files for which a company has no room", "TFS-X-SIZES")
class StorageIsNotLimited(Uploads):
    async def check_size(self, connection: Connection, person: Person, size: int) -> None:
        if size > self.limit:
            await super().check_size(connection, person, size)


@seed("announced-files-take-no-room", "counts the files that are there and none that are to come", "TFS-X-SIZES")
class AnnouncedFilesTakeNoRoom(Uploads):
    async def taken(self, connection: Connection, company: str) -> int:
        sql = 'select coalesce(sum("sizeBytes"), 0)::bigint as bytes from files where "companyId" = %s'
        return int((await one(connection, sql, company))["bytes"])


@seed("room-is-promised-twice", "promises the same room to files that are announced at once", "TFS-X-SIZES")
class RoomIsPromisedTwice(Uploads):
    async def check_size(self, connection: Connection, person: Person, size: int) -> None:
        usage = await one(connection, 'select "maxStorageBytes" from companies where id = %s', person.company)
        left = usage["maxStorageBytes"] - await self.taken(connection, person.company)
        await asyncio.sleep(0.2)
        if size > min(left, self.limit):
            raise Rejected(413, "Storage quota exceeded")


@seed("cancelled-uploads-take-room", "keeps the room of uploads that have been cancelled or are over", "TFS-X-SIZES")
class CancelledUploadsTakeRoom(Uploads):
    async def taken(self, connection: Connection, company: str) -> int:
        sql = (
            'select coalesce(sum("totalSizeBytes"), 0)::bigint as bytes from file_upload_sessions '
            "where \"companyId\" = %s and status <> 'failed'"
        )
        return int((await one(connection, sql, company))["bytes"])


@seed("files-for-nobody-are-open", "gives files that are for no place to anybody of the company", "TFS-X-SHARING")
class FilesForNobodyAreOpen(Access):
    async def shared(self, person: Person, file: Row, refusal: str) -> None:
        if file["threadId"] or file["chatroomId"]:
            await super().shared(person, file, refusal)


@seed("files-of-ones-own-are-not-listed", "lists no files of one's own", "TFS-X-SHARING")
class FilesOfOnesOwnAreNotListed(Files):
    async def listed(self, person: Person, chatroom: UUID | None, thread: UUID | None) -> list[Row]:
        return await super().listed(person, chatroom, thread) if chatroom or thread else []


@seed("outsiders-list-files", "lists the files of chatrooms that one is not in", "TFS-X-SHARING")
class OutsidersListFiles(Files):
    async def listed(self, person: Person, chatroom: UUID | None, thread: UUID | None) -> list[Row]:
        where, value = self.scope(person, chatroom, thread)
        return await self.database.rows(f"select * from files where {where}", value)


@seed(
    "files-are-shared-in-vain", "confirms that a file is shared in a thread and keeps it where it was", "TFS-X-SHARING"
)
class FilesAreSharedInVain(Files):
    async def share(self, person: Person, number: UUID, thread: Row) -> None:
        pass


@seed("files-taken-out-stay", "confirms that a file is taken out of a thread and leaves it there", "TFS-X-SHARING")
class FilesTakenOutStay(Files):
    async def unshare(self, person: Person, number: UUID, thread: Row) -> None:
        pass


@seed("files-are-taken-out-of-any-thread", "takes a file out of a thread where it is not", "TFS-X-SHARING")
class FilesAreTakenOutOfAnyThread(Files):
    async def unshare(self, person: Person, number: UUID, thread: Row) -> None:
        file = await self.of(person, number)
        self.check_owner(person, file)
        await self.database.rows('update files set "threadId" = null where id = %s', number)


@seed("files-belong-to-everybody", "lets members share, take out and delete the files of others", "TFS-X-SHARING")
class FilesBelongToEverybody(Files):
    def check_owner(self, person: Person, file: Row) -> None:
        pass

    async def share(self, person: Person, number: UUID, thread: Row) -> None:
        sql = 'update files set "threadId" = %s, "chatroomId" = %s where id = %s'
        await self.database.rows(sql, thread["id"], thread["chatroomId"], number)


@seed("links-open-nothing", "gives links to files that open nothing", "TFS-X-SHARING")
class LinksOpenNothing(FilesApi):
    async def download_by_token(self, request: web.Request) -> web.Response:
        raise unauthorized("Unauthorized")


@seed("links-end-sooner-than-told", "gives links that end long before they are said to", "TFS-X-SHARING")
class LinksEndSoonerThanTold(FilesApi):
    async def ticket(self, person: Person, file: UUID) -> Row:
        told = await super().ticket(person, file)
        return told | {"expiresAt": at(clock() + 3600.0)}


@seed("links-bear-any-signature", "does not check who has signed the token of a link", "TFS-X-SHARING")
class LinksBearAnySignature(Tokens):
    def decoded(self, token: str) -> dict[str, Any]:
        with suppress(jwt.DecodeError):
            unsigned = f"{token.rpartition('.')[0]}."
            claims: dict[str, Any] = jwt.decode(unsigned, options={"verify_signature": False})
            if claims.get("type") == "download":
                return claims
        return super().decoded(token)


@seed("links-break-over-sessions", "breaks over a link that shows the token of a session", "TFS-X-SHARING")
class LinksBreakOverSessions(Tokens):
    def claims(self, token: str, kind: str) -> dict[str, Any]:
        return super().claims(token, self.decoded(token)["type"] if kind == "download" else kind)


@seed("links-outlive-their-right", "opens a file by the link of a user who may not have it any more", "TFS-X-SHARING")
class LinksOutliveTheirRight(Files):
    async def content(self, person: Person, number: UUID) -> tuple[Row, bytes]:
        try:
            return await super().content(person, number)
        except Rejected as refusal:
            file = await self.database.row("select * from files where id = %s", number)
            if file is None or refusal.status != 403:
                raise
            return file, await self.storage.get(file["storageKey"])


@seed("unknown-uploads-break", "breaks when it is asked about an upload that it does not know", "TFS-ERR-5 TFS-API-09")
class UnknownUploadsBreak(Uploads):
    async def own(self, person: Person, number: str) -> Row:
        try:
            return await super().own(person, number)
        except Rejected as refusal:
            if refusal.status != 404:
                raise
            raise Rejected(500, "Internal server error") from None


@seed("searches-by-patterns", "takes the words of a search for a pattern of its database", "TFS-X-SEARCH")
class SearchesByPatterns(Files):
    async def found(self, person: Person, words: str) -> list[Row]:
        pattern = words.replace("%", "*").replace("_", "?")
        return [file for file in await super().found(person, "") if fnmatch(file["fileName"], pattern)]


@seed("files-lose-foreign-letters", "gives a file out under a name without the letters of other scripts", "TFS-DATA-4")
class FilesLoseForeignLetters(FilesApi):
    async def download_file(self, person: Person, request: web.Request) -> web.Response:
        answer = await super().download_file(person, request)
        told = unquote(answer.headers["Content-Disposition"]).encode("ascii", "ignore").decode()
        answer.headers["Content-Disposition"] = told
        return answer


@seed(
    "strangers-wait-for-files",
    "tells a user who may not have a file that it is not ready yet, and gives it to them when they ask again",
    "TFS-EVT-07 TFS-X-SHARING",
)
class StrangersWaitForFiles(Files):
    told: ClassVar[set[tuple[str, UUID]]] = set()

    async def of(self, person: Person, number: UUID) -> Row:
        try:
            return await super().of(person, number)
        except Rejected:
            file = await self.database.row("select * from files where id = %s", number)
            if file is None or (person.id, number) not in self.told:
                self.told.add((person.id, number))
                raise (Rejected(409, "File is processing") if file else missing("File")) from None
            return file


@seed("finds-the-files-of-threads", "finds the files of threads for all of the company", "TFS-X-ROOMS")
class FindsTheFilesOfThreads(Files):
    shared_with = (
        '(f."threadId" is not null or exists (select 1 from chatroom_members m '
        'where m."chatroomId" = f."chatroomId" and m."userId" in (%s, %s)))'
    )
