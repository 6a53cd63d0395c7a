"""Who may go where: membership of chatrooms and threads, within one's own company."""

from uuid import UUID

from reference.kit.parts import part
from reference.kit.postgres import Row
from reference.threads.database import Database
from reference.threads.person import Person
from reference.threads.refusals import Rejected, forbidden, invalid, missing


@part
class Access:
    """Judges what a person may do. All may raise `Unavailable`."""

    database: Database  # where memberships are kept

    def writer(self, person: Person) -> None:
        """Raises `Rejected` for guests, who only read."""
        if not person.writes:
            raise forbidden("Guests cannot do this")

    def manager(self, person: Person) -> None:
        """Raises `Rejected` for all but owner and admins."""
        if not person.manages:
            raise forbidden("Insufficient permissions. Required roles: admin, owner")

    def owner(self, person: Person) -> None:
        """Raises `Rejected` for all but the owner."""
        if person.role != "owner":
            raise forbidden("Insufficient permissions. Required roles: owner")

    async def chatroom(self, person: Person, number: object) -> Row:
        """A chatroom that the person is a member of. Raises `Rejected`."""
        room = await self.known_chatroom(person, number)
        if not room["member"]:
            raise forbidden("Access denied to chatroom")
        return room

    async def known_chatroom(self, person: Person, number: object) -> Row:
        """A chatroom of the person's company. Raises `Rejected`."""
        sql = (
            'select r.*, exists (select 1 from chatroom_members m where m."chatroomId" = r.id and m."userId" = %s) '
            'as member from chatrooms r where r.id = %s and r."companyId" = %s'
        )
        room = await self.database.row(sql, person.id, number, person.company)
        if room is None:
            raise missing("Chatroom")
        return room

    async def known_thread(self, person: Person, number: object) -> Row:
        """A thread in a chatroom that the person is a member of. Raises `Rejected`."""
        sql = (
            "select t.*, exists (select 1 from thread_participants p "
            'where p."threadId" = t.id and p."userId" = %s) as participant from threads t where t.id = %s'
        )
        thread = await self.database.row(sql, person.id, number)
        if thread is None:
            raise missing("Thread")
        await self.chatroom(person, thread["chatroomId"])
        return thread

    async def thread(self, person: Person, number: object) -> Row:
        """A thread that the person takes part in. Raises `Rejected`."""
        thread = await self.known_thread(person, number)
        if not thread["participant"]:
            raise forbidden("Access denied to thread")
        return thread

    async def upload(self, person: Person, session: str) -> Row:
        """An upload that the person may follow: one's own, or one into a chatroom of one's own. Raises `Rejected`."""
        sql = 'select * from file_upload_sessions where "sessionId" = %s and "companyId" = %s'
        upload = await self.database.row(sql, session, person.company)
        if upload is None:
            raise missing("Upload session")
        if str(upload["uploadedById"]) != person.id:
            await self.shared(person, upload, "Access denied to upload session")
        return upload

    async def shared(self, person: Person, file: Row, refusal: str) -> None:
        """Raises `Rejected` unless a file or upload is in a chatroom, or thread, of the person."""
        if file["threadId"]:
            await self.thread(person, file["threadId"])
        elif file["chatroomId"]:
            await self.chatroom(person, file["chatroomId"])
        else:
            raise forbidden(refusal)

    async def room(self, person: Person, room: str) -> None:
        """Raises `Rejected` unless the person may hear the room of that full name."""
        kind, _, number = room.partition(":")
        if kind == "chatroom":
            await self.chatroom(person, identifier(number))
        elif kind == "thread":
            await self.thread(person, identifier(number))
        elif kind == "upload_session":
            await self.upload(person, number)
        elif number != person.company:
            raise forbidden("Access denied: not a member of this company")

    async def may_hear(self, person: Person, room: str) -> bool:
        """The same as a question."""
        try:
            await self.room(person, room)
        except Rejected as refusal:
            if refusal.status not in (400, 403, 404):
                raise
            return False
        return True


def identifier(text: str) -> UUID:
    """An id. Raises `Rejected` if the text is none."""
    try:
        return UUID(text)
    except ValueError:
        raise invalid("Validation failed", f"{text[:40]!r} is no UUID") from None
