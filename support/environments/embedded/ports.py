"""TCP ports of loopback for the servers that a run starts."""

import errno
import secrets
import socket
from contextlib import suppress
from pathlib import Path

from support.environments.faults.proxy import HOST

#: What says from which port on the kernel gives one to a program that asks for any, ip(7); the lowest of ours.
_RANGE, _LOWEST = Path("/proc/sys/net/ipv4/ip_local_port_range"), 10_000


def free_port() -> int:
    """A TCP port on loopback that no process uses at this moment, and that no program gets which asks for any.

    Else one could get it before the server listens there, and would be taken for the server.
    """
    count = _first_given_away() - _LOWEST
    while count > 0:
        port = _LOWEST + secrets.randbelow(count)
        if is_free(port):
            return port
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _first_given_away() -> int:
    with suppress(OSError):  # not on every system
        return int(_RANGE.read_text().split()[0])
    return 0


def is_free(port: int) -> bool:
    """Whether a server could listen on `port` of loopback now."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: old connections do not count
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
        return True


def claimed_port() -> tuple[int, socket.socket]:
    """A free port, and the claim to it: no other run on this machine gets the port before the claim is closed.

    Until its server listens, a port looks free. Of two runs that choose the same port, the one whose server is later
    would take the other's for its own.
    """
    while True:
        port = free_port()
        if claim := _claim(port):
            return port, claim


def _claim(port: int) -> socket.socket | None:
    """A socket whose name says that the port is taken; None if there is one. It goes with its owner (unix(7))."""
    claim = socket.socket(socket.AF_UNIX)
    try:
        claim.bind(f"\0earshot-port-{port}")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            claim.close()
            return None
    return claim
