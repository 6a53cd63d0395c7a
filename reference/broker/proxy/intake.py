"""Accepting messages: kept in Redis, registered at the main server, then queued; in this order.

So no worker sees a message that the main server does not know, and a message that is acknowledged is in Redis already.
"""

import asyncio
import logging
import uuid
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

from reference.broker.main_client import Away, MainClient
from reference.broker.proxy.outbox import Entry, Outbox
from reference.broker.redis import LOST
from reference.broker.refusals import Rejected
from reference.broker.times import now, wire
from reference.kit.parts import part

_REGISTER = "/internal/messages/register"
#: Seconds after which a message that waits for its registration is taken to be of a proxy that is gone.
_ABANDONED = 3.0
_SENT = ("message_id", "client_id", "sender_number", "message_body", "queued_at", "domain", "metadata")


@part
class Intake:
    """Accepts messages."""

    outbox: Outbox  # where they are kept
    main: MainClient  # where they are registered
    interval: float  # seconds between two attempts to register what could not be

    def __post_init__(self) -> None:
        self.put_off: set[str] = set()

    def entry(self, client: str, number: str, body: str, domain: str | None) -> Entry:
        """A message as it is kept in Redis."""
        moment = now()
        return {
            "message_id": str(uuid.uuid4()),
            "sender_number": number,
            "message_body": body,
            "client_id": client,
            "domain": domain or "default",
            "queued_at": moment,
            "attempt_count": 0,
            "metadata": {"timestamp": moment, "client_id": client, "domain": domain},
        }

    async def accept(self, entry: Entry) -> int:
        """Accept a message. If the main server is away now, it is registered later.

        Returns:
            How many messages are in the queue.

        Raises:
            Rejected: 503 without Redis, 403 if the main server does not know the client.
        """
        try:
            await self.outbox.keep(entry)
        except LOST:
            raise Rejected(503, "Failed to enqueue message. Redis unavailable.") from None
        try:
            await self.register(entry)
        except Away as problem:
            logging.warning("message %s will be registered later: %s", entry["message_id"], problem)
            self.put_off.add(entry["message_id"])
            return await self.position(self.outbox.length())
        except Rejected:
            with suppress(*LOST):
                await self.outbox.drop(entry)
            raise Rejected(403, "Unknown client") from None
        return await self.position(self.outbox.release(entry))

    async def position(self, length: Any) -> int:
        """The length of the queue; 0 if Redis cannot tell any more, which costs no message."""
        with suppress(*LOST):
            return int(await length)
        return 0

    async def register(self, entry: Entry) -> None:
        """Tell the main server of a message. Raises `Away`, `Rejected` if it will not have it."""
        try:
            await self.main.post(_REGISTER, {name: entry[name] for name in _SENT})
        except Rejected as refusal:
            if refusal.status in (401, 403):  # it is us that it refuses, not the message
                raise Away(refusal.message) from None
            raise

    async def keep_registering(self) -> None:
        """For ever: register what could not be registered at once."""
        while True:
            await asyncio.sleep(self.interval)
            with suppress(Away, *LOST):
                await self.catch_up()

    async def catch_up(self) -> None:
        """Register and queue what this proxy has put off, and what a proxy has left behind that is gone.

        All else is just being registered by the proxy that has accepted it. To do that too would double the work of the
        main server, and the more so the less it keeps up with it.

        Raises:
            Away: the main server still is; one of `LOST` if Redis is.
        """
        abandoned = str(wire(datetime.now(UTC) - timedelta(seconds=_ABANDONED)))
        waiting = await self.outbox.unregistered()
        self.put_off &= {entry["message_id"] for entry in waiting}
        for entry in waiting:
            if entry["message_id"] not in self.put_off and entry["queued_at"] > abandoned:
                continue
            try:
                await self.register(entry)
            except Rejected as refusal:
                logging.error("message %s set aside: %s", entry["message_id"], refusal.message)
                await self.outbox.set_aside(entry)
            else:
                await self.outbox.release(entry)
