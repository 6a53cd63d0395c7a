"""One broker for the tests of a module, with limits so short that nobody waits long for them."""

from collections.abc import AsyncIterator

import pytest_asyncio

from support.environments.embedded.broker import BrokerDeployment
from tests.reference.broker_client import Broker

QUICK: dict[str, str | int | float] = {
    "main.bcrypt-rounds": 4,
    "main.crl-interval": 0.1,
    "main.database-patience": 1,
    "proxy.crl-interval": 0.1,
    "proxy.registration-interval": 0.2,
    "worker.retry-interval": 0.4,
    "worker.lease": 1.0,
    "worker.max-attempts": 4,
}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def broker() -> AsyncIterator[Broker]:
    async with BrokerDeployment(QUICK, workers=2) as deployment:
        broker = Broker(deployment)
        yield broker
        await broker.close()
