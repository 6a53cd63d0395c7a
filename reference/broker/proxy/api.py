"""What a proxy offers on the wire."""

import time
from contextlib import suppress
from typing import Any

from aiohttp import web
from aiohttp.typedefs import Handler

from reference.broker.callers import Callers
from reference.broker.forms import Submission
from reference.broker.proxy.intake import Intake
from reference.broker.proxy.metrics import Metrics
from reference.broker.proxy.outbox import Entry
from reference.broker.proxy.rules import Rules
from reference.broker.redis import LOST
from reference.broker.refusals import Invalid, Rejected
from reference.broker.times import now
from reference.kit.forms import filled_in

_VERSION = "1.0.0"
_REASONS = {401: "invalid_certificate", 403: "invalid_certificate", 503: "redis_error"}


class ProxyApi:
    """Takes messages in, and tells how the proxy is.

    Args:
        callers: tells clients.
        rules: judges what they submit.
        intake: accepts it.
        metrics: counts.
    """

    def __init__(self, callers: Callers, rules: Rules, intake: Intake, metrics: Metrics) -> None:
        self.callers = callers
        self.rules = rules
        self.intake = intake
        self.counts = metrics
        self._started = time.monotonic()

    def routes(self) -> list[web.RouteDef]:
        """Where it is."""
        return [
            web.post("/api/v1/messages", self.submit),
            web.get("/api/v1/health", self.health),
            web.get("/metrics", self.metrics),
        ]

    async def submit(self, request: web.Request) -> web.Response:
        """Take a message in."""
        client = self.client(request)
        sent = await filled_in(Submission, request)
        self.judge(sent)
        entry = self.intake.entry(client, sent.sender_number, sent.message_body, sent.metadata.domain)
        position = await self.intake.accept(entry)
        self.counts.enqueued.inc()
        return web.json_response(self.receipt(entry, position), status=202)

    def client(self, request: web.Request) -> str:
        """Who submits. Raises `Rejected` (401, 403)."""
        try:
            name = self.callers.caller(request)
        except Rejected as refusal:
            self.counts.validations.labels("missing" if refusal.status == 401 else "invalid").inc()
            raise
        self.counts.validations.labels("valid").inc()
        return name

    def judge(self, sent: Submission) -> None:
        """See that a message keeps the rules. Raises `Invalid`."""
        problems = []
        if not self.rules.number_fits(sent.sender_number):
            problems.append(("sender_number", "Input should be a phone number in E.164 format"))
        if not self.rules.body_fits(sent.message_body):
            problems.append(("message_body", "Input should have 1 to 1000 characters, not all of them blank"))
        if problems:
            raise Invalid(*problems)

    def receipt(self, entry: Entry, position: int) -> dict[str, Any]:
        """What the client is told."""
        told = {name: entry[name] for name in ("message_id", "client_id", "queued_at")}
        return told | {"status": "queued", "position": position}

    async def health(self, _request: web.Request) -> web.Response:
        """Unhealthy if it can accept nothing, degraded if what it accepts must wait for the main server."""
        redis, main = await self.intake.outbox.healthy(), await self.intake.main.healthy()
        status = "unhealthy" if not redis else "healthy" if main else "degraded"
        checks = {"redis": _word(redis), "main_server": _word(main), "certificate": "valid"}
        body = {"status": status, "version": _VERSION, "timestamp": now(), "checks": checks}
        uptime = {"uptime_seconds": round(time.monotonic() - self._started, 3)}
        return web.json_response(body | uptime, status=200 if redis else 503)

    async def metrics(self, _request: web.Request) -> web.Response:
        """For Prometheus."""
        with suppress(*LOST):
            self.counts.queue_size.set(await self.intake.outbox.length())
        return self.counts.page()

    def counting(self) -> Any:
        """For aiohttp: counts every answer."""

        @web.middleware
        async def count(request: web.Request, handler: Handler) -> web.StreamResponse:
            began = time.monotonic()
            answer = await handler(request)
            endpoint = request.match_info.route.resource.canonical if request.match_info.route.resource else "unknown"
            self.counts.requests.labels(request.method, endpoint, str(answer.status)).inc()
            self.counts.durations.labels(request.method, endpoint).observe(time.monotonic() - began)
            if request.method == "POST" and answer.status >= 400:
                reason = "validation_error" if answer.status == 422 else _REASONS.get(answer.status, "internal_error")
                self.counts.failed.labels(reason).inc()
            return answer

        return count


def _word(works: bool) -> str:
    return "healthy" if works else "unhealthy"
