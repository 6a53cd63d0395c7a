"""The system of the broker spec."""

import base64
import os
import shlex
from pathlib import Path
from typing import TypeVar, cast

from support.config.account_pool import existing
from support.config.profile import SystemProfile
from support.core.errors import SuiteError
from support.core.redaction import everywhere
from support.drivers.broker import Broker, BrokerOptions
from support.drivers.broker.certificate_store import CertificateStore, Maker
from support.drivers.broker.datastore_inspector import Database, DatastoreInspector
from support.drivers.broker.http_client import Credential, Wire
from support.drivers.broker.options import CertificateFiles
from support.drivers.broker.portal import Portal
from support.drivers.stores.mysql import MySqlStore
from support.drivers.stores.postgres import PostgresStore
from support.drivers.stores.redis import RedisStore
from support.environments.embedded.broker import MAIN, PORTAL, PROXY, WORKERS, BrokerDeployment
from support.environments.embedded.process_group import ProcessGroup
from support.environments.external.certificates import Certified
from support.environments.external.command_control import run
from support.environments.external.deployment import ExternalDeployment
from support.environments.system_under_test import Deployment, SystemUnderTest
from support.vocabulary.terms.broker import DATABASE

T = TypeVar("T")

#: What a profile may call the database.
_DATABASES = ("MySQL", "MariaDB", "Postgres")
#: Whose certificates have to be valid, of those that a profile names.
_COMPONENTS = ("the proxy's certificate", "a worker's certificate")
#: Seconds that a command may take that makes a certificate active again, or empties the queue.
_CHORE = 30.0
#: Seconds that workers take to start, and to be there, on a busy machine.
_RESTART = 10.0


class BrokerSystem(SystemUnderTest):
    """The message broker: main server, proxies, workers and portal, their PostgreSQL and their Redis."""

    name = "broker"
    product = "Message Broker System"
    server = PROXY
    Options = BrokerOptions

    def deploy_here(self) -> BrokerDeployment:
        """The reference back end, held to the profile's limits where they are settings of the processes too."""
        limits = {"worker.retry-interval": self._broker.retry_interval}
        return BrokerDeployment(
            limits | self.described.server | self.overrides, short_session=self.limits.short_session
        )

    def deploy(self) -> Deployment:
        """The deployment; one that we have not started also has a hold on all workers together, if it has on each."""
        self.described = _renamed(self.described)
        deployment = super().deploy()
        if isinstance(deployment, ExternalDeployment):
            workers = [one for name, one in deployment.controls.items() if name.startswith("worker ")]
            if workers:
                deployment.controls.setdefault(WORKERS, ProcessGroup(WORKERS, workers))
            if authority := self.described.tls.authority:
                known = self._broker.certificates.items()
                files = {words: (one.certificate, one.key) for words, one in known if words in _COMPONENTS}
                deployment.certificates = Certified(authority, deployment.addresses, files)
        return deployment

    def drive(self) -> Broker:
        """The driver, with what this deployment lets us see."""
        return self._embedded(self.deployment) if isinstance(self.deployment, BrokerDeployment) else self._external()

    @property
    def _broker(self) -> BrokerOptions:
        return cast(BrokerOptions, self._options)

    def _embedded(self, deployment: BrokerDeployment) -> Broker:
        authority = deployment.authority
        key = base64.urlsafe_b64encode(deployment.encryption_key).decode()
        for secret in (deployment.administrator.password, deployment.salt, key):
            everywhere.learn(secret)
        makers: dict[str, Maker] = {
            "an expired certificate": authority.expired,
            "a certificate that is not valid yet": authority.not_yet_valid,
            "a certificate of a foreign authority": authority.foreign,
            "a self-signed certificate": authority.self_signed,
            "a certificate for servers": authority.wrong_usage,
        }
        known = {"the proxy's certificate": "proxy as a client", "a worker's certificate": "worker 1"}
        files = {words: deployment.certificates[name] for words, name in known.items()}
        keyring = CertificateStore({words: CertificateFiles(**vars(one)) for words, one in files.items()}, makers)
        looks = self._looks(
            PostgresStore(deployment.postgres.direct_dsn),
            RedisStore(deployment.redis.direct_url),
            deployment.salt,
            deployment.encryption_key,
        )
        portal = Portal(deployment.addresses[PORTAL], self.limits.response)
        wires = self._wires(deployment.addresses, authority.certificate)
        return Broker(wires, self._broker, keyring, looks, deployment.administrator, portal)

    def _external(self) -> Broker:
        options, stores = self._broker, self.described.stores
        addresses = self.deployment.addresses
        if MAIN not in addresses:
            raise SuiteError(f'{self._key}.addresses: "{MAIN}" = "https://…" is missing')
        if self.described.accounts:
            raise SuiteError(f"{self._key}: those who exist already are clients here: name them in driver.clients")
        database: Database | None = PostgresStore(stores["postgres"]) if "postgres" in stores else None
        database = MySqlStore(stores["mysql"]) if "mysql" in stores else database
        queue = RedisStore(stores["redis"]) if "redis" in stores else None
        key = _secret(options.key_env)
        looks = self._looks(database, queue, _secret(options.salt_env), base64.urlsafe_b64decode(key) if key else None)
        administrator = existing(self.described.administrator) if self.described.administrator else None
        portal = Portal(addresses[PORTAL], self.limits.response) if PORTAL in addresses and not self.protected else None
        keyring = CertificateStore(options.certificates, {})
        wires = self._wires(addresses, self.described.tls.authority)
        reinstate = self._reinstate if options.reinstate else None
        enroll = self._enroll if options.enroll else None
        return Broker(wires, options, keyring, looks, administrator, portal, reinstate, enroll)

    async def _reinstate(self, client: str) -> None:
        line = str(self._broker.reinstate).replace("{client}", shlex.quote(client))
        await run(line, within=_CHORE, tell=self.tell, whose=f"the client {client}")

    async def _enroll(self, client: str, place: Credential) -> None:
        line = str(self._broker.enroll).replace("{client}", shlex.quote(client))
        files = {"CERTIFICATE": str(place.certificate), "KEY": str(place.key)}
        await run(line, within=_CHORE, tell=self.tell, whose=f"the client {client}", environment=files)

    @property
    def can_empty_queue(self) -> bool:
        """Whether the profile names a command that empties it."""
        return self._broker.empty_queue is not None

    async def empty_queue(self) -> bool:
        """Empty it by the command that the profile names, and wait until the system serves."""
        if not self.can_empty_queue:
            return False
        await run(str(self._broker.empty_queue), within=_CHORE, tell=self.tell, whose="the queue")
        await self.serves(within=self.limits.recovery)
        return True

    def empties_first(self, broken: str) -> bool:
        """Whether a scenario that counts or breaks something begins with an empty queue and fresh workers.

        It is then in no other's way, and does not depend on what workers have done before: one that has may look for a
        new message too early, and deliver it an interval later. Where that takes no longer than to start workers, or
        where the workers are what is broken, nothing is gained.
        """
        return self.can_empty_queue and self._broker.retry_interval > _RESTART and "worker" not in broken

    def _wires(self, addresses: dict[str, str], authority: Path | None) -> dict[str, Wire]:
        shown = self.described.tls
        own = Credential(shown.certificate, shown.key or shown.certificate) if shown.certificate else None
        return {name: Wire(where, authority, self.limits.response, own=own) for name, where in addresses.items()}

    def _looks(
        self, database: Database | None, queue: RedisStore | None, salt: str | None, key: bytes | None
    ) -> DatastoreInspector:
        prefix, not_waiting = self._broker.queue, tuple(self._broker.not_waiting)
        return DatastoreInspector(database, queue, prefix=prefix, not_waiting=not_waiting, salt=salt, key=key)


def _renamed(described: SystemProfile) -> SystemProfile:
    """The same, with the database under the name that the scenarios have for it."""

    def renamed(named: dict[str, T]) -> dict[str, T]:
        return {DATABASE if name in _DATABASES else name: one for name, one in named.items()}

    changed = {"controls": renamed(described.controls), "services": renamed(described.services)}
    return described.model_copy(update=changed)


def _secret(variable: str | None) -> str | None:
    if variable is None:
        return None
    if variable not in os.environ:
        raise SuiteError(f"set the environment variable {variable}, which the profile names")
    return os.environ[variable]
