"""The API for proxies and workers, which show their certificates."""

from collections.abc import Collection
from datetime import UTC, datetime
from typing import Any

from aiohttp import web

from reference.broker.fields import Fields
from reference.broker.main.messages import STATUSES, NewMessage
from reference.broker.main.parts import Api, Inside
from reference.broker.refusals import Rejected
from reference.broker.times import now, wire

_MOST_ATTEMPTS = 2**31 - 1


class InternalApi(Api):
    """Registers messages, and takes down what became of them.

    Args:
        inside: the parts behind it.
        clients: the names of who may use it.
    """

    shortest, longest = 1, 1000  # characters of a body

    def __init__(self, inside: Inside, clients: Collection[str]) -> None:
        super().__init__(inside)
        self.clients = clients

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [
            web.post("/internal/messages/register", self.register),
            web.post("/internal/messages/deliver", self.deliver),
            web.post("/internal/messages/status", self.status),
            web.put("/internal/messages/status", self.status),
            web.put("/internal/messages/{message_id}/status", self.status),
        ]

    def admit(self, request: web.Request) -> None:
        """See that a request comes from a component. Raises `Rejected` (401, 403) if it does not."""
        if self.inside.callers.caller(request) not in self.clients:
            raise Rejected(403, "Only for proxies and workers")

    async def register(self, request: web.Request) -> web.Response:
        """Keep a message."""
        self.admit(request)
        message = self.new_message(await Fields.of(request))
        row = await self.inside.messages.register(message)
        self.inside.metrics.registered.labels(message.client_id).inc()
        answer = {"message_id": row["message_id"], "id": row["id"], "registered_at": wire(row["created_at"])}
        return web.json_response({"status": "success"} | answer)

    def new_message(self, fields: Fields) -> NewMessage:
        """The message in a request. Raises `Invalid`."""
        fields.mapping("metadata")
        message = NewMessage(
            message_id=fields.text("message_id", most=36),
            client_id=fields.text("client_id"),
            sender_number=fields.text("sender_number", 0),
            body=fields.text("message_body", self.shortest, self.longest),
            domain=fields.text("domain", default="default"),
            queued_at=_moment(fields, "queued_at"),
        )
        fields.check()
        return message

    async def deliver(self, request: web.Request) -> web.Response:
        """Mark a message as delivered."""
        self.admit(request)
        fields = await Fields.of(request)
        message_id, worker = fields.text("message_id"), fields.text("worker_id")
        attempts = fields.number("attempt_count", 0, _MOST_ATTEMPTS, 1)
        fields.check()
        message, fresh = await self.inside.messages.deliver(message_id, worker, attempts)
        if fresh:
            self.inside.metrics.delivered.labels(message["client_id"]).inc()
        return web.json_response({"status": "success", "delivered_at": wire(message["delivered_at"])})

    async def status(self, request: web.Request) -> web.Response:
        """Change the status of a message."""
        self.admit(request)
        fields = await Fields.of(request)
        message_id = request.match_info.get("message_id") or fields.text("message_id")
        status, error = fields.text("status"), fields.text("error_message", 0, 1000, None)
        if status not in STATUSES:
            fields.complain("status", f"Input should be one of {', '.join(STATUSES)}")
        attempts = fields.number("attempt_count", 0, _MOST_ATTEMPTS)
        fields.check()
        message = await self.inside.messages.update(message_id, status, attempts, error)
        if message is not None:
            self.count(message["client_id"], status)
        return web.json_response({"status": "updated", "updated_at": now()})

    def count(self, client: str, status: str) -> None:
        """Count a message that has come to its end."""
        ends: dict[str, Any] = {
            "delivered": self.inside.metrics.delivered,
            "failed": self.inside.metrics.failed,
        }
        if status in ends:
            ends[status].labels(client).inc()


def _moment(fields: Fields, name: str) -> datetime:
    text = fields.text(name)
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        fields.complain(name, "Input should be a valid datetime")
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
