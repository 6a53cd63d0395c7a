"""The API for proxies and workers, which show their certificates."""

from collections.abc import Collection
from typing import Any

from aiohttp import web

from reference.broker.forms import Delivered, Registration, Standing
from reference.broker.main.parts import Api, Inside
from reference.broker.refusals import Invalid, Rejected
from reference.broker.times import now, wire
from reference.kit.forms import filled_in


class InternalApi(Api):
    """Registers messages, and takes down what became of them.

    Args:
        inside: the parts behind it.
        clients: the names of who may use it.
    """

    registration = Registration

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
        message = await filled_in(self.registration, request)
        row = await self.inside.messages.register(message)
        self.inside.metrics.registered.labels(message.client_id).inc()
        answer = {"message_id": row["message_id"], "id": row["id"], "registered_at": wire(row["created_at"])}
        return web.json_response({"status": "success"} | answer)

    async def deliver(self, request: web.Request) -> web.Response:
        """Mark a message as delivered."""
        self.admit(request)
        sent = await filled_in(Delivered, request)
        message, fresh = await self.inside.messages.deliver(sent.message_id, sent.worker_id, sent.attempt_count)
        if fresh:
            self.inside.metrics.delivered.labels(message["client_id"]).inc()
        return web.json_response({"status": "success", "delivered_at": wire(message["delivered_at"])})

    async def status(self, request: web.Request) -> web.Response:
        """Change the status of a message."""
        self.admit(request)
        sent = await filled_in(Standing, request)
        message_id = request.match_info.get("message_id", sent.message_id)
        if not message_id:
            raise Invalid(("message_id", "Field required"))
        message = await self.inside.messages.update(message_id, sent.status, sent.attempt_count, sent.error_message)
        if message is not None:
            self.count(message["client_id"], sent.status)
        return web.json_response({"status": "updated", "updated_at": now()})

    def count(self, client: str, status: str) -> None:
        """Count a message that has come to its end."""
        ends: dict[str, Any] = {
            "delivered": self.inside.metrics.delivered,
            "failed": self.inside.metrics.failed,
        }
        if status in ends:
            ends[status].labels(client).inc()
