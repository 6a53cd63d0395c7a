"""One deployment of an MQTT broker."""

import secrets
from weakref import WeakKeyDictionary

from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.transcript import EARSHOT, Transcript
from support.drivers.kit.accounts import fresh_name
from support.drivers.kit.program import Deployed
from support.drivers.mqtt.client import MqttClient
from support.drivers.mqtt.connection import MqttConnection


class MqttBroker:
    """One deployment. Users need no accounts; where the profile names some, they sign in by them."""

    def __init__(self, deployed: Deployed) -> None:
        self.address, self._deployed, self._root = deployed.address, deployed, deployed.options.root
        self._roots: WeakKeyDictionary[People, str] = WeakKeyDictionary()  # of each scenario

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A name that no client has had."""
        return Account(fresh_name(role), "")

    def client(self, role: str, people: People, transcript: Transcript, inbox: Inbox) -> MqttClient:
        root = self._roots.setdefault(people, f"{self._root}/{secrets.token_hex(4)}")
        return MqttClient(self._deployed, role, people, transcript, inbox, root, f"{self._root}/marks")

    async def serves(self, transcript: Transcript) -> bool:
        """Whether a client is let in."""
        connection = MqttConnection(self._deployed, Account(fresh_name(EARSHOT), ""))
        await connection.open(afresh=True)
        await connection.end()
        return True

    async def close(self) -> None:
        """Nothing is open."""
