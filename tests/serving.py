"""A web application of a test, served on loopback."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from ssl import SSLContext

from aiohttp import web
from aiohttp.test_utils import TestServer


@asynccontextmanager
async def served(app: web.Application, ssl: SSLContext | None = None) -> AsyncIterator[TestServer]:
    """The application's server; at the end it waits for no open connection (aiohttp would, for 60 s)."""
    server = TestServer(app, scheme="https" if ssl else "http")
    await server.start_server(ssl=ssl, shutdown_timeout=0.1)
    try:
        yield server
    finally:
        await server.close()
