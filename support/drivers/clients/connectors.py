"""How clients find hosts and hold connections."""

from typing import Any

import aiohttp


def connector(**options: Any) -> aiohttp.TCPConnector:
    """A pool of connections that finds hosts as this machine does, whichever libraries are installed beside it.

    aiohttp would take aiodns where that is there, which asks name servers by itself and says otherwise what is wrong.

    Args:
        options: of `aiohttp.TCPConnector`.
    """
    return aiohttp.TCPConnector(resolver=aiohttp.ThreadedResolver(), **options)
