"""What the MQTT client makes of a broker's packets; that it fits a real one is shown by test_mosquitto."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path

import pytest

from support.config.profile import Limits, Profile, SystemProfile
from support.core.events import Disconnected, LoggedOut, Published
from support.core.inbox import Inbox
from support.core.people import Account, People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected, Unavailable, Unreachable
from support.drivers.clients import sources
from support.drivers.kit.program import Deployed
from support.drivers.kit.scenario_user import ScenarioUser
from support.drivers.mqtt.client import MqttClient
from support.drivers.mqtt.driver import MqttBroker
from support.drivers.mqtt.options import MqttOptions
from support.drivers.mqtt.servers import MOSQUITTO
from support.environments.embedded.program import ProgramProcess
from support.environments.embedded.workspace import Workspace
from support.environments.systems import REFERENCES, SYSTEMS, class_of
from tests.drivers.unfaithful_broker import CONNECT, DISCONNECT, PUBACK, PUBLISH, SUBSCRIBE, Packet, packets

CONNACK, SUBACK = 2, 9
SUCCESS, NOT_AUTHORIZED, BUSY, TAKEN_OVER = 0, 0x87, 0x89, 0x8E


class StandIn:
    """A broker that answers with the same reason each time, and delivers nothing but what it is told to."""

    def __init__(self) -> None:
        self.lets_in = self.takes = SUCCESS
        self.heard: list[Packet] = []
        self.line: asyncio.StreamWriter | None = None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.line = writer
        async for packet in packets(reader):
            self.heard.append(packet)
            number = packet.body[:2]
            if packet.kind == CONNECT:
                self.say(CONNACK, bytes([0, self.lets_in, 0]))
            elif packet.kind == SUBSCRIBE:
                self.say(SUBACK, number + bytes([0, self.takes if self.takes else 2]))
            elif packet.kind == PUBLISH and packet.qos == 1:
                at = 2 + int.from_bytes(number)
                self.say(PUBACK, packet.body[at : at + 2] + bytes([self.takes, 0]))
        writer.close()

    def say(self, kind: int, body: bytes) -> None:
        assert self.line
        self.line.write(Packet(kind << 4, body).wire())


@pytest.fixture
async def broker() -> AsyncIterator[tuple[StandIn, MqttBroker]]:
    standin = StandIn()
    server = await asyncio.start_server(standin.serve, "127.0.0.1", 0)
    address = f"mqtt://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    yield standin, MqttBroker(Deployed(address, MqttOptions(), Limits(response=2.0)))
    server.close()


@pytest.fixture
async def client(broker: tuple[StandIn, MqttBroker]) -> AsyncIterator[tuple[MqttClient, Inbox]]:
    people, inbox, transcript = People(), Inbox("user A"), Transcript(Redactor())
    people.add("user A", await broker[1].register("user A", transcript))
    client = broker[1].client(ScenarioUser("user A", people, transcript, inbox))
    yield client, inbox
    with suppress(Unreachable):
        await client.close()


async def test_a_topic_of_the_scenario_is_called_on_the_wire_as_no_other_scenarios_is(
    broker: tuple[StandIn, MqttBroker], client: tuple[MqttClient, Inbox]
) -> None:
    user, inbox = client
    await user.connect()
    await user.publish("Calm", "wind", "at least once")
    topic = broker[0].heard[-1].body[2:].partition(b"\0")[0]
    assert topic.startswith(b"earshot/")
    assert topic.endswith(b"/wind")
    broker[0].say(PUBLISH, len(topic).to_bytes(2) + topic + b"\0" + b"Storm")
    await inbox.expect(Published("Storm", "wind"), within=2)


@pytest.mark.parametrize(("reason", "error"), [(NOT_AUTHORIZED, Rejected), (BUSY, Unavailable)])
async def test_what_the_broker_does_not_let_in_or_take_is_refused_with_its_reason(
    broker: tuple[StandIn, MqttBroker], client: tuple[MqttClient, Inbox], reason: int, error: type[Rejected]
) -> None:
    broker[0].lets_in = reason
    with pytest.raises(error, match=r"(?i)not authorized|busy"):
        await client[0].connect()
    broker[0].lets_in = SUCCESS
    await client[0].connect()
    broker[0].takes = NOT_AUTHORIZED
    for verb in (client[0].subscribe("wind"), client[0].publish("Calm", "wind", "at least once")):
        with pytest.raises(Rejected, match=r"(?i)not authorized"):
            await verb
    assert client[0].connected


@pytest.mark.skipif(not sources.is_ours("127.0.0.2"), reason="this machine has one loopback address alone")
async def test_a_client_comes_from_the_source_address_of_its_process(
    broker: tuple[StandIn, MqttBroker], client: tuple[MqttClient, Inbox]
) -> None:
    sources.come_from(broker[1].address, "127.0.0.2")
    await client[0].connect()
    sources.come_from(broker[1].address, None)
    assert broker[0].line
    assert broker[0].line.get_extra_info("peername")[0] == "127.0.0.2"


async def test_a_connection_that_the_broker_ends_is_told_with_its_reason(
    broker: tuple[StandIn, MqttBroker], client: tuple[MqttClient, Inbox]
) -> None:
    user, inbox = client
    await user.connect()
    broker[0].say(DISCONNECT, bytes([TAKEN_OVER, 0]))
    told = await inbox.expect(LoggedOut, within=2)
    assert "taken over" in str(told.what)
    await inbox.expect(Disconnected(), within=2)
    with pytest.raises(Unreachable, match="no connection"):
        await user.publish("Calm", "wind", "exactly once")


async def test_who_has_a_password_signs_in_and_begins_anew(broker: tuple[StandIn, MqttBroker]) -> None:
    people = People()
    people.add("user A", Account("gauge", "secret"))
    user = broker[1].client(ScenarioUser("user A", people, Transcript(Redactor()), Inbox("user A")))
    await user.connect()
    connect = broker[0].heard[0].body
    assert b"gauge" in connect
    assert b"secret" in connect
    assert connect[7] & 0x02  # a clean start: others have had the account before
    await user.close()


def test_a_spec_of_a_drivers_own_has_a_system_and_no_reference_back_end() -> None:
    described = SystemProfile(deployment="external", address="mqtt://127.0.0.1:1")
    profile = Profile(name="x", systems={"mqtt": described})
    assert class_of("mqtt", profile) is SYSTEMS["mqtt"]
    assert "mqtt" not in REFERENCES
    assert class_of("mqtt", profile)(profile, {}).deploy().addresses == {"message broker": "mqtt://127.0.0.1:1"}


def test_what_a_profile_says_of_a_server_is_in_its_configuration() -> None:
    options = MqttOptions(settings=("max_queued_messages 3", "allow_zero_length_clientid false"))
    workspace = Workspace()
    process = ProgramProcess("message broker", workspace, MOSQUITTO, Limits(), options)
    process.folder.mkdir(exist_ok=True)
    *_, file = process.command()
    configuration = Path(file).read_text()
    workspace.remove()
    assert "\nmax_queued_messages 3\nallow_zero_length_clientid false\n" in configuration
    assert f"listener {process.port} 127.0.0.1" in configuration
