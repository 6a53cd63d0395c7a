"""What the reference back ends share: faults, lag, durations, the command line."""

import asyncio
import json
import re
import socket
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from reference.chat.delivery import Delivery
from reference.chat.faults import FAULTS
from reference.chat.mailbox import Mailbox
from reference.chat.server import ChatServer
from reference.chat.settings import Settings
from reference.kit.bodies import no_kind_of_nothing
from reference.kit.duration import seconds
from reference.kit.faults import Fault, Faults
from reference.kit.lag import Lag
from reference.kit.parts import Parts
from reference.kit.settings import option, read, secret, whole

CASES = {
    *("1.1", "1.2", "1.3", "1.4", "1.5", "1.6", "1.7", "2.1", "2.2", "2.3"),
    *("3.1", "3.2", "3.3", "3.4", "3.5", "3.5.1", "3.6", "3.7", "4.1", "4.2", "5.1", "5.2"),
    *("6.1", "6.2", "6.3", "6.4", "7.1", "7.2", "7.3", "8.1", "8.2", "8.3"),
}


@pytest.mark.parametrize("fault", list(FAULTS), ids=lambda fault: fault.name)
async def test_each_fault_builds_a_server_from_its_own_part(fault: Fault, settings: Settings) -> None:
    parts = fault.parts()
    ChatServer(settings, parts).app()
    for replacement in fault.replacements:
        clean = next(part for part in replacement.__mro__[1:] if ".faults." not in part.__module__)
        assert parts.of(clean) is replacement
        assert vars(replacement).keys() & vars(clean).keys()  # it overrides something of the clean part


@pytest.fixture
def settings(monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.setenv("EARSHOT_POSTGRES", "dbname=none")
    monkeypatch.setenv("EARSHOT_REDIS", "redis://127.0.0.1:1/0")
    return read(Settings, [])


def test_every_case_of_the_stp_has_a_fault() -> None:
    assert {requirement for fault in FAULTS for requirement in fault.requirements} >= {f"STP-{case}" for case in CASES}


def test_faults_read_like_faults() -> None:
    assert len(list(FAULTS)) >= 45
    assert [fault.name for fault in FAULTS if not re.fullmatch(r"[a-z]+(-[a-z]+)*", fault.name)] == []
    assert [says for says, count in Counter(fault.says for fault in FAULTS).items() if count > 1] == []
    assert [fault.name for fault in FAULTS if fault.says[0].isupper() or fault.says.endswith(".")] == []


def test_without_a_fault_every_part_is_clean() -> None:
    assert Parts().of(Mailbox) is Mailbox
    assert FAULTS.choose("forgets-cached").parts().of(Delivery) is Delivery


def test_a_fault_may_take_a_duration() -> None:
    (replacement,) = FAULTS.choose("leaks-late=2500ms").replacements
    assert replacement.after == 2.5  # type: ignore[attr-defined]
    assert FAULTS.choose("delivers-late").replacements[0].after == 4.0  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("nonsense", "there is no fault"), ("duplicates=1s", "takes no duration"), ("leaks-late=soon", "is no duration")],
)
def test_a_wrong_fault_is_named(text: str, complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        FAULTS.choose(text)


def test_two_faults_of_one_name_are_refused() -> None:
    faults = Faults()
    faults.seed("same", "is wrong")(Mailbox)
    with pytest.raises(ValueError, match="two faults"):
        faults.seed("same", "is wrong otherwise")(Mailbox)


@pytest.mark.parametrize(("text", "value"), [("250ms", 0.25), ("1.5s", 1.5), ("2", 2.0)])
def test_durations(text: str, value: float) -> None:
    assert seconds(text) == value


@pytest.mark.parametrize("text", ["300ms", "300-0ms", "a-b", "0-300h"])
def test_a_wrong_lag_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"range|second limit"):
        Lag.parse(text, 1)


def test_the_same_seed_lags_the_same() -> None:
    first, again, other = (Lag.parse("0-300ms", seed) for seed in (1, 1, 2))
    drawn = [[lag.draw() for _ in range(5)] for lag in (first, again, other)]
    assert drawn[0] == drawn[1] != drawn[2]
    assert all(0 <= delay <= 0.3 for delay in drawn[0])


async def test_a_lagging_queue_keeps_order_and_holds_back() -> None:
    queue = Lag.parse("5-30ms", 3).queue()
    for number in range(50):
        await queue.put(number)
    with pytest.raises(asyncio.QueueEmpty):
        queue.get_nowait()
    assert [await queue.get() for _ in range(50)] == list(range(50))


def test_faults_are_listed_as_json_lines() -> None:
    listed = run("reference.chat", "--list-faults")
    assert [json.loads(line)["name"] for line in listed.stdout.splitlines()] == [fault.name for fault in FAULTS]


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--port", "1", "--fault", "nonsense"], "there is no fault 'nonsense'"),
        (["--port", "1", "--lag", "much"], "'much' is no range"),
        (["--port", "1", "--users", "/nowhere"], "there is no users file /nowhere"),
        (["--port", "1"], "the environment variable EARSHOT_POSTGRES is not set"),
    ],
)
def test_a_wrong_command_line_ends_with_one_line_about_it(arguments: list[str], complaint: str) -> None:
    ended = run("reference.chat", *arguments)
    assert ended.returncode == 2
    assert complaint in ended.stderr.splitlines()[-1]


def test_a_port_that_is_taken_ends_with_one_line_about_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = run("reference.bot_api", "--port", str(taken.getsockname()[1]))
    assert ended.returncode == 1
    assert ended.stderr.startswith("cannot listen on 127.0.0.1:")
    assert len(ended.stderr.splitlines()) == 1


@dataclass(frozen=True, kw_only=True)
class Sample:
    key: str = secret("SAMPLE_KEY")
    rounds: int = option(4, variable="SAMPLE_ROUNDS", kind=whole(2))
    watched: bool = option(True, variable="SAMPLE_WATCHED")
    places: tuple[str, ...] = option(("here",))


def test_an_option_wins_over_its_variable_and_that_over_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAMPLE_KEY", "of nobody")
    assert read(Sample, []) == Sample(key="of nobody", rounds=4, watched=True, places=("here",))
    monkeypatch.setenv("SAMPLE_ROUNDS", "5")
    monkeypatch.setenv("SAMPLE_WATCHED", "false")
    assert read(Sample, ["--rounds", "6"]) == Sample(key="of nobody", rounds=6, watched=False, places=("here",))
    assert read(Sample, ["--watched"]).watched is True
    assert "of nobody" not in repr(read(Sample, []))


@pytest.mark.parametrize(("variable", "text"), [("SAMPLE_KEY", ""), ("SAMPLE_ROUNDS", "1")])
def test_a_variable_that_makes_no_sense_ends_the_program(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str, text: str
) -> None:
    monkeypatch.setenv("SAMPLE_KEY", "of nobody")
    monkeypatch.setenv(variable, text)
    with pytest.raises(SystemExit):
        read(Sample, [])
    assert re.search("SAMPLE_KEY is not set|must be at least 2", capsys.readouterr().err.splitlines()[-1])


def run(module: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, env={"PATH": "/usr/bin"}, check=False)


@pytest.mark.parametrize(("headers", "body", "status"), [
    ({"Content-Type": "application/octet-stream"}, None, 415),
    ({"Content-Type": "application/octet-stream"}, b"x", 200),
    ({}, None, 200),
])  # fmt: skip
async def test_the_kind_of_a_body_that_is_not_there_is_refused(
    headers: dict[str, str], body: bytes | None, status: int
) -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.Response()

    app = web.Application(middlewares=[no_kind_of_nothing])
    app.add_routes([web.post("/", answer)])
    async with TestClient(TestServer(app)) as client:
        asking = client.post("/", headers=headers, data=body, skip_auto_headers=("Content-Type",))
        assert (await asking).status == status
