"""What is done with one message: deliver it, or put it off, or give it up after the last attempt."""

import json
import logging
from typing import Any

from reference.broker.main_client import Away, MainClient
from reference.broker.refusals import Rejected
from reference.broker.worker.metrics import Metrics
from reference.broker.worker.shelf import Shelf, parsed
from reference.kit.parts import part

_DELIVER = "/internal/messages/deliver"
_STATUS = "/internal/messages/status"


@part
class Delivery:
    """Works on one message at a time."""

    shelf: Shelf  # where messages come from
    main: MainClient  # the main server, which keeps what has become of them
    metrics: Metrics
    worker: str  # name of the worker
    interval: float  # seconds between two attempts at the same message
    attempts: int  # how many there are at most

    async def work_on(self, slot: str, entry: str) -> None:
        """Do what is due for the entry in a slot. Raises one of `LOST` while Redis is away; then it stays there."""
        message = parsed(entry)
        if message is None:
            logging.error("an entry of the queue is no message; dropped")
            await self.shelf.done(slot, entry)
        elif message.get("attempt_count", 0) >= self.attempts:
            await self.give_up(slot, entry, message)
        else:
            await self.attempt(slot, entry, message)

    async def attempt(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        """Try to deliver a message."""
        number = message.get("attempt_count", 0) + 1
        try:
            with self.metrics.duration.time():
                await self.deliver(message, number)
        except Away as problem:
            await self.fail(slot, entry, message | {"attempt_count": number}, str(problem))
        except Rejected as refusal:
            if refusal.status == 409:  # it has failed for good, so another worker has tried enough
                await self.shelf.done(slot, entry)
            else:
                await self.fail(slot, entry, message | {"attempt_count": number}, refusal.message)
        else:
            self.metrics.delivered.inc()
            self.metrics.processed.inc()
            logging.info("message %s delivered, attempt %d", message["message_id"], number)
            await self.shelf.done(slot, entry)

    async def deliver(self, message: dict[str, Any], number: int) -> None:
        """Deliver a message. Raises `Away` or `Rejected` if this fails."""
        about = {"message_id": message["message_id"], "worker_id": self.worker, "attempt_count": number}
        await self.main.post(_DELIVER, about)

    async def fail(self, slot: str, entry: str, message: dict[str, Any], problem: str) -> None:
        """Go on after an attempt that has failed: put the message off, or give it up after the last one."""
        logging.warning("message %s: attempt %d failed", message["message_id"], message["attempt_count"])
        if message["attempt_count"] >= self.attempts:
            await self.give_up(slot, entry, message)
            return
        self.metrics.retried.inc()
        await self.report(message, "queued", problem)
        await self.put_off(slot, entry, message)

    async def put_off(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        """Let a message wait for its next turn."""
        await self.shelf.postpone(slot, entry, json.dumps(message), self.interval)

    async def give_up(self, slot: str, entry: str, message: dict[str, Any]) -> None:
        """Tell the main server that a message has failed; as long as that fails too, come back to it later."""
        heard = await self.report(message, "failed", "max attempts exceeded")
        if heard:
            self.metrics.failed.inc()
            logging.error("message %s given up", message["message_id"])
            await self.shelf.done(slot, entry)
        else:
            await self.put_off(slot, entry, message)

    async def report(self, message: dict[str, Any], status: str, problem: str) -> bool:
        """Tell the main server how a message stands.

        Returns:
            Whether it has heard it; what it refuses, it has heard.
        """
        attempts, identity = message["attempt_count"], message["message_id"]
        about = {"message_id": identity, "status": status, "attempt_count": attempts, "error_message": problem}
        try:
            await self.main.put(_STATUS, about)
        except Away:
            return False
        except Rejected as refusal:
            return refusal.status not in (401, 403)
        return True
