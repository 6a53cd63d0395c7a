"""What the product does is the product's: no step lets through what a driver or a client raises."""

import json
import subprocess
import sys
from types import ModuleType
from typing import Any

import aiohttp
import pytest

from support.core.errors import EnvironmentFailure, NotSupported, NotUnderstood
from support.core.transcript import HEARD, Exchange
from support.drivers.capabilities import Rejected, Unavailable
from support.drivers.clients.http import Answer, Unreachable
from support.drivers.clients.websocket import HandshakeRefused
from support.scenario.blame import verdict_on

LIST = Exchange(0.1, "user A", HEARD, "http", "200", ["a", "bare", "list"])


def raised(error: Exception, room: str) -> Exception:
    """The error, as it comes out of a module."""
    module = ModuleType(room)
    exec("def trip(error):\n    raise error\n", module.__dict__)
    try:
        module.trip(error)
    except Exception as found:
        return found
    raise RuntimeError("nothing was raised")


@pytest.mark.parametrize("system", ["chat", "dashboard", "training", "broker", "threads"])
def test_no_phrase_lets_through_what_a_driver_raises(system: str) -> None:
    command = [sys.executable, "-m", "tests.core.raising", system]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["struck"] > 100, "the phrases have hardly met the driver"
    assert found["through"] == {}


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Rejected("not you"), "the system refused: not you"),
        (Rejected(""), "the system refused: no reason was given"),
        (Unavailable("no database"), "the system could not serve: no database"),
        (Unreachable("silence"), "no answer: silence"),
        (HandshakeRefused(Answer(403)), "the system refused the connection: 403"),
    ],
)
def test_an_answer_is_named_as_what_it_is(error: Exception, words: str) -> None:
    found = verdict_on(error, None)
    assert isinstance(found, AssertionError)
    assert str(found) == words


def test_an_answer_that_a_driver_trips_over_is_shown_and_both_are_named() -> None:
    found = verdict_on(raised(TypeError("list indices must be integers"), "support.drivers.chat.client"), LIST)
    assert isinstance(found, NotUnderstood)
    assert str(found) == (
        "the answer was not understood: TypeError: list indices must be integers (support/drivers/chat/client.py:2); "
        "the last that came was: 200 ['a', 'bare', 'list']; either it is not what was agreed, or the driver is wrong"
    )


@pytest.mark.parametrize(
    ("error", "room", "heard"),
    [
        (TypeError("nothing was heard"), "support.drivers.chat.client", None),
        (NameError("clinet"), "support.drivers.chat.client", LIST),
        (TypeError("not of a driver"), "support.scenario.tasks.file_upload", LIST),
        (NotSupported("nothing that does it"), "support.drivers.chat.client", LIST),
        (AssertionError("a verdict already"), "support.drivers.chat.client", LIST),
    ],
)
def test_what_the_suite_does_wrong_stays_its_own(error: Exception, room: str, heard: Any) -> None:
    assert verdict_on(raised(error, room), heard) is None


def test_what_a_driver_misses_after_a_refusal_is_not_the_suites_doing() -> None:
    missing = raised(KeyError('the room "Launch"'), "support.drivers.threads.state")
    assert verdict_on(missing, None) is None
    found = verdict_on(missing, None, refused=True)
    assert isinstance(found, AssertionError)
    assert str(found).startswith("this could not be tried, for something is missing: KeyError: ")


def test_a_connection_is_of_the_room_that_it_is_lost_in() -> None:
    lost = aiohttp.ClientPayloadError("half an answer")
    assert isinstance(verdict_on(raised(lost, "support.drivers.clients.http"), None), AssertionError)
    lost = aiohttp.ClientPayloadError("half an answer")
    assert isinstance(verdict_on(raised(lost, "support.drivers.kit.llm_stub"), None), EnvironmentFailure)
    assert isinstance(
        verdict_on(raised(ConnectionResetError(), "support.drivers.stores.redis"), None), EnvironmentFailure
    )


def test_what_this_machine_lacks_is_no_answer() -> None:
    found = verdict_on(raised(OSError(24, "Too many open files"), "support.drivers.chat.client"), LIST)
    assert isinstance(found, EnvironmentFailure)
    assert "ulimit -n" in str(found)
