"""TCP ports of loopback for the servers that a run starts."""

import errno
import socket

from support.environments.faults.proxy import HOST


def free_port() -> int:
    """A TCP port on loopback that no process uses at this moment."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


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
