"""Files: processed after their upload, then to be had by the users who may."""

import asyncio
import hashlib
import logging
from uuid import UUID

from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads.access import Access
from reference.threads.announcer import Announcer
from reference.threads.database import Database
from reference.threads.person import Person
from reference.threads.refusals import Rejected, forbidden, missing
from reference.threads.storage import Storage

log = logging.getLogger(__name__)


@part
class Files:
    """The files of companies. All may raise `Unavailable` and `Rejected`."""

    database: Database
    access: Access
    announcer: Announcer
    storage: Storage

    #: Which files of others one may have, in SQL.
    shared_with = (
        '(f."threadId" is null and exists '
        '(select 1 from chatroom_members m where m."chatroomId" = f."chatroomId" and m."userId" = %s) '
        'or exists (select 1 from thread_participants p where p."threadId" = f."threadId" and p."userId" = %s))'
    )

    def __post_init__(self) -> None:
        self._processing: set[asyncio.Task[None]] = set()

    def process(self, session: Row, file: Row) -> None:
        """Have a file processed; no request waits for it."""
        task = asyncio.create_task(self.processed(session, file))
        self._processing.add(task)
        task.add_done_callback(self._processing.discard)

    async def resume(self) -> None:
        """Process what was left when the server ended."""
        sql = (
            'select s.*, to_jsonb(f) as file, f."storageKey" from files f join file_upload_sessions s '
            "on s.\"fileId\" = f.id where f.status = 'processing'"
        )
        for session in await self.database.rows(sql):
            self.process(session, session["file"])

    async def processed(self, session: Row, file: Row) -> None:
        """See that what is stored is what has been sent, and let it be had."""
        try:
            content = await self.storage.get(file["storageKey"])
            intact = hashlib.sha256(content).hexdigest() == file["checksum"].lower()
            await self.ready(session, file, "ready" if intact else "failed")
            for index in range(session["totalChunks"]):
                await self.storage.delete(f"uploads/{session['sessionId']}/{index}")
        except (Rejected, OSError):
            log.warning("file %s is processed at the next start", file["id"], exc_info=True)

    async def ready(self, session: Row, file: Row, status: str) -> None:
        """The outcome of processing."""
        await self.database.rows("update files set status = %s where id = %s", status, file["id"])
        await self.announcer.processed(session, file | {"status": status})

    async def listed(self, person: Person, chatroom: UUID | None, thread: UUID | None) -> list[Row]:
        """The files of a thread or a chatroom, or all of one's own."""
        where, value = self.scope(person, chatroom, thread)
        if thread:
            await self.access.thread(person, thread)
        elif chatroom:
            await self.access.chatroom(person, chatroom)
        return await self.database.rows(f'select * from files where {where} order by "createdAt" desc', value)

    async def found(self, person: Person, words: str) -> list[Row]:
        """The files that the person may have with these words in their names, in any case of letters."""
        sql = (
            'select f.* from files f where f."companyId" = %s and strpos(lower(f."fileName"), lower(%s)) > 0 and '
            f'(f."uploadedById" = %s or {self.shared_with}) order by f."createdAt" desc'
        )
        return await self.database.rows(sql, person.company, words, person.id, person.id, person.id)

    def scope(self, person: Person, chatroom: UUID | None, thread: UUID | None) -> tuple[str, object]:
        """Which files are asked for, in SQL."""
        if thread:
            return '"threadId" = %s', thread
        return ('"chatroomId" = %s', chatroom) if chatroom else ('"uploadedById" = %s', person.id)

    async def of(self, person: Person, number: UUID) -> Row:
        """A file that the person may have."""
        sql = 'select * from files where id = %s and "companyId" = %s'
        file = await self.database.row(sql, number, person.company)
        if file is None:
            raise missing("File")
        if str(file["uploadedById"]) != person.id:
            await self.access.shared(person, file, "Access denied to file")
        return file

    async def content(self, person: Person, number: UUID) -> tuple[Row, bytes]:
        """A file with its bytes."""
        file = await self.of(person, number)
        if file["status"] != "ready":
            raise Rejected(409, f"File is {file['status']}")
        return file, await self.storage.get(file["storageKey"])

    async def share(self, person: Person, number: UUID, thread: Row) -> None:
        """Put a file of one's own into a thread."""
        self.access.writer(person)
        file = await self.of(person, number)
        if str(file["uploadedById"]) != person.id:
            raise forbidden("Access denied to file")
        sql = 'update files set "threadId" = %s, "chatroomId" = %s where id = %s'
        await self.database.rows(sql, thread["id"], thread["chatroomId"], number)

    async def unshare(self, person: Person, number: UUID, thread: Row) -> None:
        """Take a file out of a thread: one's own, or as owner or admin; it stays in the chatroom."""
        file = await self.of(person, number)
        if str(file["threadId"]) != str(thread["id"]):
            raise missing("File")
        self.check_owner(person, file)
        await self.database.rows('update files set "threadId" = null where id = %s', number)

    async def remove(self, person: Person, number: UUID) -> None:
        """Delete a file: one's own, or as owner or admin."""
        file = await self.of(person, number)
        self.check_owner(person, file)
        await self.database.rows("delete from files where id = %s", number)
        await self.storage.delete(file["storageKey"])

    def check_owner(self, person: Person, file: Row) -> None:
        """Raises `Rejected` unless a file is the person's own, or the person runs the company."""
        if str(file["uploadedById"]) != person.id and not person.manages:
            raise forbidden("Access denied to file")
