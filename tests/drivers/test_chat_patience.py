"""What the deployed chat server never answers is waited for once, and what it has answered is not waited for."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from support.core import clock
from support.core.events import Presence
from support.drivers.capabilities.connections import Connects
from support.scenario.tasks.repeated_requests import err_in_form
from support.scenario.tasks.server_knowledge import try_to_end_session
from support.scenario.tasks.several_connections import connect_further
from support.scenario.tasks.silence import told_once
from tests.drivers.deployed_chat import Deployed, chat_and_world

LIMITS = {"response": 3.0, "delivery": 1.0, "keep_alive": 0.4, "sweep": 0.1}


@pytest.fixture
async def deployed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Deployed]:
    async with chat_and_world(monkeypatch, LIMITS) as both:
        yield both


async def test_what_is_never_answered_of_many_mistakes_is_waited_for_once(deployed: Deployed) -> None:
    _, world = deployed
    await world.all_come_online(["user A"])
    began = clock.now()
    record = await err_in_form(await world.actor("user A"))
    assert clock.now() - began < 1.5 * LIMITS["response"]
    assert sum(one.silent for one in record.tried) > 10


async def test_of_many_mistakes_at_once_each_message_that_is_refused_by_word_is_told_apart(deployed: Deployed) -> None:
    _, world = deployed
    await world.all_come_online(["user A"])
    record = await err_in_form(await world.actor("user A"))
    ended = {one.what.partition(": ")[2]: one for one in record.tried}
    assert ended["client_sends_message with a number for jwt"].refused
    assert ended["client_sends_message with a number for sender"].trouble is None
    assert ended["client_sends_message without sender"].silent


async def test_a_session_that_anybody_may_end_is_noticed_at_once(deployed: Deployed) -> None:
    _, world = deployed
    a, b = await world.actors(["user A", "user B"])
    began = clock.now()
    await try_to_end_session(world, b, a)
    with pytest.raises(AssertionError, match="user B was to be refused, but was given: the end of the session of user"):
        await b.was_refused()
    assert clock.now() - began < LIMITS["delivery"]


async def test_two_who_connect_again_wait_for_their_joins_at_the_same_time(deployed: Deployed) -> None:
    chat, world = deployed
    chat.join_delay, began = 1.0, clock.now()
    await world.all_come_online(["user A", "user B"])
    await connect_further(await world.actors(["user A", "user B"]), 1)
    assert clock.now() - began < 3 * chat.join_delay, "the first connections, and all others together"


async def test_a_user_who_leaves_while_they_come_online_is_not_online_afterwards(deployed: Deployed) -> None:
    chat, world = deployed
    chat.join_delay = 0.5
    a = await world.actor("user A")
    coming = asyncio.create_task(a.come_online())
    assert await clock.until(lambda: bool(chat.joins), within=2.0)
    coming.cancel()
    await a.leave(sign_out=True)
    assert chat.signed_out
    assert not await clock.until(lambda: bool(chat.online), within=2 * chat.join_delay)


async def test_what_the_next_scenario_does_with_an_account_is_not_held_against_the_one_before(
    deployed: Deployed,
) -> None:
    chat, world = deployed
    await world.all_come_online(["user A"])
    a, b = await world.actors(["user A", "user B"])
    await b.do(b.come_online())
    await told_once(world, ["user A"], Presence("user B", online=True))
    await chat.sockets.emit("new_user_online", {"username": b.account.login})
    await a.ability(Connects).settle()
    assert world.audit() == []
