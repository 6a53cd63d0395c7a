"""A worker, put together from its parts, with the little that it tells on the wire."""

import asyncio
import logging
import signal
from collections.abc import AsyncIterator

from aiohttp import web

from reference.broker.main_client import MainClient
from reference.broker.tls import client_context
from reference.broker.worker.api import WorkerApi
from reference.broker.worker.delivery import Delivery
from reference.broker.worker.metrics import Metrics
from reference.broker.worker.settings import Settings
from reference.broker.worker.shelf import Shelf
from reference.broker.worker.worker import Worker
from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.serving import application


def build(settings: Settings, parts: Parts, lag: Lag | None = None) -> web.Application:
    """The application, not yet serving; the worker works as long as it runs."""
    metrics = parts.of(Metrics)(settings.id)
    shelf = parts.of(Shelf)(settings.redis, settings.redis_timeout, settings.id, settings.concurrency)
    main = parts.of(MainClient)(settings.main, client_context(settings.identity), settings.main_timeout)
    delivery = parts.of(Delivery)(shelf, main, metrics, settings.id, settings.retry_interval, settings.max_attempts)
    app = application(lag=lag)

    async def run(_app: web.Application) -> AsyncIterator[None]:
        worker = parts.of(Worker)(shelf, delivery, metrics, settings.lease, settings.farewell)
        async with main:
            working = asyncio.create_task(worker.run())
            working.add_done_callback(_end_with)
            yield
            worker.ending.set()
            await working

    app.cleanup_ctx.append(run)
    app.add_routes(parts.of(WorkerApi)(settings.id, metrics).routes(settings.metrics))
    return app


def _end_with(work: asyncio.Task[None]) -> None:
    # A worker that breaks is better gone, and seen to be gone, than up and idle.
    if not work.cancelled() and (error := work.exception()):
        logging.critical("the worker has broken down: %s", type(error).__name__)
        signal.raise_signal(signal.SIGTERM)
