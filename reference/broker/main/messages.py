"""The messages that are kept, and what becomes of them: queued, then delivered or failed, once and for all."""

from typing import Any

from reference.broker.forms import Registration
from reference.broker.main.audit import Audit
from reference.broker.main.database import Database
from reference.broker.main.vault import SenderHash, Vault
from reference.broker.refusals import Rejected
from reference.kit.parts import part
from reference.kit.postgres import Connection, Row, one, row, rows

_OPEN = ("queued", "processing")

_INSERT = """
insert into messages (message_id, client_id, sender_number_hashed, encrypted_body, domain, queued_at)
values (%s, %s, %s, %s, %s, %s) on conflict (message_id) do nothing returning *"""
_DELIVER = """
update messages set status = 'delivered', delivered_at = clock_timestamp(), last_attempt_at = clock_timestamp(),
    attempt_count = greatest(attempt_count, %s) where id = %s returning *"""
_UPDATE = """
update messages set status = %s, attempt_count = %s, error_message = %s, last_attempt_at = clock_timestamp(),
    delivered_at = case when %s = 'delivered' then clock_timestamp() end where id = %s"""


@part
class Messages:
    """Keeps messages. Each of them is delivered or failed once, however many workers say so."""

    database: Database  # where they are kept
    vault: Vault  # keeps their bodies unreadable
    senders: SenderHash  # keeps their senders unreadable
    audit: Audit  # is told of each

    async def register(self, new: Registration) -> Row:
        """Keep a message; one that is kept already stays as it is.

        Raises:
            Rejected: 404 for an unknown client, 409 if its id belongs to another message, 503 without database.
        """
        async with self.database.transaction() as connection:
            if await row(connection, "select 1 from clients where client_id = %s", new.client_id) is None:
                raise Rejected(404, f"Unknown client: {new.client_id}")
            kept = await self.insert(connection, new)
            if kept is not None:
                event, client = "message_registered", new.client_id
                await self.audit.note(connection, event, client=client, message_id=new.message_id)
                return kept
            known = await self.find(connection, new.message_id)
        if (known["client_id"], known["sender_number_hashed"]) != (new.client_id, self.senders.of(new.sender_number)):
            raise Rejected(409, f"Message id is taken: {new.message_id}")
        return known

    async def insert(self, connection: Connection, new: Registration) -> Row | None:
        """Its new row, None if the id is kept already."""
        body, sender = self.vault.encrypt(new.message_id, new.message_body), self.senders.of(new.sender_number)
        values = (new.message_id, new.client_id, sender, body, new.domain, new.queued_at)
        return await row(connection, _INSERT, *values)

    async def deliver(self, message_id: str, worker: str, attempts: int) -> tuple[Row, bool]:
        """Mark a message as delivered, unless it is already.

        Returns:
            Its row, and whether this changed anything.

        Raises:
            Rejected: 404 if it is unknown, 409 if it has failed, 503 without database.
        """
        async with self.database.transaction() as connection:
            message = await self.find(connection, message_id)
            if message["status"] == "delivered":
                return message, False
            if message["status"] == "failed":
                raise Rejected(409, f"Message has failed: {message_id}")
            delivered = await one(connection, _DELIVER, attempts, message["id"])
            event, client = "message_delivered", message["client_id"]
            await self.audit.note(connection, event, client=client, message_id=message_id, worker_id=worker)
            return delivered, True

    async def update(self, message_id: str, status: str, attempts: int, error: str | None) -> Row | None:
        """Change the status of a message.

        Returns:
            Its row as it was before, None if it has been in this state for good.

        Raises:
            Rejected: 404 if it is unknown, 409 out of a final state, 503 without database.
        """
        async with self.database.transaction() as connection:
            message = await self.find(connection, message_id)
            if message["status"] not in _OPEN:
                if message["status"] == status:
                    return None
                raise Rejected(409, f"Message is {message['status']} already: {message_id}")
            await rows(connection, _UPDATE, status, attempts, error, status, message["id"])
            if status not in _OPEN:
                await self.audit.note(
                    connection, f"message_{status}", client=message["client_id"], message_id=message_id
                )
            return message

    async def find(self, connection: Connection, message_id: str) -> Row:
        """The row of a message, which no other transaction changes until this one ends.

        Raises:
            Rejected: 404 if there is none.
        """
        message = await row(connection, "select * from messages where message_id = %s for update", message_id)
        if message is None:
            raise Rejected(404, f"Message not found: {message_id}")
        return message

    async def listed(self, client: str | None, status: str | None, skip: int, limit: int) -> tuple[list[Row], int]:
        """A page of messages, newest first, and how many there are in all.

        Args:
            client: only of this client; of all by default.
            status: only in this state; in any by default.
            skip: how many to leave out.
            limit: how many at most.
        """
        values: tuple[Any, ...] = (client, client, status, status)
        where = "where (%s::text is null or client_id = %s) and (%s::text is null or status = %s)"
        page = f"select * from messages {where} order by id desc offset %s limit %s"
        listed = await self.database.rows(page, *values, skip, limit)
        total = await self.database.row(f"select count(*) as total from messages {where}", *values)
        return listed, total["total"] if total else 0
