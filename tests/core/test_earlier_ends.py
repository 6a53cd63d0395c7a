"""The end of an earlier connection says nothing of the one that a user has now."""

import pytest

from support.config.profile import Limits
from support.core.events import Disconnected
from support.core.inbox import Inbox
from support.core.people import Account
from support.scenario.actor import Actor
from tests.core.live_client import LiveClient


@pytest.fixture
def one() -> Actor:
    return Actor("user A", LiveClient(), Account("user A", "x"), Inbox("user A"), Limits())


async def test_an_earlier_end_does_not_count_after_a_new_connection(one: Actor) -> None:
    await one.connect()
    one.inbox.put(Disconnected())
    await one.connect()
    with pytest.raises(AssertionError, match="user A did not get the end of the connection"):
        await one.was_disconnected(0.1)


async def test_the_end_of_the_connection_that_there_is_counts(one: Actor) -> None:
    await one.connect()
    one.inbox.put(Disconnected())
    await one.connect()
    one.inbox.put(Disconnected())
    assert (await one.was_disconnected(0.1)).at >= one.connected_at
