"""The mqtt spec on Mosquitto, where it is installed: each scenario is red on a broker that breaks its promise."""

import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import AsyncExitStack, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from behave.configuration import Configuration

from support.config.profile import Limits
from support.core.event_loop import Background
from support.drivers.mqtt import LANGUAGE
from support.environments.embedded.program import ProgramDeployment
from support.execution.watching import WatchingRunner, close, share
from support.reporting import results_file
from support.reporting.reporting_context import ReportingContext
from support.scenario.run import Run
from tests.drivers.unfaithful_broker import (
    CLEAN_START,
    CONNECT,
    DISCONNECT,
    PUBACK,
    PUBLISH,
    QOS,
    RETAIN,
    SUBSCRIBE,
    UNSUBACK,
    UNSUBSCRIBE,
    WILL_RETAIN,
    Fault,
    Packet,
    Unfaithful,
    Way,
    standing_before,
)

MOSQUITTO = LANGUAGE.programs["mosquitto"]
pytestmark = pytest.mark.skipif(shutil.which(MOSQUITTO.command[0]) is None, reason="apt-get install mosquitto")

Make = Callable[[], Unfaithful]


def of(kind: int, change: Callable[[Packet], Way]) -> Fault:
    """A fault of the packets of one kind; marks, by which clients see that all has come, are left alone."""
    return lambda packet: change(packet) if packet.kind == kind and b"/marks/" not in packet.body else None


def renamed(old: bytes, new: bytes) -> Fault:
    """Topics of clients called otherwise."""

    def rename(packet: Packet) -> Way | None:
        if packet.kind not in (PUBLISH, SUBSCRIBE):
            return None
        start = 0 if packet.kind == PUBLISH else 3  # behind the packet's number and its properties
        end = start + 2 + int.from_bytes(packet.body[start : start + 2])
        topic = packet.body[start + 2 : end].replace(old, new)
        return Way([Packet(packet.head, packet.body[:start] + len(topic).to_bytes(2) + topic + packet.body[end:])])

    return rename


def reordering() -> Unfaithful:
    """Each first of two messages comes after the second."""
    held: list[Packet] = []

    def swap(packet: Packet) -> Way:
        held.append(packet)
        return Way() if len(held) == 1 else Way([held.pop(), held.pop()])

    return Unfaithful(tells=of(PUBLISH, swap))


def swallowing() -> Unfaithful:
    """What is to arrive at least once is confirmed, and goes no further."""

    def swallow(packet: Packet) -> Way:
        number = int.from_bytes(packet.body[:2]) + 2
        return Way(back=[Packet(PUBACK << 4, packet.body[number : number + 2])]) if packet.qos == 1 else Way([packet])

    return Unfaithful(says=of(PUBLISH, swallow))


FAULTS: dict[str, tuple[Make, list[str]]] = {
    "delivers what is about another topic": (
        lambda: Unfaithful(says=renamed(b"weather/bergen", b"weather/oslo/#")),
        ["3.8.4 A subscriber is told"],
    ),
    "delivers twice": (
        lambda: Unfaithful(
            tells=of(PUBLISH, lambda packet: Way([packet, packet]) if packet.qos < 2 else Way([packet]))
        ),
        [
            "3.8.4 Every subscriber",
            "4.3 A message that is to arrive at most once",
            "4.3 A message that is to arrive at least",
        ],
    ),
    "forgets that one has unsubscribed": (
        lambda: Unfaithful(
            says=of(UNSUBSCRIBE, lambda packet: Way(back=[Packet(UNSUBACK << 4, packet.body[:2] + b"\0\0")]))
        ),
        ["3.10.4"],
    ),
    "takes a number sign for one level": (
        lambda: Unfaithful(says=renamed(b"weather/#", b"weather/+")),
        ["4.7.1.2"],
    ),
    "takes a plus sign for any number of levels": (
        lambda: Unfaithful(says=renamed(b"/+/wind", b"/#")),
        ["4.7.1.3"],
    ),
    "ignores capitals": (lambda: Unfaithful(says=renamed(b"Oslo", b"oslo")), ["4.7.3 Topics that differ in a capital"]),
    "ignores blanks": (lambda: Unfaithful(says=renamed(b"os lo", b"oslo")), ["4.7.3 Topics that differ in a blank"]),
    "reorders": (reordering, ["4.6 Messages that are to arrive exactly", "4.6 Messages that are to arrive at most"]),
    "confirms and loses": (swallowing, ["4.3 A message that is to arrive at least", "4.3.2"]),
    "takes exactly once for at least once": (
        lambda: Unfaithful(
            says=of(PUBLISH, lambda one: Way([Packet(one.head & ~QOS | 2 if one.qos == 2 else one.head, one.body)]))
        ),
        ["4.3.3"],
    ),
    "keeps nothing": (
        lambda: Unfaithful(says=of(PUBLISH, lambda packet: Way([Packet(packet.head & ~RETAIN, packet.body)]))),
        ["3.3.1.3 A user who subscribes", "3.3.1.3 A message that was not", "3.3.1.3 A retained message can"],
    ),
    "keeps everything": (
        lambda: Unfaithful(says=of(PUBLISH, lambda packet: Way([Packet(packet.head | RETAIN, packet.body)]))),
        ["3.3.1.3 A message that was not"],
    ),
    "calls everything kept": (
        lambda: Unfaithful(tells=of(PUBLISH, lambda packet: Way([Packet(packet.head | RETAIN, packet.body)]))),
        ["3.3.1.3 A message that is to be kept is a new one"],
    ),
    "drops last wills": (lambda: Unfaithful(covers_up=True), ["3.1.2.5"]),
    "does not hear farewells": (lambda: Unfaithful(says=of(DISCONNECT, lambda packet: Way())), ["3.14.4"]),
    "keeps no last will": (
        lambda: Unfaithful(says=of(CONNECT, lambda packet: Way([packet.flagged(off=WILL_RETAIN)]))),
        ["3.1.2.7"],
    ),
    "forgets sessions": (
        lambda: Unfaithful(says=of(CONNECT, lambda packet: Way([packet.flagged(on=CLEAN_START)]))),
        ["4.1 A user whose client", "3.1.2.4 A user who comes back", "4.4"],
    ),
    "never begins a session anew": (
        lambda: Unfaithful(says=of(CONNECT, lambda packet: Way([packet.flagged(off=CLEAN_START)]))),
        ["3.1.2.4 A user who begins"],
    ),
}
#: What Mosquitto can be told, and which scenarios are red then.
SETTINGS = {
    "persistence false": [
        "4.1.1 A topic keeps its message when the message broker is",
        "4.1.1 A user who is away gets what was published when the message broker is",
        "4.1.1 Users who come back",
    ],
    "max_queued_messages 3": ["4.1 A user whose client"],
}


@pytest.fixture
def background() -> Iterator[Background]:
    """Where the broker and what stands before it are at work."""
    background = Background()
    yield background
    background.close()


@pytest.mark.parametrize("fault", FAULTS)
def test_each_scenario_is_red_on_a_broker_that_breaks_its_promise(
    fault: str, background: Background, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make, titles = FAULTS[fault]
    monkeypatch.setattr(Run, "foresee", lambda *told: None)  # all that this broker can do is known
    stack = AsyncExitStack()

    async def stand() -> int:
        deployment = await stack.enter_async_context(
            ProgramDeployment(MOSQUITTO, "mqtt", "message broker", Limits(), LANGUAGE.options())
        )
        port = int(deployment.addresses["message broker"].rpartition(":")[2])
        return await stack.enter_async_context(standing_before(port, make()))

    try:
        address = f"mqtt://127.0.0.1:{background.run(stand())}"
        are_red(titles, tmp_path, f'deployment = "external"\naddress = "{address}"')
    finally:
        background.run(stack.aclose())


@pytest.mark.parametrize("setting", SETTINGS)
def test_scenarios_are_red_on_a_mosquitto_that_is_told_otherwise(setting: str, tmp_path: Path) -> None:
    are_red(SETTINGS[setting], tmp_path, f'deployment = "embedded"\n[systems.mqtt.driver]\nsettings = ["{setting}"]')


def are_red(titles: list[str], folder: Path, system: str) -> None:
    """Play scenarios with short waits, in this process: each fails at what it asks."""
    profile, results = folder / "unfaithful.toml", folder / "results.jsonl"
    limits = "[systems.mqtt.limits]\ndelivery = 1.0\nresponse = 10.0\n"
    profile.write_text(f'[systems.mqtt]\nspeaks = "mqtt"\n{system}\n{limits}')
    settings = ["-D", f"profile={profile}", "-D", f"results={results}", "-D", "allure=off"]
    names = [part for title in titles for part in ("--name", f"^{re.escape(title)}")]
    run = Run(Configuration(settings).userdata, ReportingContext())
    share(run)
    try:
        with redirect_stdout(StringIO()), redirect_stderr(StringIO()):
            WatchingRunner(Configuration([*settings, "features/mqtt", *names])).run()
    finally:
        close()
    found = results_file.read(results).outcomes
    assert {title for title in titles if any(one.scenario.startswith(title) for one in found)} == set(titles)
    wrong = [one for one in found if (one.status, one.step_keyword) != ("failed", "then")]
    assert not [f"{one.scenario}: {one.status} {one.message}" for one in wrong]
