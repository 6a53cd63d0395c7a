"""Looks into the broker's database and queue: what has become of messages, and how they are stored."""

import hashlib
import json
from collections import Counter
from contextlib import suppress
from typing import Any, Protocol

from redis.exceptions import RedisError

from support.core.checks import check
from support.core.errors import NotSupported
from support.drivers.broker import ciphers
from support.drivers.capabilities.delivery import AtRest, DeliveryRecord
from support.drivers.stores.redis import RedisStore

#: How many messages one query asks for; a database takes a limited number of values.
_AT_ONCE = 10_000


class Database(Protocol):
    """A read-only look into an SQL database."""

    async def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]: ...
    async def tables(self) -> frozenset[str]: ...
    async def holding(self, words: str) -> list[str]: ...
    async def connections(self) -> tuple[int, int]: ...
    async def close(self) -> None: ...


class DatastoreInspector:
    """What we may see of a deployment beside what it shows to its users.

    Args:
        database: where messages are kept, if we may look.
        queue: the Redis they wait in, if we may look.
        prefix: how the keys of the queue begin.
        not_waiting: ends of such keys that hold no messages on their way.
        salt: of the senders' hashes, if we know it.
        key: that messages are encrypted with, if we know it.
    """

    def __init__(
        self,
        database: Database | None,
        queue: RedisStore | None,
        *,
        prefix: str = "message_queue",
        not_waiting: tuple[str, ...] = (),
        salt: str | None = None,
        key: bytes | None = None,
    ) -> None:
        self._database = database
        self._queue = queue
        self._prefix = prefix
        self._not_waiting = not_waiting
        self._salt = salt
        self._key = key

    @property
    def sees_database(self) -> bool:
        """Whether the profile gives access to the database."""
        return self._database is not None

    @property
    def database(self) -> Database:
        """The database.

        Raises:
            NotSupported: the profile gives no access to it.
        """
        if self._database is None:
            raise NotSupported("the profile gives no access to this system's database")
        return self._database

    @property
    def queue(self) -> RedisStore:
        """The Redis of the queue.

        Raises:
            NotSupported: the profile gives no access to it.
        """
        if self._queue is None:
            raise NotSupported("the profile gives no access to this system's Redis")
        return self._queue

    async def queue_answers(self) -> bool:
        """Whether Redis answers, as far as we may look."""
        with suppress(RedisError):
            return self._queue is None or await self._queue.answers()
        return False

    async def delivery_records(self, messages: list[str]) -> dict[str, DeliveryRecord]:
        """What is on record of these messages; nothing of those that are not known."""
        rows: list[tuple[Any, ...]] = []
        for first in range(0, len(messages), _AT_ONCE):
            some = messages[first : first + _AT_ONCE]
            listed = ", ".join(["%s"] * len(some))
            columns = "message_id, status, attempt_count, delivered_at, created_at"
            rows += await self.database.rows(f"SELECT {columns} FROM messages WHERE message_id IN ({listed})", *some)
        recorded = await self._recorded(min((created for *_, created in rows), default=None))
        return {
            id: DeliveryRecord(
                str(status),
                attempts,
                registered=recorded[id, "message_registered"],
                delivered=recorded[id, "message_delivered"],
                has_time=at is not None,
                delivered_at=str(at or ""),
            )
            for id, status, attempts, at, _ in rows
        }

    async def _recorded(self, since: Any) -> Counter[tuple[str, str]]:
        """How often the audit log says what of whom; its entries hold a message's id somewhere in their data."""
        found: Counter[tuple[str, str]] = Counter()
        if since is None:
            return found
        entries = await self.database.rows(
            "SELECT event_type, event_data FROM audit_log"
            " WHERE event_type IN ('message_registered', 'message_delivered') AND created_at >= %s",
            since,
        )
        for kind, data in entries:
            told = data if isinstance(data, dict) else json.loads(data)
            found[str(told.get("message_id")), kind] += 1
        return found

    async def failed_sign_ins(self, login: str) -> int:
        """How many failed attempts to sign in as a user the audit log has."""
        sql = (
            "SELECT count(*) FROM audit_log a JOIN users u ON u.id = a.user_id"
            " WHERE a.event_type = 'login_failed' AND u.email = %s"
        )
        return int((await self.database.rows(sql, login))[0][0])

    async def messages_of(self, client: str) -> frozenset[str]:
        """All messages there are of a client; none where we may not look."""
        if self._database is None:
            return frozenset()
        rows = await self._database.rows("SELECT message_id FROM messages WHERE client_id = %s", client)
        return frozenset(str(id) for (id,) in rows)

    async def is_revoked(self, client: str) -> bool:
        """Whether a client's certificate is on record as revoked; as far as we may look."""
        if self._database is None:
            return False
        rows = await self._database.rows("SELECT status FROM clients WHERE client_id = %s", client)
        return [str(status) for (status,) in rows] == ["revoked"]

    async def clients(self) -> dict[str, str]:
        """The clients on record, and the status of each one's certificate.

        Raises:
            NotSupported: the profile gives no access to the database.
        """
        rows = await self.database.rows("SELECT client_id, status FROM clients")
        return {str(client): str(status) for client, status in rows}

    async def waiting(self) -> int:
        """How many messages are on their way: queued, in work or waiting for another try."""
        sizes = await self.queue.sizes(self._prefix)
        return sum(size for name, size in sizes.items() if not name.endswith(self._not_waiting))

    async def untouched(self) -> int:
        """How many messages are in the queue, and no worker has taken them up."""
        return (await self.queue.sizes(self._prefix)).get(self._prefix, 0)

    async def at_rest(self, message: str) -> AtRest:
        """How a message is stored."""
        query = "SELECT sender_number_hashed, encrypted_body FROM messages WHERE message_id = %s"
        rows = await self.database.rows(query, message)
        check(rows, "the message is not stored at all")
        return AtRest(*map(str, rows[0]))

    async def password_of(self, login: str) -> str:
        """How a user's password is stored."""
        ((stored,),) = await self.database.rows("SELECT password_hash FROM users WHERE email = %s", login)
        return str(stored)

    def hashed(self, number: str) -> str:
        """What a sender's number has to be stored as: a salted SHA-256 (contract 4.4).

        Raises:
            NotSupported: we do not know the salt.
        """
        if self._salt is None:
            raise NotSupported("the profile does not say where the salt of the senders' hashes is to be had")
        return hashlib.sha256((self._salt + number).encode()).hexdigest()

    def opened(self, message: str, at_rest: AtRest) -> tuple[str, int]:
        """The text of a stored message, and the bits of the key that opens it.

        Raises:
            NotSupported: we do not know the key.
            AssertionError: nothing known opens it with this key; says what was tried.
        """
        if self._key is None:
            raise NotSupported("the profile does not say where the key of the messages is to be had")
        if found := ciphers.opened(at_rest.text, self._key, (b"", message.encode())):
            return found
        size, tried = len(at_rest.text), ", ".join(ciphers.TRIED)
        raise AssertionError(f"the key does not open what is stored, {size} characters; tried were {tried}")

    async def close(self) -> None:
        """Close what is open."""
        for store in (self._database, self._queue):
            if store:
                await store.close()
