"""Running an aiohttp application until it is told to end."""

import asyncio
import logging
import signal
import sys
from ssl import SSLContext

from aiohttp import web

from reference.kit.bodies import no_kind_of_nothing

#: Seconds that open connections get to end by themselves.
_FAREWELL = 0.2


def serve(app: web.Application, host: str, port: int, tls: SSLContext | None = None) -> None:
    """Serve until SIGTERM or Ctrl-C, then shut down in order. A port that is taken ends the program with one line."""
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s")
    app.middlewares.append(no_kind_of_nothing)  # the innermost: the server says it in its own form
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # the health watch says it better
    try:
        asyncio.run(_serve(app, host, port, tls))
    except OSError as error:
        sys.exit(f"cannot listen on {host}:{port}: {error.strerror or error}; give another --port")


async def _serve(app: web.Application, host: str, port: int, tls: SSLContext | None) -> None:
    told_to_end = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, told_to_end.set)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=_FAREWELL)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port, ssl_context=tls).start()
        logging.info("listening on %s:%d", host, port)
        await told_to_end.wait()
    finally:
        await runner.cleanup()
    logging.info("ended in order")
