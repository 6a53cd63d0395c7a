"""A Socket.IO connection loses nothing that nobody could read."""

from typing import Any

import pytest
from engineio.packet import MESSAGE, Packet

from support.core.people import Account, People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.chat.events import of_strangers
from support.drivers.clients.socketio import Owner, SocketIO


async def test_what_nobody_could_read_is_no_silence() -> None:
    def read(event: str, payload: object) -> None:
        raise KeyError(event)

    transcript = Transcript(Redactor())
    socket = SocketIO(Owner(transcript.of("user A"), read, lambda: None))
    socket._heard("news", {"of": "nothing"})
    assert "news: not understood: KeyError('news')" in str(transcript)
    with pytest.raises(KeyError, match="news"):
        await socket.call("connection_alive", {}, within=1)
    socket._heard("news", {"of": "nothing"})
    with pytest.raises(KeyError, match="news"):
        await socket.emit("connection_alive")


ONLINE = '2["new_user_online",{{"username":"{}"}}]'


@pytest.fixture
def people() -> People:
    known = People()
    known.add("user B", Account("ben.0123abcd", "his password"))
    return known


@pytest.mark.parametrize(
    "packet",
    [
        ONLINE.format("ben.0123abcd"),
        '2["received_message",{"sender":"eve","content":"hello"}]',
        '2["new_user_online",{"username":"eve","token":"hers"}]',
        '2["new_user_online",{"username":7}]',
        '2["new_user_online",{"username":"e\\"ve"}]',
        '2["new_user_online"]',
    ],
)
def test_only_a_stranger_who_comes_or_goes_is_ignored(people: People, packet: str) -> None:
    ignores = of_strangers(people)
    assert ignores(ONLINE.format("eve"))
    assert ignores('2["user_has_gone_offline",{"username":"eve"}]')
    assert not ignores(packet)


async def test_what_is_ignored_is_passed_over_once_the_scenario_has_ended(people: People) -> None:
    heard: list[str] = []
    transcript = Transcript(Redactor())
    socket = SocketIO(Owner(transcript.of("user A"), lambda *_: None, lambda: None, of_strangers(people)))
    engine: Any = socket._client.eio

    async def hear(_kind: str, packet: str, run_async: bool) -> None:
        heard.append(packet)

    engine._trigger_event = hear
    packets = [ONLINE.format(name) for name in ("eve", "ben.0123abcd")]
    for packet in packets:
        await engine._receive_packet(Packet(MESSAGE, packet))
    assert heard == packets
    transcript.close()
    for packet in packets:
        await engine._receive_packet(Packet(MESSAGE, packet))
    assert heard == [*packets, packets[1]]
