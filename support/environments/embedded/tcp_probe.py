"""A look at a server of ours, below the level of its clients."""

import asyncio
import ssl

from support.environments.faults.proxy import HOST


async def ask(port: int, question: bytes, tls: ssl.SSLContext | None = None) -> bytes:
    """Send `question` to a port of loopback, over TLS if there is a context for it.

    Returns:
        All that is answered until the server closes the connection; nothing if it cannot be reached, or takes longer
        than a second.
    """
    try:
        async with asyncio.timeout(1.0):
            reader, writer = await asyncio.open_connection(HOST, port, ssl=tls)
            try:
                writer.write(question)
                return await reader.read()
            finally:
                writer.close()
    except OSError:
        return b""
