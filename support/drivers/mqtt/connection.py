"""One client's connection to an MQTT broker, and what a session keeps on the client's side: paho's, on our loop."""

import asyncio
from collections.abc import Callable
from typing import Any

from paho.mqtt.client import Client, MQTTMessage
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties
from paho.mqtt.reasoncodes import ReasonCode

from support.core import clock
from support.core.people import Account
from support.drivers.capabilities import Unreachable
from support.drivers.clients.sources import source_for
from support.drivers.kit.answers import Answers
from support.drivers.kit.program import Deployed
from support.drivers.kit.read_only import let_through
from support.drivers.kit.refusals import Refusals

#: What a broker says that cannot serve now (MQTT 5.0, 2.4).
_REFUSALS = Refusals(for_now={"Server unavailable", "Server busy", "Server shutting down", "Quota exceeded"})


class MqttConnection:
    """What one client says to a broker. Further connections of the same object go on with its session.

    Args:
        broker: where to.
        account: whose; without a password it needs no name.
        heard: called with each message, in order of arrival.
        lost: called when the connection ends that we have not ended, with the broker's reason if it gives one.
    """

    def __init__(
        self,
        broker: Deployed,
        account: Account,
        heard: Callable[[MQTTMessage], None] = lambda message: None,
        lost: Callable[[str], None] = lambda why: None,
    ) -> None:
        self._broker, self._lost, self.up = broker, lost, False
        self._line: int | None = None
        self._answers = Answers(broker.address, broker.limits.response)
        self._confirmed: dict[int, asyncio.Future[None]] = {}
        self._opened: asyncio.Future[None] | None = None
        self._resumed = False
        self._paho = paho = Client(
            CallbackAPIVersion.VERSION2, account.login, protocol=MQTTProtocolVersion.MQTTv5, reconnect_on_failure=False
        )
        if account.password:
            paho.username_pw_set(account.login, account.password)
        if broker.secure:
            paho.tls_set_context(broker.tls)
        paho.on_connect = lambda *told: self._let_in(told[2].session_present, told[3])
        paho.on_disconnect = lambda *told: self._ended(told[3])
        paho.on_message = lambda client, userdata, message: heard(message)
        paho.on_publish = lambda *told: _settle(self._confirmed.get(told[2]), told[3])
        paho.on_subscribe = paho.on_unsubscribe = lambda *told: _settle(self._confirmed.get(told[2]), *told[3])
        paho.on_socket_close = lambda *told: self._listen(None)

    def have_will(self, topic: str, text: str, *, kept: bool) -> None:
        """Have the broker publish this, from the next connection on, when it is cut off."""
        self._paho.will_set(topic, text, qos=1, retain=kept)

    async def open(self, *, afresh: bool) -> bool:
        """Connect; what was under way when the last connection was lost is said again, and confirmed.

        Args:
            afresh: whether to begin a session, in place of going on with the one from before.

        Returns:
            Whether the broker had the session still.

        Raises:
            Rejected: the broker says no.
            Unreachable: it does not answer.
        """
        let_through(self._broker.address, "connect", changes=True)
        self.drop()
        session = Properties(PacketTypes.CONNECT)  # type: ignore[no-untyped-call]
        session.SessionExpiryInterval = self._broker.options.keeps
        self._answers.begin()
        self._opened = asyncio.get_running_loop().create_future()
        connected = asyncio.to_thread(
            self._paho.connect,
            *self._broker.place(1883, 8883),
            keepalive=0,
            bind_address=source_for(self._broker.address) or "",
            clean_start=afresh,
            properties=session,
        )
        try:
            await self._answers.wait_for(connected, "connect")
            self._listen(self._paho.socket())
            await self._answers.wait_for(self._opened, "connect")
            self.up = True
            await self._answers.wait_for(asyncio.gather(*self._confirmed.values()), "confirm what was said before")
            return self._resumed
        except Unreachable:
            self.drop()
            raise
        except (OSError, ValueError) as error:
            self.drop()
            raise Unreachable(f"{self._broker.address} does not answer: {error}") from error

    async def publish(self, topic: str, text: str, quality: int, *, kept: bool = False) -> None:
        """Publish, and wait until the broker has confirmed it, if it does. Raises as `open`."""
        await self._answered(self._published(topic, text, quality, kept=kept), "publish", promised=quality > 0)

    def publish_in_vain(self, topic: str, text: str, quality: int) -> None:
        """Publish, and lose the connection before the broker's word can be heard."""
        mid = self._published(topic, text, quality)
        self._confirmed[mid] = asyncio.get_running_loop().create_future()
        self.drop()

    async def subscribe(self, topic: str) -> None:
        """Subscribe, as often as messages may arrive. Raises as `open`."""
        await self._answered(self._sent("subscribe", lambda: self._paho.subscribe(topic, qos=2)), "subscribe")

    async def unsubscribe(self, topic: str) -> None:
        """Unsubscribe. Raises as `open`."""
        await self._answered(self._sent("unsubscribe", lambda: self._paho.unsubscribe(topic)), "unsubscribe")

    async def end(self) -> None:
        """Sign off, and wait until the broker has ended the connection."""
        if self.up:
            self.up = False
            self._paho.disconnect()
            await clock.until(lambda: self._line is None, within=self._broker.limits.response)
        self.drop()

    def drop(self) -> None:
        """Go away without a word."""
        self.up = False
        self._listen(None)
        if line := self._paho.socket():
            line.close()

    def _published(self, topic: str, text: str, quality: int, *, kept: bool = False) -> int:
        properties = Properties(PacketTypes.PUBLISH)  # type: ignore[no-untyped-call]
        if kept and text:
            properties.MessageExpiryInterval = self._broker.options.keeps
        return self._sent("publish", lambda: self._paho.publish(topic, text, quality, kept, properties).mid)

    def _sent(self, what: str, act: Callable[[], Any]) -> int:
        """The number of what is sent by `act`, at once and from this thread, as paho does where it has no loop."""
        let_through(self._broker.address, what, changes=True)
        if not self.up:
            raise Unreachable(f"{self._broker.address}: there is no connection ({what})")
        sent = act()
        return int(sent[1] if isinstance(sent, tuple) else sent)

    async def _answered(self, mid: int, what: str, *, promised: bool = True) -> None:
        if not promised:
            return
        confirmed = self._confirmed[mid] = asyncio.get_running_loop().create_future()
        try:
            await self._answers.wait_for(confirmed, what)
        finally:
            self._confirmed.pop(mid, None)

    def _listen(self, line: Any) -> None:
        if self._line is not None:
            asyncio.get_running_loop().remove_reader(self._line)
        self._line = line.fileno() if line else None
        if self._line is not None:
            asyncio.get_running_loop().add_reader(self._line, self._read)

    def _read(self) -> None:
        self._paho.loop_read()
        if self._paho.want_write():
            self._paho.loop_write()

    def _let_in(self, resumed: bool, reason: ReasonCode) -> None:
        self._resumed = resumed
        _settle(self._opened, reason)

    def _ended(self, reason: ReasonCode) -> None:
        said = str(reason) if reason.is_failure and reason.value != _UNSPECIFIED else ""
        self._answers.end(said)
        self._confirmed.clear()
        if self.up:
            self.up = False
            self._lost(said)


#: What paho says by itself of a connection that ends without the broker's word.
_UNSPECIFIED = 128


def _settle(answer: asyncio.Future[None] | None, *reasons: ReasonCode) -> None:
    if answer is None or answer.done():
        return
    if no := next((one for one in reasons if one.is_failure), None):
        answer.set_exception(_REFUSALS.refusal(no))
    else:
        answer.set_result(None)
