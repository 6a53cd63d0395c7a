"""Uploads: a file comes in chunks, in order, each with its checksum; what has come survives a restart."""

import asyncio
import hashlib
from typing import Any
from uuid import UUID, uuid4
from weakref import WeakValueDictionary

from psycopg.types.json import Jsonb

from reference.kit.parts import part
from reference.kit.postgres import Connection, Row, one, rows
from reference.threads.access import Access
from reference.threads.announcer import Announcer
from reference.threads.database import Database
from reference.threads.files import Files
from reference.threads.person import Person
from reference.threads.refusals import Rejected, forbidden, invalid, missing
from reference.threads.storage import Storage

_OVER = {"completed": "already completed", "cancelled": "has been cancelled", "failed": "has failed"}


@part
class Uploads:
    """The uploads of companies. All may raise `Unavailable` and `Rejected`."""

    database: Database
    access: Access
    announcer: Announcer
    storage: Storage
    files: Files
    limit: int

    def __post_init__(self) -> None:
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def initiate(self, person: Person, asked: dict[str, Any]) -> Row:
        """A new upload."""
        self.access.writer(person)
        chatroom = await self.place(person, asked["chatroomId"], asked["threadId"])
        chunks = -(-asked["totalSizeBytes"] // asked["chunkSizeBytes"])
        sql = (
            'insert into file_upload_sessions ("sessionId", "companyId", "fileName", "mimeType", "totalSizeBytes", '
            '"chunkSizeBytes", checksum, "totalChunks", "uploadedById", "chatroomId", "threadId", metadata) '
            "values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s) "
            'on conflict ("sessionId") do update set checksum = excluded.checksum returning *'
        )
        fields = ("fileName", "mimeType", "totalSizeBytes", "chunkSizeBytes", "checksum")
        described = [asked[name] for name in fields]
        where = (person.id, chatroom, asked["threadId"], Jsonb(asked["metadata"]))
        number = f"upload_session_{uuid4()}"

        async def announce(connection: Connection) -> Row:
            await self.check_size(connection, person, asked["totalSizeBytes"])
            return await one(connection, sql, number, person.company, *described, chunks, *where)

        return await self.database.transaction(announce)

    async def place(self, person: Person, chatroom: UUID | None, thread: UUID | None) -> UUID | None:
        """The chatroom that a file is for, if any; the person must belong there."""
        if thread:
            return UUID(str((await self.access.thread(person, thread))["chatroomId"]))
        if chatroom:
            await self.access.chatroom(person, chatroom)
        return chatroom

    async def check_size(self, connection: Connection, person: Person, size: int) -> None:
        """Raises `Rejected` if a file is too large, or its company has no room for it. Others of it wait meanwhile."""
        if size > self.limit:
            raise Rejected(413, f"File cannot exceed {self.limit} bytes")
        sql = 'select "maxStorageBytes" from companies where id = %s for update'
        company = await one(connection, sql, person.company)
        if await self.taken(connection, person.company) + size > company["maxStorageBytes"]:
            raise Rejected(413, "Storage quota exceeded")

    async def taken(self, connection: Connection, company: str) -> int:
        """The bytes of a company's files, and of those that have been announced and may still come."""
        sql = (
            'select coalesce((select sum("sizeBytes") from files where "companyId" = %s), 0)::bigint as stored, '
            'coalesce((select sum("totalSizeBytes") from file_upload_sessions where "companyId" = %s '
            "and status in ('pending', 'in_progress') and \"expiresAt\" > now()), 0)::bigint as announced"
        )
        found = await one(connection, sql, company, company)
        return int(found["stored"] + found["announced"])

    async def take(self, person: Person, number: str, index: int, content: bytes, checksum: str) -> Row:
        """Take the next chunk in."""
        async with self._queue(number):
            session = await self.open_session(person, number)
            self.check_index(session, index)
            self.check_length(session, index, content)
            self.check_sum(content, checksum)
            await self.keep(number, index, content)
            session = await self.count(number, index, len(content))
        await self.announcer.progress(session)
        return session

    def _queue(self, number: str) -> asyncio.Lock:
        return self._queues.setdefault(number, asyncio.Lock())

    async def open_session(self, person: Person, number: str) -> Row:
        """An upload of one's own that is not over."""
        session = await self.own(person, number)
        if session["status"] in _OVER:
            raise invalid(f"Upload session {_OVER[session['status']]}")
        if session["expired"]:
            raise invalid("Upload session has expired")
        return session

    async def own(self, person: Person, number: str) -> Row:
        """An upload of one's own."""
        sql = 'select *, "expiresAt" <= now() as expired from file_upload_sessions where "sessionId" = %s'
        session = await self.database.row(sql, number)
        if session is None or str(session["companyId"]) != person.company:
            raise missing("Upload session")
        if str(session["uploadedById"]) != person.id:
            raise forbidden("Access denied to upload session")
        return session

    def check_index(self, session: Row, index: int) -> None:
        """Raises `Rejected` unless the chunk is the next one."""
        expected = session["uploadedChunks"]
        if index != expected or index >= session["totalChunks"]:
            raise invalid(f"Invalid chunk sequence. Expected chunk {expected}, got {index}")

    def check_length(self, session: Row, index: int, content: bytes) -> None:
        """Raises `Rejected` unless the chunk is as long as the others, or as what is left."""
        left = session["totalSizeBytes"] - index * session["chunkSizeBytes"]
        if len(content) != min(session["chunkSizeBytes"], left):
            raise invalid("Invalid chunk size")

    def check_sum(self, content: bytes, checksum: str) -> None:
        """Raises `Rejected` unless the chunk has come whole."""
        if hashlib.sha256(content).hexdigest() != checksum.lower():
            raise invalid("Chunk checksum validation failed")

    async def keep(self, number: str, index: int, content: bytes) -> None:
        """Store the bytes of a chunk."""
        await self.storage.put(chunk_key(number, index), content)

    async def count(self, number: str, index: int, length: int) -> Row:
        """Note that a chunk is there; the upload as it is then."""
        sql = (
            'update file_upload_sessions set "uploadedChunks" = %s, "uploadedBytes" = %s * "chunkSizeBytes" + %s, '
            'status = \'in_progress\', "updatedAt" = now() where "sessionId" = %s returning *'
        )
        return await self.database.one(sql, index + 1, index, length, number)

    async def complete(self, person: Person, number: str) -> Row:
        """Make a file of all chunks."""
        async with self._queue(number):
            session = await self.open_session(person, number)
            self.check_whole(session)
            content = await self.content(session)
            await self.check_file(session, content)
            session, file = await self.finish(session, content)
        await self.announcer.completed(session, file)
        self.files.process(session, file)
        return session

    def check_whole(self, session: Row) -> None:
        """Raises `Rejected` unless all chunks are there."""
        if session["uploadedChunks"] != session["totalChunks"]:
            raise invalid(f"Upload is incomplete: {session['uploadedChunks']} of {session['totalChunks']} chunks")

    async def content(self, session: Row) -> bytes:
        """All chunks together."""
        keys = [chunk_key(session["sessionId"], index) for index in range(session["totalChunks"])]
        return b"".join([await self.storage.get(key) for key in keys])

    async def check_file(self, session: Row, content: bytes) -> None:
        """Raises `Rejected`, and gives the upload up, unless the file has come whole."""
        if hashlib.sha256(content).hexdigest() == session["checksum"].lower():
            return
        sql = "update file_upload_sessions set status = 'failed' where \"sessionId\" = %s"
        await self.database.rows(sql, session["sessionId"])
        raise invalid("File checksum validation failed")

    async def finish(self, session: Row, content: bytes) -> tuple[Row, Row]:
        """Store a file; the upload, and the file."""
        number = uuid4()
        key = f"companies/{session['companyId']}/users/{session['uploadedById']}/{number}"
        await self.storage.put(key, content)

        async def store(connection: Connection) -> tuple[Row, Row]:
            sql = (
                'insert into files (id, "companyId", "uploadedById", "fileName", "mimeType", "sizeBytes", checksum, '
                '"storageKey", "chatroomId", "threadId") select %s, "companyId", "uploadedById", "fileName", '
                '"mimeType", "totalSizeBytes", checksum, %s, "chatroomId", "threadId" from file_upload_sessions '
                'where "sessionId" = %s on conflict do nothing'
            )
            await rows(connection, sql, number, key, session["sessionId"])
            sql = (
                'update file_upload_sessions set status = \'completed\', "fileId" = %s, "completedAt" = now() '
                'where "sessionId" = %s returning *'
            )
            done = await one(connection, sql, number, session["sessionId"])
            return done, await one(connection, "select * from files where id = %s", number)

        return await self.database.transaction(store)

    async def cancel(self, person: Person, number: str) -> Row:
        """Give an upload up."""
        async with self._queue(number):
            session = await self.own(person, number)
            if session["status"] == "completed":
                raise invalid("Cannot cancel completed upload session")
            sql = "update file_upload_sessions set status = 'cancelled' where \"sessionId\" = %s returning *"
            cancelled = await self.database.one(sql, number)
        for index in range(session["uploadedChunks"]):
            await self.storage.delete(chunk_key(number, index))
        await self.announcer.progress(cancelled)
        return cancelled


def chunk_key(number: str, index: int) -> str:
    """Where a chunk is stored."""
    return f"uploads/{number}/{index}"
