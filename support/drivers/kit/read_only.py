"""A protected system: looking at it changes nothing. Two guards see to that, and neither knows a verb by its name.

A verb that changes nothing says so where it is defined, by `@reads_only` on the capability's method or on the driver's
own; every other verb counts as changing, and is refused (`support.drivers.kit.read_only_driver`). Below, whatever
sends asks `let_through` before a byte is out: to a protected place only a read-only verb may send, by a method that is
safe (RFC 9110, 9.2.1) or in a request that the driver has `announced` as one that changes nothing.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Literal, NoReturn, TypeVar
from urllib.parse import urlsplit

from support.core.errors import NotSupported

Verb = TypeVar("Verb", bound=Callable[..., Any])
#: What a verb is declared as: it changes nothing, or nothing but the sessions of the account that it acts for.
Declaration = Literal["reads only", "signs in"]

#: HTTP methods that ask for no change (RFC 9110, 9.2.1).
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_PORTS = {"https": 443, "wss": 443}
_DECLARED = "_declared"

_places: Counter[str] = Counter()
_at_work: ContextVar[str] = ContextVar("the read-only verb that is at work", default="")
_announced: ContextVar[bool] = ContextVar("whether a request changes nothing though its method could", default=False)


def reads_only(verb: Verb) -> Verb:
    """Declare that a verb changes nothing in any system that has it, or in the one whose driver it belongs to."""
    setattr(verb, _DECLARED, "reads only")
    return verb


def signs_in(verb: Verb) -> Verb:
    """Declare that a verb changes nothing but the sessions of one account, so nothing if that is the suite's own."""
    setattr(verb, _DECLARED, "signs in")
    return verb


def declaration(verb: object) -> Declaration | None:
    """What a function is declared as; None if it is not, which means that it changes something."""
    found: Declaration | None = getattr(getattr(verb, "__func__", verb), _DECLARED, None)
    return found


def guard(address: str) -> None:
    """Let nothing through to a server or store any more but what reads, until `release`; these may be nested."""
    _places[_place(address)] += 1


def release(address: str) -> None:
    """Undo one `guard`."""
    _places[_place(address)] -= 1


@contextmanager
def reading(verb: str) -> Iterator[None]:
    """Let a verb that is declared read-only send what asks for no change."""
    before = _at_work.set(verb)
    try:
        yield
    finally:
        _at_work.reset(before)


@contextmanager
def announced(really: bool = True) -> Iterator[None]:
    """Say of the requests in here that they change nothing that is anybody's, though their method could.

    Such are an attempt to sign in as no user, and a sign-in to an account of the suite's own.
    """
    before = _announced.set(really)
    try:
        yield
    finally:
        _announced.reset(before)


def let_through(address: str, what: str, *, changes: bool) -> None:
    """Judge what is about to be sent.

    Args:
        address: URL of the server or store.
        what: is to be sent, in words.
        changes: whether it could change something, unless it was announced as what does not.

    Raises:
        NotSupported: the place is protected, and no read-only verb has announced this.
    """
    if not _places or _places[_place(address)] < 1:
        return
    if not _at_work.get() or (changes and not _announced.get()):
        refuse(what)


def refuse(what: str) -> NoReturn:
    """Say why something is not done to a protected system.

    Raises:
        NotSupported: always.
    """
    raise NotSupported(f"the profile says that this system is protected, and this would change it: {what}")


def _place(address: str) -> str:
    """What an address has in common with others of the same server: host and port, or the path of a file."""
    parts = urlsplit(address)
    return f"{parts.hostname}:{parts.port or _PORTS.get(parts.scheme, 80)}" if parts.hostname else address
