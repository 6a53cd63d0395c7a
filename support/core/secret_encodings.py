"""The forms that a secret takes on its way into a log, a page or a frame."""

import base64
import html
import json
import re
from collections.abc import Iterator
from urllib.parse import quote, quote_plus

#: Characters of a form that is looked for inside other text; in shorter ones innocent words would be hit.
SHORTEST = 6
_ESCAPED_BYTE = re.compile(r"%[0-9A-F]{2}")


def disguises(secret: str) -> frozenset[str]:
    """A secret as it is, URL-quoted, escaped for JSON, Python and HTML, and in Base64, alone or inside of more."""
    return frozenset({secret, *_quoted(secret), *_escaped(secret), *_in_base64(secret)})


def _quoted(secret: str) -> Iterator[str]:
    raw = secret.encode(errors="surrogatepass")
    for form in (quote(raw), quote(raw, safe=""), quote_plus(raw)):
        yield form
        yield _ESCAPED_BYTE.sub(lambda byte: byte[0].lower(), form)


def _escaped(secret: str) -> Iterator[str]:
    for form in (json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], repr(secret)[1:-1]):
        yield form
        yield json.dumps(form)[1:-1]
    yield repr(secret.encode(errors="surrogatepass"))[2:-1]
    yield html.escape(secret)
    yield html.escape(secret).replace("&quot;", "&#34;").replace("&#x27;", "&#39;")
    yield html.escape(secret, quote=False)


def _in_base64(secret: str) -> Iterator[str]:
    """What all encodings of something with the secret in it have in common, at each of the three offsets (RFC 4648)."""
    raw = secret.encode(errors="surrogatepass")
    for offset in range(3):
        whole = base64.b64encode(bytes(offset) + raw).decode()
        shared = whole[-(-offset * 8 // 6) : (offset + len(raw)) * 8 // 6]
        if len(shared) >= SHORTEST:
            yield shared
            yield shared.translate(str.maketrans("+/", "-_"))
    yield base64.b64encode(raw).decode()
    yield base64.urlsafe_b64encode(raw).decode()
