"""Running an aiohttp application until it is told to end."""

import asyncio
import gc
import logging
import signal
import sys
from ssl import SSLContext

from aiohttp import web
from aiohttp.typedefs import Middleware

from reference.kit.bodies import no_kind_of_nothing
from reference.kit.lag import Lag

#: How an application lets connections in, if they are to be encrypted.
TLS = web.AppKey("TLS", SSLContext)
#: Seconds that open connections get to end by themselves.
_FAREWELL = 0.2


def application(*middlewares: Middleware, lag: Lag | None = None) -> web.Application:
    """An application without routes yet.

    Args:
        middlewares: the outermost first.
        lag: how late every answer goes out.
    """
    slow = [lag.middleware()] if lag else []
    return web.Application(middlewares=[*slow, *middlewares, no_kind_of_nothing])


def serve(app: web.Application, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C, then shut down in order. A port that is taken ends the program with one line."""
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # the health watch says it better
    gc.freeze()
    gc.enable()
    try:
        asyncio.run(_serve(app, host, port))
    except OSError as error:
        sys.exit(f"cannot listen on {host}:{port}: {error.strerror or error}; give another --port")


async def _serve(app: web.Application, host: str, port: int) -> None:
    told_to_end = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told_to_end.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_FAREWELL)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, ssl_context=app.get(TLS)).start()
        logging.info("listening on %s:%d", host, port)
        await told_to_end.wait()
    finally:
        await runner.cleanup()
    logging.info("ended in order")
