"""One person's MQTT client."""

from paho.mqtt.client import MQTTMessage

from support.core import clock
from support.core.events import Published
from support.core.people import Account
from support.core.transcript import HEARD, SENT
from support.drivers.capabilities import Unreachable
from support.drivers.kit.person import Person
from support.drivers.kit.program import Deployed
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.mqtt.connection import MqttConnection
from support.vocabulary.terms.topics import QUALITIES


class MqttClient(Person):
    """One person's client. Verbs raise `Rejected` when the broker says no, `Unreachable` when it is silent.

    Args:
        root: the topic under which all of the scenario's are.
        marks: the topic under which each client has one of its own, to see that all has arrived.
    """

    def __init__(self, broker: Deployed, user: ScenarioUser, root: str, marks: str) -> None:
        super().__init__(user)
        self._broker, self._root, self._mark = broker, root, f"{marks}/{self._login}"
        account = user.people.account(user.role) or Account(user.role, "")
        self._connection = MqttConnection(broker, account, self._heard, self._lost)
        self._begins_anew = bool(account.password)  # whose name others have had; else there is no session from before
        self._marks = 0

    @property
    def connected(self) -> bool:
        return self._connection.up

    async def connect(self) -> None:
        """Connect, and go on with the session that one has from before in this scenario."""
        await self._open(afresh=self._begins_anew)

    async def begin_anew(self) -> None:
        """Connect in a new session, in place of the one from before."""
        await self._open(afresh=True)

    async def _open(self, *, afresh: bool) -> None:
        self._say("connect in a new session" if afresh else "connect")
        resumed = await self._connection.open(afresh=afresh)
        self._begins_anew = False
        if not resumed:
            await self._connection.subscribe(self._mark)

    async def come_online(self) -> None:
        """Being connected is all there is to it."""

    async def settle(self) -> None:
        """Wait until all that the broker had for this person is here: a mark of each quality comes last of its own."""
        wanted = self._marks + len(QUALITIES)
        for quality in range(len(QUALITIES)):
            await self._connection.publish(self._mark, "mark", quality)
        if not await clock.until(lambda: self._marks >= wanted, within=self._broker.limits.response):
            raise Unreachable(f"{self._broker.address} does not deliver what a client publishes to itself")

    async def close(self) -> None:
        """Go away without a word."""
        self._connection.drop()

    async def take_leave(self) -> None:
        """Sign off in order."""
        self._say("sign off")
        await self._connection.end()

    def leave_will(self, text: str, topic: str, *, kept: bool = False) -> None:
        """Have this will from the next connection on."""
        self._connection.have_will(f"{self._root}/{topic}", text, kept=kept)

    async def subscribe(self, topic: str) -> None:
        """Subscribe to a topic, or to all that a wildcard stands for."""
        self._say(f"subscribe to {topic}")
        await self._connection.subscribe(f"{self._root}/{topic}")

    async def unsubscribe(self, topic: str) -> None:
        """End a subscription."""
        self._say(f"unsubscribe from {topic}")
        await self._connection.unsubscribe(f"{self._root}/{topic}")

    async def publish(self, text: str, topic: str, quality: str, *, kept: bool = False) -> None:
        """Publish, and wait until the broker has dealt with it: it takes what one client says in turn."""
        self._say(f"publish on {topic}, {quality}{', to be kept' * kept}", text)
        await self._connection.publish(f"{self._root}/{topic}", text, QUALITIES.index(quality), kept=kept)
        if quality == "at most once":  # which is not confirmed
            await self._connection.publish(f"{self._mark}/nothing", "mark", 1)

    async def publish_in_vain(self, text: str, topic: str, quality: str) -> None:
        """Publish, and lose the connection before the broker has confirmed it."""
        self._say(f"publish on {topic}, {quality}, and lose the connection", text)
        self._connection.publish_in_vain(f"{self._root}/{topic}", text, QUALITIES.index(quality))

    def _say(self, what: str, text: str | None = None) -> None:
        self._lifeline.aims(what.partition(",")[0])
        self._lifeline.record(SENT, "mqtt", what, text)

    def _heard(self, message: MQTTMessage) -> None:
        if message.topic == self._mark:
            self._marks += 1
            return
        topic, text = message.topic.removeprefix(f"{self._root}/"), message.payload.decode(errors="replace")
        told = f"{topic}, {QUALITIES[message.qos]}{', kept' * message.retain}{', again' * message.dup}"
        self._lifeline.record(HEARD, "mqtt", told, text)
        self._inbox.put(Published(text, topic, kept=message.retain))

    def _lost(self, why: str) -> None:
        self._lifeline.record(HEARD, "mqtt", f"end of the connection {why}".strip())
        self._cut_off(why)
