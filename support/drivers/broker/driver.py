"""The driver of the message broker: domain verbs, spoken as HTTPS with client certificates (contracts/broker.md).

What differs between the reference and a deployed system is an option of the profile; never code in a step.
"""

import asyncio
import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial

from support.core.people import Account
from support.core.transcript import EARSHOT, Transcript
from support.drivers.broker.admin_api import ADMINISTRATOR, LOGIN, Holding, fresh
from support.drivers.broker.certificate_store import CertificateStore
from support.drivers.broker.client import BrokerClient
from support.drivers.broker.clients import Clients
from support.drivers.broker.datastore_inspector import DatastoreInspector
from support.drivers.broker.delivery_probe import BrokerDeliveryProbe
from support.drivers.broker.http_client import Credential, Wire
from support.drivers.broker.monitoring_client import OPERATOR, BrokerOperator, is_proxy
from support.drivers.broker.options import BrokerOptions
from support.drivers.broker.portal import Portal
from support.drivers.broker.registrar import Registrar
from support.drivers.broker.virtual_users import BrokerUsers, Submitter
from support.drivers.capabilities import Unavailable
from support.drivers.capabilities.delivery import DeliveryRecord
from support.drivers.clients.fast_websocket import Sockets
from support.drivers.kit.accounts import refuse_lifetime
from support.drivers.kit.read_only import announced
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import Member, unrecorded

#: Retry intervals that a step may wait for: the five attempts that the document allows, two to see that there is no
#: sixth, and one for those that wait in a queue.
_LONGEST_IN_INTERVALS = 8


class Broker:
    """One deployment of the message broker.

    Args:
        wires: the components that are spoken to, by the scenarios' names: "main server", "proxy", "worker 1" …
        options: the dialect.
        keyring: the certificates there are to show.
        looks: what may be seen of the stores.
        administrator: who creates accounts and certificates for the scenarios' people.
        portal: the web portal, if there is one.
        reinstate: makes the certificate of a client active again, by its name, if we can.
        enroll: puts a client on record by its name, and writes its certificate, if we can.
    """

    probe_users = ("user A",)

    def __init__(
        self,
        wires: Mapping[str, Wire],
        options: BrokerOptions,
        keyring: CertificateStore,
        looks: DatastoreInspector,
        administrator: Account | None,
        portal: Portal | None = None,
        reinstate: Callable[[str], Awaitable[None]] | None = None,
        enroll: Callable[[str, Credential], Awaitable[None]] | None = None,
    ) -> None:
        self.wires = wires
        self.options = options
        self.keyring = keyring
        self.looks = looks
        self.waiting, self.untouched = looks.waiting, looks.untouched
        self.failed_sign_ins = looks.failed_sign_ins
        self.at_rest, self.password_of = looks.at_rest, looks.password_of
        self.opened, self.hashed = looks.opened, looks.hashed
        self.address = wires["proxy"].address
        self.retry_interval = options.retry_interval
        self.longest_outage = 2 * options.retry_interval
        self.longest_wait = _LONGEST_IN_INTERVALS * options.retry_interval
        self.portal = portal
        self.submitted: list[str] = []
        self.registrar = Registrar(wires["main server"], options, keyring, administrator, enroll)
        self.create_account = self.registrar.create_account
        self._holdings: dict[str, Holding] = {}
        self._clients = Clients(options.clients)
        self._reinstate = reinstate

    # -- people ---------------------------------------------------------------------------------------------------

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A client with a certificate of its own; its account is created when a user first signs in to it.

        The administrator is the deployment's own, the same for all scenarios: they change nothing of this account.

        Raises:
            NotSupported: sessions of a chosen lifetime.
        """
        refuse_lifetime(lifetime, "this system's sessions all last equally long")
        with suppress(Unavailable):
            return await self._registered(role, transcript)
        return await self._registered(role, transcript)  # as another user: what became of the first is not known

    async def _registered(self, role: str, transcript: Transcript) -> Account:
        holding = self.holds(fresh(role))
        await self.registrar.certify(holding, transcript)
        return holding.account

    def at_hand(self, role: str) -> Account | None:
        """Those who have all that they need, or need nothing: the administrator, the operator, the profile's clients.

        Raises:
            NotSupported: there is no client left.
        """
        if role == ADMINISTRATOR:
            return self.holds(self.registrar.own()).account
        if role == OPERATOR:
            return self.holds(fresh(role)).account
        return self.holds(self._clients.take(role)).account if self._clients else None

    async def ready(self, account: Account) -> tuple[Account, frozenset[str]]:
        """The client that is lent, and the messages there are of it; another, if its certificate is revoked.

        Raises:
            NotSupported: the certificates of all that are left are revoked.
        """
        holding = self.holding(account.login)
        while await self._is_revoked(holding):
            self._clients.revoked(holding)
            holding = self.holds(self._clients.take(holding.name))
        return holding.account, await self.looks.messages_of(holding.name)

    def lends(self, account: Account) -> bool:
        """Whether this is a client that the profile names."""
        return bool(self._clients) and self.holding(account.login).credential is not None

    async def take_back(self, account: Account) -> None:
        """Have the client lent again; if its certificate has been revoked, only where that can be undone."""
        holding = self.holding(account.login)
        if holding.revoked and self._reinstate is None:
            self._clients.revoked(holding)
        else:
            self._clients.give_back(holding)

    async def _is_revoked(self, holding: Holding) -> bool:
        """Whether a client's certificate is revoked and stays so."""
        if not (holding.revoked or await self.looks.is_revoked(holding.name)):
            return False
        if self._reinstate is None:
            return True
        await self._reinstate(holding.name)
        holding.revoked = False
        return False

    async def vet_clients(self, transcript: Transcript) -> tuple[int, dict[str, str]]:
        """How many of the profile's clients can be lent, and what is wrong with those that do not work."""
        recorded = await self.looks.clients() if self.looks.sees_database else None
        revoked = self._reinstate is not None
        return await self._clients.vet(self.wires["proxy"], recorded, transcript, revoked=revoked)

    def holds(self, holding: Holding) -> Holding:
        """Know of a user by what belongs to them, which is given back."""
        self._holdings[holding.account.login] = holding
        return holding

    def client(self, user: ScenarioUser) -> object:
        """A user who submits messages, or the operator, who looks after the system."""
        if user.role == OPERATOR:
            return BrokerOperator(self.wires, self.options, self.looks, user.transcript)
        return BrokerClient(self, user)

    def holding(self, login: str) -> Holding:
        """What belongs to the owner of a login."""
        return self._holdings[login]

    @staticmethod
    def new_message() -> str:
        """The id of a message that is not registered yet."""
        return str(uuid.uuid4())

    @staticmethod
    def now() -> str:
        """The time that a message is queued at, in the main server's form."""
        return datetime.now(UTC).isoformat()

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> BrokerUsers:
        """People who submit messages under load, or read pages of the portal."""
        wire = self.wires["main server"]
        addresses = {name: one.address for name, one in self.wires.items()}
        authority = wire.authority.read_text() if wire.authority else None
        members = {one.login: Submitter.of(self._holdings[one.login]) for one in people.values()}
        driver = partial(_under_load, addresses, authority, wire.patience, self.options, members)
        portal = self.portal.address if self.portal else None
        return BrokerUsers(list(addresses.values()), tuple(people.items()), driver, portal, wire.patience)

    @property
    def components(self) -> list[str]:
        """The components whose figures can be read, by the scenarios' names."""
        return list(self.wires)

    # -- messages -------------------------------------------------------------------------------------------------

    async def delivery_records(self, messages: list[str]) -> dict[str, DeliveryRecord]:
        """What has become of messages, by the database or, where we may not look, as an administrator sees it."""
        if self.looks.sees_database:
            return await self.looks.delivery_records(messages)
        return await self.registrar.has_done(unrecorded(), lambda api: api.delivery_records(messages))

    async def delivery_probe(self, people: Sequence[Member]) -> BrokerDeliveryProbe:
        """One client who submits messages."""
        return BrokerDeliveryProbe(self.delivery_records, people[0].client)

    async def found_anywhere(self, words: str) -> list[str]:
        """Where in the database these words stand."""
        return await self.looks.database.holding(words)

    async def stored(self, words: str) -> int:
        """In how many places of the database these words stand."""
        return len(await self.found_anywhere(words))

    # -- the system ------------------------------------------------------------------------------------------------

    async def serves(self, transcript: Transcript) -> bool:
        """Whether the main server turns a stranger away, for which it needs its database, and proxies and Redis answer.

        What they say of themselves does not count: whether that is true is for scenarios to find out.
        """
        operator = BrokerOperator(self.wires, self.options, self.looks, transcript)
        stranger = {"email": "stranger@example.com", "password": "let me in"}
        main = self.wires["main server"].session(transcript.of(EARSHOT))
        turned_away = main.answer("sign in", "POST", LOGIN, stranger)
        proxies = asyncio.gather(*map(operator.health, filter(is_proxy, self.wires)))
        with announced():  # the stranger has no account, so the attempt changes none
            answer, _ = await asyncio.gather(turned_away, proxies)
        return answer.status < 500 and await self.looks.queue_answers()

    async def is_itself(self, transcript: Transcript) -> bool:
        """Whether the main server and a proxy say how their parts are, in this system's form (contract 2.1, 2.5)."""
        operator = BrokerOperator(self.wires, self.options, self.looks, transcript)
        main, proxy = await asyncio.gather(operator.health("main server"), operator.health("proxy"))
        return bool(main.parts and proxy.parts)

    async def close(self) -> None:
        """Close what the driver itself holds open."""
        if self.portal:
            await self.portal.close()
        for wire in self.wires.values():
            await wire.close()
        await self.looks.close()
        self.keyring.close()


def _under_load(
    addresses: Mapping[str, str],
    authority: str | None,
    patience: float,
    options: BrokerOptions,
    members: Mapping[str, Submitter],
    _: Sockets,
    __: Transcript,
) -> Broker:
    """A driver for these people, whose connections are kept."""
    keyring = CertificateStore({}, {})
    file = keyring.write("authority.pem", authority) if authority else None
    wires = {name: Wire(address, file, patience, keeps=True) for name, address in addresses.items()}
    broker = Broker(wires, options, keyring, DatastoreInspector(None, None), None)
    for one in members.values():
        credential = keyring.keep(*one.pem) if one.pem else None
        broker.holds(Holding(one.name, one.account, one.number, credential=credential))
    return broker
