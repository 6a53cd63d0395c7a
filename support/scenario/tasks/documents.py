"""Whether a document comes as it was announced, and whether it is by its content what it is called."""

import re

from support.core.checks import check
from support.core.wording import first_difference, in_words
from support.drivers.capabilities.training import Document, ShowsContent, Trains
from support.scenario.actor import Actor
from support.scenario.tasks.attempt_log import Record

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


async def texts_are_shown(actor: Actor, training: str) -> None:
    """See that each text is shown as it stands in its document, with its size, and that there is one.

    Raises:
        AssertionError: one is not.
    """
    texts = await actor.do(actor.ability(ShowsContent).texts(training))
    check(texts, f"{actor.role} finds no text in {training}")
    for text in texts:
        kept, size = text.document.decode(), len(text.document)
        wrong = first_difference(text.shown.splitlines(), kept.splitlines())
        check(text.shown == kept, f"{text.name} is shown otherwise than it is: {wrong or 'its line breaks differ'}")
        check(text.size in (None, size), f"{text.name} is shown with {text.size} bytes, and has {size}")


async def are_found_complete(actor: Actor) -> None:
    """See that every training that is listed is found complete, and one that does not exist is not.

    Raises:
        AssertionError: one is not, or that one is.
    """
    shows, listed = actor.ability(ShowsContent), await actor.do(actor.ability(Trains).trainings())
    lacking = [name for name in listed if not await shows.is_complete(name)]
    check(listed and not lacking, f"of {in_words(listed)} these are not complete: {in_words(lacking)}")
    check(not await shows.is_complete("nowhere"), "a training that does not exist is found complete")


def are_found_incomplete(before: Record, now: Record, count: int) -> None:
    """See that so many trainings are said to be incomplete that were not, and that none is so no longer.

    Raises:
        AssertionError: more are, or fewer.
    """
    new = [name for name in now.incomplete if name not in before.incomplete]
    found = f"{now.who} finds {in_words(now.incomplete) or 'none'} incomplete"
    check(
        len(new) == count and set(before.incomplete) <= set(now.incomplete),
        f"{found}, and before: {in_words(before.incomplete) or 'none'}",
    )


async def look_through(actor: Actor, training: str) -> Record:
    """Note the trainings, their titles and which are said to be incomplete; read the documents of one."""
    record, system, shows = Record(actor.role), actor.ability(Trains), actor.ability(ShowsContent)
    record.titles = await record.of("list the trainings", system.titles(), {})
    record.documents = await record.of("read the documents", system.documents(training), [])
    for name in await record.of("list the trainings", system.trainings(), []):
        if not await record.of("see whether a training is complete", shows.is_said_complete(name), True):
            record.incomplete.append(name)
    return record


def fingerprints_tell(before: Record, now: Record) -> None:
    """See that some document has changed, and that those alone that have come with another fingerprint.

    Raises:
        AssertionError: they do not.
    """
    known = {document.name: document for document in before.documents}
    both = [(known[document.name], document) for document in now.documents if document.name in known]
    check(any(old.content != new.content for old, new in both), f"{now.who} finds no document changed")
    for old, new in both:
        changed, told = old.content != new.content, old.fingerprint != new.fingerprint
        check(new.fingerprint, f"{new.name} comes without a fingerprint")
        check(changed == told, f"{new.name} has {'' if changed else 'not '}changed, and its fingerprint says otherwise")


def has_another_title(before: Record, now: Record) -> None:
    """See that one training has another title, and that all have the numbers that they had.

    Raises:
        AssertionError: it is not so.
    """
    check(now.titles.keys() == before.titles.keys(), f"{now.who} finds the trainings {now.titles}, not {before.titles}")
    renamed = [title for number, title in now.titles.items() if title != before.titles[number]]
    check(len(renamed) == 1, f"{now.who} finds {len(renamed)} trainings under another title: {now.titles}")


def difference(document: Document) -> str | None:
    """In what a document came otherwise than it was announced, in size or kind; None if in nothing."""
    came, announced = (len(document.content), document.kind), (document.announced_size, document.announced_kind)
    return None if came == announced else f"{document.name} came as {in_words(came)}, not as {in_words(announced)}"


def misnomer(document: Document) -> str | None:
    """What a document is called that it is not, by its content, or that it has no title; None if all is well.

    Unknown kinds are not judged.
    """
    if not _is_of(document.kind, document.content):
        return f"{document.name} is called {document.kind}, and begins with {document.content[:20]!r}"
    return None if document.title.strip() else f"{document.name} has no title"


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
