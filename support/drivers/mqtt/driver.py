"""One deployment of an MQTT broker."""

import secrets
from weakref import WeakKeyDictionary

from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.transcript import EARSHOT, Transcript
from support.drivers.kit.accounts import fresh_name
from support.drivers.mqtt.client import MqttClient
from support.drivers.mqtt.connection import MqttConnection, MqttEndpoint
from support.drivers.mqtt.options import MqttOptions


class MqttBroker(MqttEndpoint):
    """One deployment. Users need no accounts; where the profile names some, they sign in by them."""

    def __init__(self, address: str, options: MqttOptions, response: float) -> None:
        super().__init__(address, response, options.keeps)
        self._root = options.root
        self._roots: WeakKeyDictionary[People, str] = WeakKeyDictionary()  # of each scenario

    async def register(self, role: str, transcript: Transcript, lifetime: float | None = None) -> Account:
        """A name that no client has had."""
        return Account(fresh_name(role), "")

    def client(self, role: str, people: People, transcript: Transcript, inbox: Inbox) -> MqttClient:
        root = self._roots.setdefault(people, f"{self._root}/{secrets.token_hex(4)}")
        return MqttClient(self, role, people, transcript, inbox, root, f"{self._root}/marks")

    async def serves(self, transcript: Transcript) -> bool:
        """Whether a client is let in."""
        connection = MqttConnection(self, Account(fresh_name(EARSHOT), ""))
        await connection.open(afresh=True)
        await connection.end()
        return True

    async def close(self) -> None:
        """Nothing is open."""
