"""The stage of the broker book."""

import base64
import os
from pathlib import Path
from typing import cast

from support.accounts import existing
from support.deployments.broker import MAIN, PORTAL, PROXY, BrokerDeployment
from support.errors import SuiteError
from support.report.redact import everywhere
from support.stage import Stage
from support.stores.mysql import MySqlStore
from support.stores.postgres import PostgresStore
from support.stores.redis import RedisStore
from support.systems.broker import Broker, BrokerOptions
from support.systems.broker.keyring import Keyring, Maker
from support.systems.broker.looks import Database, Looks
from support.systems.broker.options import CertificateFiles
from support.systems.broker.portal import Portal
from support.systems.broker.wire import Wire


class BrokerStage(Stage):
    """The message broker: main server, proxies, workers and portal, their PostgreSQL and their Redis."""

    name = "broker"
    product = "Message Broker System"
    server = PROXY
    Options = BrokerOptions

    def deploy_here(self) -> BrokerDeployment:
        """The reference back end, held to the profile's bars where they are settings of the processes too."""
        limits = {"worker.retry-interval": self._broker.retry_interval}
        return BrokerDeployment(limits | self.described.server | self.overrides, short_session=self.bars.short_session)

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
        keyring = Keyring({words: CertificateFiles(**vars(one)) for words, one in files.items()}, makers)
        looks = self._looks(
            PostgresStore(deployment.postgres.direct_dsn),
            RedisStore(deployment.redis.direct_url),
            deployment.salt,
            deployment.encryption_key,
        )
        portal = Portal(deployment.addresses[PORTAL], self.bars.response)
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
        portal = Portal(addresses[PORTAL], self.bars.response) if PORTAL in addresses and not self.protected else None
        keyring = Keyring(options.certificates, {})
        wires = self._wires(addresses, self.described.tls.authority)
        return Broker(wires, options, keyring, looks, administrator, portal)

    def _wires(self, addresses: dict[str, str], authority: Path | None) -> dict[str, Wire]:
        return {name: Wire(where, authority, self.bars.response) for name, where in addresses.items()}

    def _looks(self, database: Database | None, queue: RedisStore | None, salt: str | None, key: bytes | None) -> Looks:
        prefix, not_waiting = self._broker.queue, tuple(self._broker.not_waiting)
        return Looks(database, queue, prefix=prefix, not_waiting=not_waiting, salt=salt, key=key)


def _secret(variable: str | None) -> str | None:
    if variable is None:
        return None
    if variable not in os.environ:
        raise SuiteError(f"set the environment variable {variable}, which the profile names")
    return os.environ[variable]
