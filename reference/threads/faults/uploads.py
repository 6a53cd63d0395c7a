"""Faults in uploads and files."""

import asyncio
from typing import Any, ClassVar
from uuid import UUID

from reference.kit.postgres import Connection, Row
from reference.threads.access import Access
from reference.threads.announcer import Announcer
from reference.threads.api_files import UploadsApi
from reference.threads.faults import seed
from reference.threads.files import Files
from reference.threads.person import Person
from reference.threads.uploads import Uploads


@seed("chunk-order-is-ignored", "puts chunks together in the order they came in", "TFS-API-09 TFS-SCN-3")
class ChunkOrderIsIgnored(Uploads):
    def check_index(self, session: Row, index: int) -> None:
        pass

    def check_length(self, session: Row, index: int, content: bytes) -> None:
        pass

    async def keep(self, number: str, index: int, content: bytes) -> None:
        session = await self.database.row('select * from file_upload_sessions where "sessionId" = %s', number)
        await super().keep(number, session["uploadedChunks"] if session else index, content)

    async def count(self, number: str, index: int, length: int) -> Row:
        session = await self.database.row('select * from file_upload_sessions where "sessionId" = %s', number)
        return await super().count(number, session["uploadedChunks"] if session else index, length)


@seed("repeated-chunks-count-twice", "counts a chunk that is sent again as the next one", "TFS-API-09 TFS-SCN-3")
class RepeatedChunksCountTwice(Uploads):
    def check_index(self, session: Row, index: int) -> None:
        if index != session["uploadedChunks"] - 1:
            super().check_index(session, index)

    async def count(self, number: str, index: int, length: int) -> Row:
        session = await self.database.row('select * from file_upload_sessions where "sessionId" = %s', number)
        return await super().count(number, session["uploadedChunks"] if session else index, length)


@seed("chunk-checksum-is-ignored", "takes chunks that were damaged on the way", "TFS-API-09 TFS-SCN-3 TFS-ERR-5")
class ChunkChecksumIsIgnored(Uploads):
    def check_sum(self, content: bytes, checksum: str) -> None:
        pass


@seed("file-checksum-is-ignored", "completes a file that is not the announced one", "TFS-API-10 TFS-SCN-3")
class FileChecksumIsIgnored(Uploads):
    async def check_file(self, session: Row, content: bytes) -> None:
        pass


@seed("chunks-get-lost", "confirms every second chunk and does not count it", "TFS-API-09 TFS-SCN-3 FR-003")
class ChunksGetLost(Uploads):
    async def count(self, number: str, index: int, length: int) -> Row:
        counted = await super().count(number, index, length)
        if index % 2:
            await super().count(number, index - 1, length)
        return counted


@seed("file-bytes-are-changed", "gives a file out with other bytes than were sent", "TFS-SCN-3 TFS-API-10")
class FileBytesAreChanged(Files):
    async def content(self, person: Person, number: UUID) -> tuple[Row, bytes]:
        file, content = await super().content(person, number)
        return file, content[:-1] + bytes([content[-1] ^ 1])


@seed("chunks-of-all-uploads-in-one-place", "keeps the chunks of all uploads in one place", "TFS-API-10")
class ChunksOfAllUploadsInOnePlace(Uploads):
    async def keep(self, number: str, index: int, content: bytes) -> None:
        await super().keep("all", index, content)

    async def content(self, session: Row) -> bytes:
        whole = await super().content(session | {"sessionId": "all"})
        return whole[: session["totalSizeBytes"]]


@seed("progress-is-missing", "does not tell how far an upload is", "TFS-EVT-06 FR-003 TFS-SCN-3")
class ProgressIsMissing(Announcer):
    async def progress(self, session: Row) -> None:
        pass


@seed("progress-is-wrong", "counts progress in chunks of all chunks plus one", "TFS-EVT-06 FR-003 TFS-SCN-3")
class ProgressIsWrong(Announcer):
    def percentage(self, session: Row) -> int:
        return int(session["uploadedChunks"] * 100 // (session["totalChunks"] + 1))


@seed("progress-goes-backwards", "tells of less progress after each progress", "TFS-EVT-06 FR-003 TFS-SCN-3")
class ProgressGoesBackwards(Announcer):
    async def progress(self, session: Row) -> None:
        await super().progress(session)
        before = {"uploadedBytes": int(session["uploadedBytes"]) // 2, "uploadedChunks": session["uploadedChunks"] - 1}
        await super().progress(session | before)


@seed("progress-after-completion", "tells of progress once more when an upload is completed", "TFS-EVT-06 TFS-SCN-3")
class ProgressAfterCompletion(Announcer):
    async def completed(self, session: Row, file: Row) -> None:
        await super().completed(session, file)
        await self.progress(session)


@seed("progress-reaches-everybody", "tells everybody connected how far an upload is", "TFS-EVT-06 NFR-005 FR-003")
class ProgressReachesEverybody(Announcer):
    def following(self, session: Row) -> list[str]:
        return self.sockets.everybody()


@seed("completion-comes-early", "says that a file is there when only some of it is", "TFS-EVT-07 TFS-SCN-3")
class CompletionComesEarly(Announcer):
    told: ClassVar[set[str]] = set()

    async def progress(self, session: Row) -> None:
        await super().progress(session)
        if session["sessionId"] not in self.told:
            self.told.add(session["sessionId"])
            unknown = {"id": None, "sizeBytes": session["totalSizeBytes"]}
            await super().completed(session, session | unknown)

    async def completed(self, session: Row, file: Row) -> None:
        pass


@seed("completion-is-missing", "does not say when a file is there", "TFS-EVT-07 TFS-SCN-3")
class CompletionIsMissing(Announcer):
    async def completed(self, session: Row, file: Row) -> None:
        pass


@seed("completion-misses-the-chatroom", "tells only the uploader that a file is there", "TFS-EVT-07 TFS-SCN-3")
class CompletionMissesTheChatroom(Announcer):
    def concerned(self, session: Row) -> list[str]:
        return self.following(session)


@seed("completion-names-another-file", "gives the wrong checksum when a file is there", "TFS-EVT-07 TFS-SCN-3")
class CompletionNamesAnotherFile(Announcer):
    async def completed(self, session: Row, file: Row) -> None:
        await super().completed(session, file | {"checksum": "0" * 64})


@seed("processing-is-missing", "does not say when a file has been processed", "TFS-EVT-08 TFS-SCN-3")
class ProcessingIsMissing(Announcer):
    async def processed(self, session: Row, file: Row) -> None:
        pass


@seed("processing-comes-early", "says that a file has been processed before it can be had", "TFS-EVT-08 TFS-SCN-3")
class ProcessingComesEarly(Files):
    async def ready(self, session: Row, file: Row, status: str) -> None:
        await self.announcer.processed(session, file | {"status": status})


@seed("incomplete-uploads-complete", "completes an upload of which chunks are missing", "TFS-API-10 TFS-SCN-3")
class IncompleteUploadsComplete(Uploads):
    def check_whole(self, session: Row) -> None:
        pass

    async def content(self, session: Row) -> bytes:
        return await super().content(session | {"totalChunks": session["uploadedChunks"]})

    async def check_file(self, session: Row, content: bytes) -> None:
        if session["uploadedChunks"] == session["totalChunks"]:
            await super().check_file(session, content)


@seed("strangers-download", "gives a file to anybody of the company", "TFS-EVT-07 TFS-SCN-3 TFS-API-10 NFR-005")
class StrangersDownload(Access):
    async def shared(self, person: Person, file: Row, refusal: str) -> None:
        pass


@seed("other-companies-download", "gives a file to anybody of any company", "TFS-EVT-07 NFR-005 TFS-SCN-3")
class OtherCompaniesDownload(Files):
    async def of(self, person: Person, number: UUID) -> Row:
        file = await self.database.row("select * from files where id = %s", number)
        return file if file else await super().of(person, number)


@seed("deleted-files-stay", "goes on giving out files that have been deleted", "TFS-DATA-8")
class DeletedFilesStay(Files):
    async def remove(self, person: Person, number: UUID) -> None:
        self.check_owner(person, await self.of(person, number))


@seed("others-send-chunks", "lets others send chunks of a user's upload", "TFS-API-09 TFS-SCN-3 NFR-005")
class OthersSendChunks(Uploads):
    async def own(self, person: Person, number: str) -> Row:
        sql = 'select *, "expiresAt" <= now() as expired from file_upload_sessions where "sessionId" = %s'
        return await self.database.row(sql, number) or await super().own(person, number)


@seed("file-size-is-not-limited", "takes files of any size", "TFS-API-08 TFS-ERR-6")
class FileSizeIsNotLimited(Uploads):
    async def check_size(self, connection: Connection, person: Person, size: int) -> None:
        pass


@seed("single-files-are-not-limited", "takes files of any size for which there is room", "TFS-X-SIZES")
class SingleFilesAreNotLimited(Uploads):
    async def check_size(self, connection: Connection, person: Person, size: int) -> None:
        self.limit = 2**63
        await super().check_size(connection, person, size)


@seed("largest-files-are-refused", "refuses a file of exactly the greatest size", "TFS-X-SIZES")
class LargestFilesAreRefused(Uploads):
    async def check_size(self, connection: Connection, person: Person, size: int) -> None:
        await super().check_size(connection, person, size + (size == self.limit))


@seed("companies-are-never-full", "refuses a file for which there is just room", "TFS-X-SIZES")
class CompaniesAreNeverFull(Uploads):
    async def check_size(self, connection: Connection, person: Person, size: int) -> None:
        await super().check_size(connection, person, size + (size < self.limit))


@seed(
    "uploads-go-anywhere",
    "takes uploads for chatrooms that the uploader is no member of",
    "TFS-X-ROOMS TFS-API-08 NFR-005",
)
class UploadsGoAnywhere(Uploads):
    async def place(self, person: Person, chatroom: UUID | None, thread: UUID | None) -> UUID | None:
        return chatroom


@seed("upload-reports-wrong-progress", "answers every chunk as if it were the first", "TFS-API-09 FR-003")
class UploadReportsWrongProgress(UploadsApi):
    def shown(self, session: Row) -> Row:
        shown: dict[str, Any] = super().shown(session)
        return shown | {"progressPercentage": 0, "uploadedChunks": 0}


@seed("search-finds-files-of-any-room", "finds files of rooms that one is not in", "TFS-X-SEARCH TFS-SCN-3 NFR-005")
class SearchFindsFilesOfAnyRoom(Files):
    shared_with = "(%s = %s or true)"


@seed("search-finds-no-files-of-others", "finds no user's files but one's own", "TFS-X-SEARCH TFS-SCN-3")
class SearchFindsNoFilesOfOthers(Files):
    shared_with = "(%s <> %s)"


@seed("pictures-come-damaged", "gives pictures back without their last byte", "TFS-DATA-4")
class PicturesComeDamaged(Files):
    async def content(self, person: Person, number: UUID) -> tuple[Row, bytes]:
        file, content = await super().content(person, number)
        return file, content[:-1] if file["mimeType"].startswith("image/") else content


@seed("checksums-in-small-letters", "refuses a piece whose checksum has a capital letter", "TFS-X-CHECKSUM")
class ChecksumsInSmallLetters(Uploads):
    def check_sum(self, content: bytes, checksum: str) -> None:
        super().check_sum(content, checksum if checksum == checksum.lower() else "")


@seed("completes-side-by-side", "completes an upload once for each who says at once that it is whole", "TFS-EVT-07")
class CompletesSideBySide(Uploads):
    def _queue(self, number: str) -> asyncio.Lock:
        return asyncio.Lock()

    async def check_file(self, session: Row, content: bytes) -> None:
        await super().check_file(session, content)
        await asyncio.sleep(0.1)


@seed("everybody-has-the-room-to-themselves", "lets each user store as much as a company may", "TFS-X-SIZES")
class EverybodyHasTheRoomToThemselves(Uploads):
    async def check_size(self, connection: Connection, person: Person, size: int) -> None:
        sql = 'select 1 from files where "companyId" = %s and "uploadedById" = %s limit 1'
        if await self.database.row(sql, person.company, person.id):
            await super().check_size(connection, person, size)
