"""The words for what people do at a web portal, and what they see there; a driver knows where it stands on a page."""

from dataclasses import dataclass

from typing_extensions import Protocol, runtime_checkable

#: The pages that everybody with an account has, and those of administrators.
OWN_PAGES = ("the messages", "the profile")
ADMIN_PAGES = ("the overview", "everybody's messages", "the users", "the certificates")
#: What the forms of administrators do.
ADMIN_FORMS = ("create an account", "generate a certificate", "revoke a certificate")
#: What people look at a portal with.
SCREENS = ("a phone", "a desktop")
#: How a certificate is listed.
VALIDITIES = ("active", "revoked")


@dataclass(frozen=True)
class Listed:
    """A message as a portal lists it: what tells it from others, how it fares and, where told, whose and what it is."""

    mark: str
    status: str
    client: str = ""
    text: str = ""


@dataclass(frozen=True)
class Issued:
    """A certificate with its key, both in PEM, as they were handed out."""

    certificate: str
    key: str


@dataclass(frozen=True)
class Sight:
    """How a page sits on a screen: its width against the screen's, and its smallest text, in pixels.

    `trouble` is what kept somebody from reaching it by the menu, empty if nothing did.
    """

    page: str
    width: float
    screen: float
    smallest_text: float
    trouble: str = ""


@runtime_checkable
class ReadsPages(Protocol):
    """has a web portal whose pages many can read"""

    async def read(self, page: str) -> None: ...


class AtPortal(Protocol):
    """One person at the portal, in a browser window of their own. Verbs raise `Refused` when the portal says no.

    `own` is what they are known to have, as the portal would list it.
    """

    own: list[Listed]

    def mark(self, message: str) -> str: ...
    def remember(self, message: str, text: str, status: str) -> None: ...
    async def close(self) -> None: ...

    async def have_account(self) -> None: ...
    async def look_with(self, screen: str) -> None: ...
    async def sign_in(self, password: str) -> None: ...
    async def be_signed_in(self, password: str, lifetime: float | None = None) -> None: ...
    async def sign_out(self) -> None: ...
    async def open(self, page: str) -> None: ...
    async def is_at(self, page: str) -> bool: ...
    async def is_asked_to_sign_in(self) -> bool: ...
    async def praise(self) -> str: ...
    async def complaint(self) -> str: ...
    async def text(self) -> str: ...
    async def picture(self) -> bytes | None: ...

    async def keep_copy(self) -> None: ...
    async def use_copy(self) -> None: ...
    async def alter_session(self) -> None: ...

    async def filter(self, status: str) -> None: ...
    async def turn_page(self) -> bool: ...
    async def listed(self) -> list[Listed]: ...

    async def figures(self) -> dict[str, int]: ...
    async def create_account(self, whose: str, password: str) -> None: ...
    async def generate_certificate(self, client: str) -> Issued | None: ...
    async def revoke_certificate(self, client: str) -> None: ...
    def client_of(self, role: str) -> str: ...
    async def certificates(self) -> dict[str, str]: ...
    async def intrude(self, deed: str) -> None: ...
    async def be_lured(self, whose: str, password: str) -> None: ...
    async def walk(self) -> list[Sight]: ...


@runtime_checkable
class HasPortal(Protocol):
    """has a web portal"""

    portal: AtPortal
