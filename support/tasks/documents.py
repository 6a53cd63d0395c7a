"""Whether a document is what it is called: by its content, not by its name."""

import re

from support.systems.capabilities.training import Document
from support.words.telling import in_words

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


def flaw(document: Document) -> str | None:
    """What is wrong with a document as it came; None if nothing is.

    It has the size and the kind that it was announced with, and its content is of that kind. Of kinds that nobody here
    knows, the content is not judged.
    """
    came, announced = (len(document.content), document.kind), (document.announced_size, document.announced_kind)
    if came != announced:
        return f"{document.name} came as {in_words(came)}, not as {in_words(announced)}"
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
