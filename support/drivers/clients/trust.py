"""Whom the clients trust and what they show, by server: said once when a system opens, asked by every connection.

Browsers and ssh keep it the same way. It spares each driver and each of its connections the handing on.
"""

import ssl
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from support.config.access import Tls
from support.core.errors import SuiteError

#: The schemes of addresses that are reached over TLS, at once or (XMPP) by asking for it.
_PORTS = {"https": 443, "wss": 443, "mqtts": 8883, "xmpp": 5222, "xmpps": 5223}
_contexts: dict[tuple[str | None, int | None], ssl.SSLContext] = {}


def rely(address: str, tls: Tls, key: str) -> None:
    """Have every connection to a server use these certificates from now on.

    Args:
        address: the server's base URL.
        tls: whom to trust and what to show.
        key: where that stands in the profile, for the message.

    Raises:
        SuiteError: a file is missing, or is no certificate or key.
    """
    if _scheme(address) not in _PORTS:
        return
    try:
        context = context_of(tls.authority, tls.certificate, tls.key)
    except (OSError, ssl.SSLError) as error:
        files = ", ".join(str(path) for path in (tls.authority, tls.certificate, tls.key) if path)
        raise SuiteError(f"{key}: these files cannot be used: {files} ({error})") from error
    _contexts[place(address)] = context


def context_of(authority: Path | None, certificate: Path | None = None, key: Path | None = None) -> ssl.SSLContext:
    """A context that trusts and shows these, read once for as long as the files stay as they are.

    Reading a key takes some milliseconds, and each of a scenario's people shows one to each component.

    Args:
        authority: who has to have signed the server's certificate; the machine's own authorities if None.
        certificate: what is shown; nothing if None.
        key: its key; in the certificate's file if None.

    Raises:
        OSError: a file is missing.
        ssl.SSLError: a file is no certificate or key, or they do not belong together.
    """
    files = (authority, certificate, key)
    return _read(*files, changed=tuple(file.stat().st_mtime_ns for file in files if file))


@lru_cache(maxsize=512)
def _read(
    authority: Path | None, certificate: Path | None, key: Path | None, *, changed: tuple[int, ...]
) -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=authority)
    if certificate:
        context.load_cert_chain(certificate, key, password=lambda: "")
    return context


def context_for(url: str) -> ssl.SSLContext | None:
    """What a connection to this URL is to use; None for the machine's own authorities, and where there is no TLS."""
    return _contexts.get(place(url)) if _scheme(url) in _PORTS else None


def _scheme(url: str) -> str:
    return urlsplit(url).scheme


def place(url: str) -> tuple[str | None, int | None]:
    """The host and the port that a URL names."""
    parts = urlsplit(url)
    return parts.hostname, parts.port or _PORTS.get(parts.scheme)
