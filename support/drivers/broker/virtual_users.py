"""People of the broker under load: clients that submit messages, and readers of the portal's pages."""

import asyncio
from dataclasses import dataclass, field
from functools import partial
from typing import Self

from support.core.errors import NotSupported
from support.core.people import Account
from support.core.transcript import Transcript
from support.drivers.broker.admin_api import Holding
from support.drivers.broker.html_client import PageReader
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import UserPool

#: A certificate and its key, in PEM.
Pem = tuple[str, str]


@dataclass(frozen=True)
class Submitter:
    """A user with an account, and perhaps a certificate, as another process has to know them; see `Holding`."""

    name: str
    account: Account
    number: str
    pem: Pem | None = field(repr=False)

    @classmethod
    def of(cls, holding: Holding) -> Self:
        """A user, by what belongs to them."""
        shown = holding.credential
        pem = (shown.certificate.read_text(), shown.key.read_text()) if shown else None
        return cls(holding.name, holding.account, holding.number, pem)


@dataclass(frozen=True)
class BrokerUsers(UserPool):
    """Clients that submit messages; `readers` are the same people at the portal, if it is known."""

    portal: str | None = None
    patience: float = 0.0

    @property
    def readers(self) -> UserPool:
        """The same people, as readers of the portal's pages.

        Raises:
            NotSupported: it has no portal that is known.
        """
        if self.portal is None:
            raise NotSupported("the profile does not say where the portal is")
        return UserPool([self.portal], self.people, partial(PortalReaders, self.portal, self.patience))


class PortalReaders:
    """Makes people who read pages of the portal, each in a session of their own; they sign in one by one."""

    def __init__(self, portal: str, patience: float, _sockets: Sockets, _transcript: Transcript) -> None:
        self._portal = portal
        self._patience = patience
        self._turns = asyncio.Semaphore()

    def client(self, user: ScenarioUser) -> PageReader:
        """A reader, who has not signed in yet."""
        account = user.people.account(user.role) or Account(user.role, "")
        return PageReader(self._portal, self._patience, account, user.lifeline, self._turns)

    async def close(self) -> None:
        """Nothing is shared."""
