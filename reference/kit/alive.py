"""Whether a server answers HTTP, whatever the answer: `python -m reference.kit.alive URL`, for health checks.

Its certificate is its clients' business, not that of a health check.
"""

import ssl
import sys
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

#: Seconds that an answer may take.
_PATIENCE = 2.0


def main() -> None:
    """End with exit code 0 if it does, else 1 and one line."""
    try:
        ask(sys.argv[1])
    except (OSError, HTTPException) as trouble:
        sys.exit(f"{sys.argv[1]} does not answer: {trouble!r}")


def ask(url: str) -> int:
    """The status of the answer.

    Raises:
        OSError, HTTPException: there is none.
    """
    place = urlsplit(url)
    host, port = place.hostname or "127.0.0.1", place.port or 80
    if place.scheme == "https":
        context = ssl.create_default_context()
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        connection: HTTPConnection = HTTPSConnection(host, port, timeout=_PATIENCE, context=context)
    else:
        connection = HTTPConnection(host, port, timeout=_PATIENCE)
    connection.request("GET", place.path or "/")
    return connection.getresponse().status


if __name__ == "__main__":
    main()
