"""The certificates of a system that is not ours, as far as they can be seen from here."""

import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from support.environments.embedded.pki import flaw

#: Seconds that a server may take to show its certificate.
_PATIENCE = 5.0


@dataclass(frozen=True)
class Certified:
    """What shows certificates: servers, by their addresses, and the files that the profile names.

    Attributes:
        authority: PEM file of who has to have signed them.
        servers: base URLs by the names of the servers; those without TLS show none.
        files: certificate and key by whose they are.
    """

    authority: Path
    servers: Mapping[str, str]
    files: Mapping[str, tuple[Path, Path]] = field(default_factory=dict)

    def flaws(self) -> dict[str, str]:
        """What is wrong with each certificate, by whose it is; nothing if it is valid."""
        secured = {name: url for name, url in self.servers.items() if urlsplit(url).scheme == "https"}
        found = {"authority": flaw(self.authority, None, self.authority)}
        found |= {name: self._flaw_of_server(url) for name, url in secured.items()}
        return found | {name: flaw(*pair, self.authority) for name, pair in self.files.items()}

    def _flaw_of_server(self, url: str) -> str:
        """Whether a handshake with it succeeds: by its signatures and by its dates."""
        place = urlsplit(url)
        try:
            where = (place.hostname or "", place.port or 443)
            ssl.get_server_certificate(where, ca_certs=str(self.authority), timeout=_PATIENCE)
        except OSError as error:  # an SSLError is one
            return str(error)
        return ""
