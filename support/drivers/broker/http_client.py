"""Requests to the components of the broker, and what their answers mean."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from support.core.transcript import Lifeline
from support.drivers.capabilities import Rejected
from support.drivers.clients.http import Answer, Dropped, Http
from support.drivers.clients.trust import context_of
from support.drivers.kit.http_session import HttpSession
from support.drivers.kit.statuses import Statuses

#: Where a proxy says how it is.
PROXY_HEALTH = "/api/v1/health"


@dataclass(frozen=True)
class Credential:
    """A certificate and its key, as PEM files."""

    certificate: Path
    key: Path


@dataclass(frozen=True)
class ProfileCertificate:
    """Stands for the certificate that the profile names, if any, of a caller who has none of their own to show."""


PROFILE_CERTIFICATE = ProfileCertificate()


class Wire:
    """Requests to one component, by people who show different certificates.

    Args:
        address: base URL.
        authority: who has to have signed its certificate; the machine's own authorities if None.
        patience: seconds to wait for an answer.
        keeps: whether connections are kept and used again, as a client does that sends much.
        own: what is shown where a request is no user's in particular, as the profile says (`tls.certificate`).
    """

    def __init__(
        self,
        address: str,
        authority: Path | None,
        patience: float,
        *,
        keeps: bool = False,
        own: Credential | None = None,
    ) -> None:
        self.address = address
        self.authority = authority
        self.patience = patience
        self.own = own
        self._keeps = keeps
        self._clients: dict[Credential | None, Http] = {}

    def session(
        self,
        lifeline: Lifeline,
        token: str | None = None,
        *,
        showing: Credential | ProfileCertificate | None = PROFILE_CERTIFICATE,
    ) -> HttpSession:
        """A user's requests to this component.

        Args:
            lifeline: whose they are, and where they are recorded.
            token: of their account, if they have signed in.
            showing: the certificate to show; None for none at all.

        Raises:
            Rejected: the certificate cannot even be shown: its key does not belong to it.
        """
        http = self._client(self.own if isinstance(showing, ProfileCertificate) else showing)
        return HttpSession(http, lifeline, STATUSES, token=token)

    async def close(self) -> None:
        """Close what is open."""
        while self._clients:
            await self._clients.popitem()[1].close()

    def _client(self, showing: Credential | None) -> Http:
        if showing not in self._clients:
            tls = self._context(showing)
            self._clients[showing] = Http(self.address, self.patience, tls=tls, keeps=self._keeps)
        return self._clients[showing]

    def _context(self, showing: Credential | None) -> ssl.SSLContext | bool:
        if not self.address.startswith("https"):
            return True
        try:
            return context_of(self.authority, *((showing.certificate, showing.key) if showing else ()))
        except ssl.SSLError as error:
            raise Rejected(f"this certificate opens nothing: {error}") from error


@contextmanager
def ending_refuses(really: bool = True) -> Iterator[None]:
    """Take the end of the connection instead of an answer for a refusal: so certificates are not accepted.

    Raises:
        Rejected: the connection was ended.
    """
    try:
        yield
    except Dropped as end:
        if really:
            raise Rejected(f"the connection was ended: {end}") from end
        raise


def reason(answer: Answer) -> str:
    """The component's own words for a refusal; what it says of single fields in the order it says it (contract 2)."""
    detail = answer.field("detail")
    if isinstance(detail, list):
        return "; ".join(str(item.get("msg")) for item in detail if isinstance(item, dict))
    words = answer.field("message") or detail or answer.field("error") or answer.excerpt()
    return f"{words} (status {answer.status})"


STATUSES = Statuses(reason)
