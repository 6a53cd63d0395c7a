"""TLS as the broker speaks it: servers that ask for a client certificate, clients that show theirs."""

import ssl
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Identity:
    """Files of who a process is on the wire, and of the authority it believes."""

    ca: Path
    certificate: Path
    key: Path


class Doors:
    """How a server lets connections in."""

    def context(self, identity: Identity) -> ssl.SSLContext:
        """TLS that takes connections without a client certificate too, since some pages are open to everybody.

        A certificate that is shown must be the authority's, valid now, and for clients; else the handshake fails.

        Raises:
            OSError: a file cannot be read.
        """
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(identity.certificate, identity.key)
        context.load_verify_locations(identity.ca)
        context.verify_mode = ssl.CERT_OPTIONAL
        return context


def client_context(identity: Identity) -> ssl.SSLContext:
    """TLS of a client that checks the server and shows its own certificate.

    Raises:
        OSError: a file cannot be read.
    """
    context = ssl.create_default_context(cafile=str(identity.ca))
    context.load_cert_chain(identity.certificate, identity.key)
    return context
