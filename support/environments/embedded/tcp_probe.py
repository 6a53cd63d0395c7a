"""A look at a server of ours, below the level of its clients."""

import asyncio
import ssl
from contextlib import suppress

from support.environments.faults.proxy import HOST

#: Bytes that are read at a time.
_PIECE = 65_536


async def ask(port: int, question: bytes, tls: ssl.SSLContext | None = None, until: bytes | None = None) -> bytes:
    """Send `question` to a port of loopback, over TLS if there is a context for it.

    Args:
        port: of 127.0.0.1.
        question: what to send.
        tls: whom to trust, if there is TLS.
        until: what is looked for in the answer of a server that may leave the connection open.

    Returns:
        All that is answered until then, or until the server closes the connection, or for a second; nothing if it
        cannot be reached.
    """
    heard = b""
    with suppress(OSError):
        async with asyncio.timeout(1.0):
            reader, writer = await asyncio.open_connection(HOST, port, ssl=tls)
            try:
                writer.write(question)
                while (until is None or until not in heard) and (more := await reader.read(_PIECE)):
                    heard += more
            finally:
                writer.close()
    return heard
