"""How clients find hosts and hold connections."""

from typing import Any

import aiohttp

from support.drivers.clients.sources import bound_to


def connector(source: str | None = None, **options: Any) -> aiohttp.TCPConnector:
    """A pool of connections that finds hosts as this machine does, whichever libraries are installed beside it.

    aiohttp would take aiodns where that is there, which asks name servers by itself and says otherwise what is wrong.

    Args:
        source: the address of this machine that they come from; None for what the machine chooses.
        options: of `aiohttp.TCPConnector`.
    """
    return aiohttp.TCPConnector(resolver=aiohttp.ThreadedResolver(), local_addr=bound_to(source), **options)
