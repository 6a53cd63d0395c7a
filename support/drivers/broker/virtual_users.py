"""People of the broker under load: all that another process needs to make their clients anew."""

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from support.core.errors import NotSupported
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import everywhere
from support.core.temporary_folders import OwnedFolder
from support.core.transcript import Transcript
from support.drivers.broker.admin_api import Holding
from support.drivers.broker.certificate_store import Keyring
from support.drivers.broker.datastore_inspector import Looks
from support.drivers.broker.html_client import PageReader
from support.drivers.broker.http_client import Wire
from support.drivers.broker.options import BrokerOptions
from support.drivers.kit.user_pool import Member, VirtualUsers, part_of

#: A certificate and its key, in PEM.
Pem = tuple[str, str]


@dataclass(frozen=True)
class Submitter:
    """Somebody with an account, and perhaps a certificate; see `Holding`."""

    role: str
    name: str
    account: Account
    number: str
    pem: Pem | None = field(repr=False)

    @classmethod
    def of(cls, role: str, holding: Holding) -> Self:
        """Somebody, by what belongs to them."""
        shown = holding.credential
        pem = (shown.certificate.read_text(), shown.key.read_text()) if shown else None
        return cls(role, holding.name, holding.account, holding.number, pem)


@dataclass(frozen=True)
class BrokerUsers:
    """See `support.drivers.kit.user_pool.VirtualUsers`.

    `authority` is the certificate that the servers' are signed with, in PEM.
    """

    wires: dict[str, str]
    authority: str | None
    patience: float
    options: BrokerOptions
    members: tuple[Submitter, ...]
    portal: str | None

    @classmethod
    def of(
        cls, wires: Mapping[str, Wire], options: BrokerOptions, members: tuple[Submitter, ...], portal: str | None
    ) -> Self:
        """A virtual users that speaks to these components."""
        file, patience = next((wire.authority, wire.patience) for wire in wires.values())
        addresses = {name: wire.address for name, wire in wires.items()}
        return cls(addresses, file.read_text() if file else None, patience, options, members, portal)

    @property
    def readers(self) -> VirtualUsers:
        """The same people, as readers of the portal's pages.

        Raises:
            NotSupported: it has no portal that is known.
        """
        if self.portal is None:
            raise NotSupported("the profile does not say where the portal is")
        return PortalReaders(self.portal, self.patience, tuple((one.role, one.account) for one in self.members))

    @property
    def addresses(self) -> list[str]:
        return list(self.wires.values())

    @property
    def size(self) -> int:
        return len(self.members)

    @asynccontextmanager
    async def aboard(self, number: int = 0, of: int = 1) -> AsyncIterator[list[Member]]:
        """Clients that keep their connections, of which nothing is recorded."""
        from support.drivers.broker.driver import Broker  # which imports this, to offer virtual users

        unrecorded, people = Transcript(everywhere), People()
        unrecorded.close()
        with OwnedFolder("load") as folder:
            file = Path(folder) / "authority.pem" if self.authority else None
            if file:
                file.write_text(self.authority or "")
            wires = {name: Wire(where, file, self.patience, keeps=True) for name, where in self.wires.items()}
            broker = Broker(wires, self.options, Keyring({}, {}), Looks(None, None), None)
            members = part_of(list(self.members), number, of)
            for member in members:
                credential = broker.keyring.keep(*member.pem) if member.pem else None
                people.add(member.role, member.account)
                broker.take_on(Holding(member.name, member.account, member.number, credential=credential))
            accounts = {member.role: member.account for member in members}
            inboxes = {member.role: Inbox(member.role) for member in members}
            try:
                yield [
                    Member(role, accounts[role], broker.client(role, people, unrecorded, inbox), inbox)
                    for role, inbox in inboxes.items()
                ]
            finally:
                await broker.close()


@dataclass(frozen=True)
class PortalReaders:
    """People who read pages of the portal, each in a session of their own.

    See `support.drivers.kit.user_pool.VirtualUsers`.
    """

    portal: str
    patience: float
    members: tuple[tuple[str, Account], ...]

    @property
    def addresses(self) -> list[str]:
        return [self.portal]

    @property
    def size(self) -> int:
        return len(self.members)

    @asynccontextmanager
    async def aboard(self, number: int = 0, of: int = 1) -> AsyncIterator[list[Member]]:
        """Readers, who have not signed in yet."""
        turns = asyncio.Semaphore()
        readers = [
            Member(role, account, PageReader(self.portal, self.patience, role, account, turns), Inbox(role))
            for role, account in part_of(list(self.members), number, of)
        ]
        try:
            yield readers
        finally:
            for reader in readers:
                await reader.client.close()
