"""One deployment of an MQTT broker."""

import secrets
from functools import partial

from support.core.people import Account
from support.core.transcript import EARSHOT, Transcript
from support.drivers.kit.accounts import fresh_name, refuse_lifetime
from support.drivers.kit.deployed_system import DeployedSystem
from support.drivers.kit.per_scenario import PerScenario
from support.drivers.kit.program import Deployed
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.kit.user_pool import UserPool, pool_for
from support.drivers.mqtt.client import MqttClient
from support.drivers.mqtt.connection import MqttConnection


class MqttBroker(DeployedSystem):
    """One deployment. Users need no accounts; where the profile names some, they sign in by them.

    Args:
        deployed: what it is made for.
        root: the topic that all topics are below, where it is made for the users of one scenario.
    """

    def __init__(self, deployed: Deployed, root: str = "") -> None:
        super().__init__(deployed)
        self._roots = PerScenario(lambda: root or f"{deployed.options.root}/{secrets.token_hex(4)}")

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A name that no client has had."""
        refuse_lifetime(lifetime, "an MQTT connection has no time of its own")
        return Account(fresh_name(role), "")

    def client(self, user: ScenarioUser) -> MqttClient:
        marks = f"{self._deployed.options.root}/marks"
        return MqttClient(self._deployed, user, self._roots[user.transcript], marks)

    async def virtual_users(self, people: dict[str, Account], transcript: Transcript) -> UserPool:
        """People who put it under load, on the topics of their scenario."""
        return pool_for(partial(MqttBroker, root=self._roots[transcript]), self._deployed, people)

    async def serves(self, transcript: Transcript) -> bool:
        """Whether a client is let in."""
        connection = MqttConnection(self._deployed, Account(fresh_name(EARSHOT), ""))
        await connection.open(afresh=True)
        await connection.end()
        return True
