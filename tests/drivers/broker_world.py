"""A scenario's world at the deployed broker, with certificates of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from support.environments.embedded.pki import Authority
from support.environments.systems.broker import BrokerSystem
from support.scenario.world import World
from tests.drivers import deployed as profiles
from tests.drivers.deployed_broker import DeployedBroker, deployed_broker

INNER = ("the proxy's certificate", "a worker's certificate")
Deployed = tuple[DeployedBroker, World]


@asynccontextmanager
async def broker_world(folder: Path, retry_interval: float = 0.1, **options: object) -> AsyncIterator[Deployed]:
    """The stand-in, and a scenario at it with the clients acme, beta and gamma, whose files are in `folder`."""
    authority = Authority(folder / "pki")
    for name in ("acme", "beta", "gamma"):
        credential = authority.client(name)
        credential.certificate.rename(folder / f"{name}.crt")
        credential.key.rename(folder / f"{name}.key")
    foreign, own = authority.foreign("acme"), {"certificate": folder / "acme.crt", "key": folder / "acme.key"}
    certificates = {"a certificate of a foreign authority": vars(foreign), **dict.fromkeys(INNER, own)}
    dialect = {"lacks": ["refresh of sessions"], "retry_interval": retry_interval, "certificates": certificates}
    dialect |= options
    async with deployed_broker(authority) as (broker, proxy, main):
        environment = {"PROXY": proxy, "MAIN": main, "AUTHORITY": authority.certificate, "CLIENTS": folder}
        with pytest.MonkeyPatch.context() as patch:
            for name, value in (environment | {"ADMIN_PASSWORD": "root"}).items():
                patch.setenv(f"BROKER_{name}", str(value))
            sut = BrokerSystem(profiles.deployed("broker", limits={"response": 3.0, "delivery": 0.3}, **dialect), {})
            async with profiles.world_on(sut) as world:
                yield broker, world
