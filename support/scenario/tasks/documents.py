"""Whether a document comes as it was announced, and whether it is by its content what it is called."""

import re

from support.core.wording import in_words
from support.drivers.capabilities.training import Document

#: What a document of a kind begins with.
_BEGINNINGS = {
    "application/pdf": b"%PDF-",
    "application/zip": b"PK\x03\x04",
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
}
#: What stands in no text.
_NOT_IN_TEXTS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def difference(document: Document) -> str | None:
    """In what a document came otherwise than it was announced, in size or kind; None if in nothing."""
    came, announced = (len(document.content), document.kind), (document.announced_size, document.announced_kind)
    return None if came == announced else f"{document.name} came as {in_words(came)}, not as {in_words(announced)}"


def misnomer(document: Document) -> str | None:
    """What a document is called that it is not, by its content; None if it is. Unknown kinds are not judged."""
    if not _is_of(document.kind, document.content):
        return f"{document.name} is called {document.kind}, and begins with {document.content[:20]!r}"
    return None


def _is_of(kind: str, content: bytes) -> bool:
    if kind.startswith("text/"):
        return _is_text(content)
    if kind == "application/pdf" and b"%%EOF" not in content[-1024:]:
        return False
    return content.startswith(_BEGINNINGS.get(kind, b""))


def _is_text(content: bytes) -> bool:
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not _NOT_IN_TEXTS.search(text)
