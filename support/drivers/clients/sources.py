"""From which address of this machine connections come, by server: said once when a system opens, like `trust`.

Servers that limit requests count them by address. The users of a deployed system come from many; those of a run would
all come from one, and its processes use up each other's limits.
"""

import ipaddress
import socket
from collections.abc import Sequence
from urllib.parse import urlsplit

from support.core.errors import SuiteError
from support.drivers.clients.trust import place

#: How many of the addresses 127.0.0.1, 127.0.0.2 … are used.
_LOOPBACK = 254
_sources: dict[tuple[str | None, int | None], str] = {}


def come_from(address: str, source: str | None) -> None:
    """Have every connection to a server come from this address from now on.

    Args:
        address: the server's base URL.
        source: an address of this machine; None for the one that the machine chooses.
    """
    if source is None:
        _sources.pop(place(address), None)
    else:
        _sources[place(address)] = source


def source_for(url: str) -> str | None:
    """Where a connection to this URL is to come from; None for what the machine chooses."""
    return _sources.get(place(url))


def bound_to(source: str | None) -> tuple[str, int] | None:
    """The local address, as asyncio and aiohttp want it: any port of it."""
    return (source, 0) if source else None


def of_process(address: str, listed: Sequence[str] | None, number: int, key: str) -> str | None:
    """The address that a process of a run comes from.

    Args:
        address: the server's base URL.
        listed: the profile's source addresses; None if it names none.
        number: the process, from 1.
        key: where they stand in the profile, for the message.

    Raises:
        SuiteError: one of them is no address of this machine.
    """
    for source in listed or ():
        if not is_ours(source):
            raise SuiteError(f"{key}: {source!r} is no address of this machine")
    if listed is not None:
        return listed[(number - 1) % len(listed)] if listed else None
    return f"127.0.0.{(number - 1) % _LOOPBACK + 1}" if number > 1 and has_many(address) else None


def has_many(address: str) -> bool:
    """Whether a server is reached by IPv4 loopback, of which each process can have an address (RFC 1122, 3.2.1.3)."""
    try:
        there = ipaddress.IPv4Address(urlsplit(address).hostname or "")
    except ValueError:
        return False
    return there.is_loopback and is_ours("127.0.0.2")  # macOS has 127.0.0.1 alone


def is_ours(source: str) -> bool:
    """Whether connections can come from this address."""
    family = socket.AF_INET6 if ":" in source else socket.AF_INET
    try:
        with socket.socket(family) as probe:
            probe.bind((source, 0))
    except OSError:
        return False
    return True
