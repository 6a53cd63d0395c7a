"""A driver that is made of the description of its deployment alone, so that it can be made anew in any process."""

from typing import Any

from support.core.people import Account
from support.core.transcript import Transcript
from support.drivers.kit.program import Deployed
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import UserPool, pool_for


class DeployedSystem:
    """What such drivers have in common. Their systems can be put under load (`BearsLoad`).

    Args:
        deployed: what it is made for.
    """

    def __init__(self, deployed: Deployed) -> None:
        self.address, self._deployed = deployed.address, deployed

    def client(self, user: ScenarioUser) -> Any:
        """One person's client."""
        raise NotImplementedError

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> UserPool:
        """People who put the system under load."""
        return pool_for(type(self), self._deployed, people)

    async def close(self) -> None:
        """Close what the driver itself holds open, which is nothing if it does not say otherwise."""
