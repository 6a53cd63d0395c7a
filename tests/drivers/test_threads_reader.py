"""Which events of the live connection the threads driver reads, and what it does with those that nobody knows."""

import pytest

from support.core.events import Arrival, Malformed
from support.core.people import Account, People
from support.drivers.threads import event_parser
from support.drivers.threads.event_parser import EventParser
from support.drivers.threads.state import ScenarioState


@pytest.fixture
def reading() -> EventParser:
    people = People()
    people.add("user A", Account("a@example.com", "secret"))
    return EventParser("user A", people, ScenarioState())


@pytest.mark.parametrize(
    "event", ["who", "place", "in", "about", "of_file", "opened", "init__", "class__", "dict__", "role", "world", ""]
)
def test_a_server_cannot_call_what_is_no_event(reading: EventParser, event: str) -> None:
    before = dict(vars(reading))
    assert reading.read(event, "user A") == []
    assert reading.read(event, {"chatroomId": "1"}) == []
    assert vars(reading) == before


@pytest.mark.parametrize("payload", [None, "x", 7, [], ["x"], {}, {"user": []}, {"restoredRooms": ["no colon"]}])
@pytest.mark.parametrize("event", event_parser._PARSERS)
def test_an_event_that_carries_nonsense_is_told_as_malformed(reading: EventParser, event: str, payload: object) -> None:
    found = reading.read(event, payload)
    assert all(isinstance(one, Arrival) for one in found)
    assert any(isinstance(one, Malformed) for one in found)
