"""A step may take as long as the limits at hand let it wait; what hangs is ended, and said to hang."""

import asyncio
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from support.config.access import Commands
from support.config.profile import Limits, load
from support.core.event_loop import Background
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.broker.datastore_inspector import DatastoreInspector
from support.drivers.broker.driver import Broker
from support.drivers.broker.options import BrokerOptions
from support.drivers.capabilities.waiting import MakesWait
from support.drivers.chat import Chat, ChatOptions
from support.environments.compose.deployment import ComposeDeployment
from support.environments.external.deployment import ExternalDeployment
from support.environments.systems.threads import ThreadsSystem
from support.scenario import step_decorators
from support.scenario.world import World


def play(step: step_decorators.Step, longest_wait: float, margin: float) -> None:
    """Play a step as behave does."""
    kept: list[Any] = []
    phrase = step_decorators._decorator(lambda expression: kept.append)  # type: ignore[arg-type, return-value]
    phrase("a step", margin=margin)(step)
    run = SimpleNamespace(background=Background())
    world: Any = World.__new__(World)
    world.sut, world.transcript, world.cast = SimpleNamespace(longest_wait=longest_wait), Transcript(Redactor()), {}
    world.begin_step("When a step is played", last=True)
    try:
        kept[0](SimpleNamespace(run=run, world=world, table=None, text=None))
    finally:
        run.background.close()


async def waits(world: Any) -> None:
    await asyncio.sleep(0.3)


def test_a_step_may_wait_for_longer_than_the_margin() -> None:
    play(waits, longest_wait=5.0, margin=0.1)


def test_a_step_that_hangs_is_ended_and_named() -> None:
    with pytest.raises(AssertionError, match=r"the step was not done within 0\.15 s: it hangs"):
        play(waits, longest_wait=0.05, margin=0.1)


def test_the_limits_count() -> None:
    assert Limits(recovery=600.0).longest_wait - Limits(recovery=15.0).longest_wait == 585.0
    assert Limits(keep_alive=60.0, sweep=60.0).longest_wait > 3 * 60 + 60


def test_a_step_of_the_deployed_broker_may_use_up_all_attempts() -> None:
    options = BrokerOptions.model_validate(load("deployed/broker").systems["broker"].driver)
    wires: Any = {name: SimpleNamespace(address="") for name in ("main server", "proxy")}
    keyring: Any = None
    broker = Broker(wires, options, keyring, DatastoreInspector(None, None), None)
    assert isinstance(broker, MakesWait)
    assert broker.longest_wait >= (5 + 1.5) * options.retry_interval


async def test_a_step_of_the_deployed_threads_may_wait_out_a_limit_on_requests(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("THREADS_ADDRESS", "LOOKER_PASSWORD"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    sut = ThreadsSystem(load("deployed/threads"), {})
    sut.deployment = ExternalDeployment({"threads server": "http://127.0.0.1:1"})
    sut.system = sut.drive()
    assert sut.longest_wait > 2 * 60
    await sut.system.close()


def test_the_commands_count() -> None:
    slow = ExternalDeployment({}, {"Redis": Commands(within=90.0), "Postgres": Commands(within=10.0)})
    assert slow.longest_action >= 4 * 90, "a restart stops it, waits, starts it, waits"
    assert ExternalDeployment({}).longest_action == 0
    with_commands = ComposeDeployment({}, {}, {"Redis": Commands(within=90.0)})
    assert with_commands.longest_action == ComposeDeployment({}, {}).longest_action + slow.longest_action


async def test_a_step_of_the_deployed_chat_waits_for_all_that_is_handed_over_one_by_one() -> None:
    options = ChatOptions.model_validate(load("deployed/chat").systems["chat"].driver)
    chat = Chat("http://127.0.0.1:1", options, response=5.0, keep_alive=8.0)
    assert isinstance(chat, MakesWait)
    assert chat.longest_wait >= options.join_delay + _most_messages_at_once()
    await chat.close()


def _most_messages_at_once() -> int:
    text = (Path(__file__).parents[2] / "features/chat/3_messages.feature").read_text(encoding="utf-8")
    return max(map(int, re.findall(r"sends (\d+) messages", text)))
