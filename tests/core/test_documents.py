"""A document is judged by its content, not by its name."""

from dataclasses import replace

import pytest

from support.drivers.capabilities.training import Document
from support.scenario.tasks.documents import difference, misnomer

PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


def document(content: bytes, kind: str, announced: str | None = None, size: int | None = None) -> Document:
    return Document("manual", content, kind, len(content) if size is None else size, announced or kind, "Manual")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        ("# Schritte\n\tÜben".encode(), "text/plain"),
        (b"# Steps", "text/markdown"),
        (b"PK\x03\x04rest", "application/zip"),
        (b"\x00whatever", "application/x-of-their-own"),
    ],
)
def test_what_is_what_it_is_called_has_no_flaw(content: bytes, kind: str) -> None:
    assert misnomer(document(content, kind)) is None


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"# Customer Service Guidelines", "application/pdf"),
        (PDF[:-6], "application/pdf"),
        (PDF, "image/png"),
        (b"\x89PNG\r\n\x1a\n", "text/plain"),
        (b"\xff\xfe", "text/plain"),
        (b"  \n", "text/markdown"),
    ],
)
def test_what_is_not_what_it_is_called_is_told(content: bytes, kind: str) -> None:
    assert f"is called {kind}" in str(misnomer(document(content, kind)))


def test_a_document_without_a_title_is_told() -> None:
    assert misnomer(replace(document(PDF, "application/pdf"), title=" ")) == "manual has no title"


def test_another_size_or_kind_than_announced_is_told() -> None:
    told = difference(document(PDF, "application/pdf", size=7))
    assert told == "manual came as 23 application/pdf, not as 7 application/pdf"
    assert difference(document(PDF, "application/pdf", announced="text/plain"))


def test_a_document_that_comes_as_announced_can_still_be_none_of_its_kind() -> None:
    text = document(b"# Guidelines", "application/pdf")
    assert difference(text) is None
    assert misnomer(text) is not None
