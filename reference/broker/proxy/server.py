"""A proxy, put together from its parts."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from aiohttp import web

from reference.broker.callers import Callers
from reference.broker.main_client import MainClient
from reference.broker.proxy.api import ProxyApi
from reference.broker.proxy.intake import Intake
from reference.broker.proxy.metrics import Metrics
from reference.broker.proxy.outbox import Outbox
from reference.broker.proxy.rules import Rules
from reference.broker.proxy.settings import Settings
from reference.broker.refusals import errors
from reference.broker.revocations import Revocations
from reference.broker.times import now
from reference.broker.tls import Doors, client_context
from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.serving import TLS, application


def build(settings: Settings, parts: Parts, lag: Lag | None = None) -> web.Application:
    """The application, not yet serving."""
    revocations = parts.of(Revocations)(settings.crl, settings.identity.ca, settings.crl_interval)
    main = parts.of(MainClient)(settings.main, client_context(settings.as_client), settings.main_timeout)
    outbox = parts.of(Outbox)(settings.redis, settings.redis_timeout)
    intake = parts.of(Intake)(outbox, main, settings.registration_interval)
    api = parts.of(ProxyApi)(parts.of(Callers)(revocations), parts.of(Rules)(), intake, parts.of(Metrics)())
    app = application(api.counting(), errors(_error), lag=lag)
    app[TLS] = parts.of(Doors)().context(settings.identity)
    app.add_routes(api.routes())

    async def run(_app: web.Application) -> AsyncIterator[None]:
        async with main:
            registering = asyncio.create_task(intake.keep_registering())
            yield
            registering.cancel()
            await asyncio.wait([registering])
        await outbox.close()

    app.cleanup_ctx.extend([run, revocations.keep_up])
    return app


def _error(status: int, message: str) -> dict[str, Any]:
    return {"error": f"http_error_{status}", "message": message, "timestamp": now()}
