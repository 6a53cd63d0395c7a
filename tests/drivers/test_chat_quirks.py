"""What the deployed chat server does otherwise is coped with, or told as a scenario's failure, and is never a crash.

The numbers are those of contracts/chat.md, section 7.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext

import pytest

from support.core import clock
from support.core.errors import EnvironmentFailure
from support.core.events import BotAnswer, Message, Post, Presence
from support.scenario.needs import Wishes
from support.scenario.tasks.bot_questions import ask_at_once
from support.scenario.tasks.conversations import receives_in_order, send_at_once
from support.scenario.tasks.server_knowledge import end_session
from support.scenario.tasks.signs_of_life import fall_silent, signal_for, was_disconnected_at_limit
from support.scenario.tasks.silence import no_more, told_once
from support.scenario.world import World
from tests.drivers.deployed_chat import JOIN_DELAY, Deployed, DeployedChat, chat_and_world

LIMITS = {"response": 3.0, "delivery": 1.0, "keep_alive": 0.4, "sweep": 0.1}


@pytest.fixture
async def deployed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Deployed]:
    async with chat_and_world(monkeypatch, LIMITS) as both:
        yield both


async def swept_twice(chat: DeployedChat, alive: set[str]) -> None:
    """Let the server look twice for those who give no sign of life, and these give one in between."""
    await chat.sweep()
    assert await clock.until(lambda: alive <= chat.alive, within=1)
    await chat.sweep()


async def test_1_a_sign_out_that_is_never_acknowledged_is_told_as_that(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    chat.asleep = True
    a = await world.actor("user A")
    with pytest.raises(AssertionError, match="user A did not succeed: no answer: client_disconnection"):
        await a.do(a.sign_out())
    await told_once(world, ["user B"], Presence("user A", online=False))


async def test_2_and_18_that_nobody_is_ever_put_offline_is_noticed(deployed: Deployed) -> None:
    _, world = deployed
    await world.all_come_online(["user A", "user B"])
    fall_silent(await world.actor("user A"))
    with pytest.raises(AssertionError, match="user B did not get word that user A is offline"):
        await told_once(world, ["user B"], Presence("user A", online=False))


async def test_4_whoever_comes_back_over_a_stale_session_is_not_put_offline(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A"])
    a = await world.actor("user A")
    await a.go_away()
    await chat.sweep()
    await world.all_come_online(["user A"])
    await chat.sweep()
    await a.do(a.contacts())


@pytest.mark.parametrize("how", ["goes away without a word", "loses the token"])
async def test_5_and_7_messages_that_are_lost_instead_of_cached_are_missed(deployed: Deployed, how: str) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    a, b = await world.actors(["user A", "user B"])
    if how == "loses the token":
        await end_session(world, b)
    await b.go_away()
    await a.do(a.send("Still there?", b))
    await world.all_come_online(["user B"])
    assert chat.cached == {}
    with pytest.raises(AssertionError, match="user B did not get message"):
        await b.receives(Message("user A", "Still there?"))


async def test_6_what_was_cached_arrives_from_every_room(deployed: Deployed) -> None:
    _, world = deployed
    await world.all_come_online(["user A", "user C"])
    a, b, c = await world.actors(["user A", "user B", "user C"])
    await a.do(a.send("from A", b))
    await c.do(c.send("from C", b))
    await world.all_come_online(["user B"])
    await b.receives(Message("user A", "from A"))
    await b.receives(Message("user C", "from C"))
    await no_more(world, ["user B"], Post)


async def test_9_that_anybody_can_keep_somebody_else_alive_is_noticed(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    a, b = await world.actors(["user A", "user B"])
    fall_silent(a)
    signal_for(b, "user A")
    await swept_twice(chat, {"Lisa", "Avi"})
    with pytest.raises(AssertionError, match="user B did not get word that user A is offline"):
        await told_once(world, ["user B"], Presence("user A", online=False))


async def test_9_that_the_silent_stay_connected_is_noticed(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    a = await world.actor("user A")
    fall_silent(a)
    await swept_twice(chat, {"Avi"})
    await told_once(world, ["user B"], Presence("user A", online=False))
    with pytest.raises(AssertionError, match="user A did not get the end of the connection"):
        await was_disconnected_at_limit(a)


async def test_10_that_strangers_may_connect_is_noticed(deployed: Deployed) -> None:
    _, world = deployed
    await world.all_come_online(["user B"])
    a = await world.actor("user A")
    with a.presenting(None):
        await a.attempt(a.connect())
    with pytest.raises(AssertionError, match="user A was to be refused"):
        await a.was_refused()


async def test_11_a_page_that_says_that_the_server_failed_is_no_refusal(deployed: Deployed) -> None:
    chat, world = deployed
    a = await world.actor("user A")
    await a.do(a.sign_in())
    chat.broken = True
    for action in (a.sign_in("not the password"), a.contacts()):
        await a.attempt(action)
        with pytest.raises(AssertionError, match="not refused but turned away: status 500"):
            await a.was_refused()
    assert not await world.system.serves(world.transcript)


async def test_12_messages_that_overtake_each_other_are_noticed(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    a, b = await world.actors(["user A", "user B"])
    chat.hurried = True
    await send_at_once(a, ["one", "two"], b)
    with pytest.raises(AssertionError, match="not in the order sent"):
        await receives_in_order(b, [Message("user A", "one"), Message("user A", "two")])


async def test_13_a_join_may_take_longer_than_an_answer(deployed: Deployed) -> None:
    chat, world = deployed
    chat.join_delay = LIMITS["response"] + 0.3
    began = clock.now()
    await world.all_come_online(["user A", "user B", "user C"])
    assert clock.now() - began < 2 * chat.join_delay, "they came online one after the other"


async def test_17_passwords_in_the_servers_log_are_masked(deployed: Deployed) -> None:
    _, world = deployed
    a = await world.actor("user A")
    await a.do(a.sign_in())
    logged = f"login attempt of Lisa with lisa-pass, token {a.token}"
    assert world.transcript.redactor.text(logged) == "login attempt of Lisa with ***, token ***"


async def test_an_event_that_carries_more_than_it_should_is_heard_all_the_same(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A"])
    await chat.sockets.emit("received_message", ({"sender": "Avi", "content": "psst"}, "and more"))
    await (await world.actor("user A")).inbox.expect(Post, within=1, called="what was not meant for user A")


async def test_questions_that_are_taken_only_with_their_answers_are_asked_at_once(deployed: Deployed) -> None:
    chat, world = deployed
    people = ["user A", "user B", "user C"]
    await world.all_come_online(people)
    chat.questions = asyncio.Barrier(3)
    await ask_at_once(world, {role: f"What does {role} want?" for role in people}, "ChatGPT")
    for actor in await world.actors(people):
        await actor.receives(BotAnswer("ChatGPT", f"You said: What does {actor.role} want?"))


async def test_a_question_that_is_never_taken_is_told_as_that(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A"])
    chat.questions = asyncio.Barrier(2)
    with pytest.raises(AssertionError, match="user A did not succeed: no answer: client_sends_message was not ack"):
        await ask_at_once(world, {"user A": "Anybody?"}, "ChatGPT")


async def test_3_a_second_word_that_comes_with_the_sweep_is_waited_for(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    a = await world.actor("user A")
    await a.do(a.sign_out())
    later = asyncio.get_running_loop().call_later(
        LIMITS["keep_alive"] + LIMITS["sweep"], lambda: asyncio.ensure_future(chat.notices_again("Lisa"))
    )
    with pytest.raises(AssertionError, match=r"user B should have received nothing else, but .*user A is offline"):
        await told_once(world, ["user B"], Presence("user A", online=False))
    later.cancel()


async def test_3_who_is_back_is_not_waited_for(deployed: Deployed) -> None:
    _, world = deployed
    await world.all_come_online(["user A", "user B"])
    a = await world.actor("user A")
    await a.do(a.sign_out())
    await world.come_online(["user A"])
    began = clock.now()
    await told_once(world, ["user B"], Presence("user A", online=False))
    assert clock.now() - began < JOIN_DELAY + LIMITS["delivery"] / 2


async def test_14_what_was_cached_is_not_left_to_the_next_who_has_the_account(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A"])
    a, b = await world.actors(["user A", "user B"])
    await a.do(a.send("See you tomorrow", b))
    assert list(chat.cached) == ["Avi"]
    await world.leave()
    assert (chat.cached, chat.online) == ({}, set())


async def test_13_who_sends_the_marker_comes_online_with_the_others(deployed: Deployed) -> None:
    chat, world = deployed
    marked = World("another scenario", world.sut, Wishes(silence=True))
    await marked.all_come_online(["user A", "user B"])
    assert len(chat.online) == 3
    began = clock.now()
    await no_more(marked, ["user B"], Post)
    assert clock.now() - began < JOIN_DELAY
    await marked.leave()


async def test_a_silence_that_was_broken_is_told_once(deployed: Deployed) -> None:
    _, world = deployed
    await world.all_come_online(["user A", "user B"])
    await (await world.actor("user A")).do((await world.actor("user A")).send("Psst", to="user B"))
    with pytest.raises(AssertionError, match="user B should have received nothing else"):
        await no_more(world, ["user B"], Post)
    assert not world.audit()


async def test_5_that_redis_is_lost_is_seen_though_a_log_in_does_not_need_it(deployed: Deployed) -> None:
    chat, world = deployed
    await world.sut.serves(within=1)
    chat.without_redis = True
    with pytest.raises(
        EnvironmentFailure, match=r"does not serve within 0\.2 s .*ended the connection without an answer"
    ):
        await world.sut.serves(within=0.2)


@pytest.mark.parametrize(
    ("why", "serves"), [("Redis is unavailable, try later", False), ("Invalid JWT", True), ("", True)]
)
async def test_a_connection_is_part_of_serving_be_it_refused_for_its_token(
    deployed: Deployed, why: str, serves: bool
) -> None:
    chat, world = deployed
    chat.refuses = why
    with nullcontext() if serves else pytest.raises(EnvironmentFailure, match="no user gets a live connection"):
        await world.sut.serves(within=0.2)
    assert not chat.online


async def test_an_address_that_has_answered_is_not_asked_for_https(deployed: Deployed) -> None:
    chat, world = deployed
    a = await world.actor("user A")
    await a.do(a.sign_in())
    chat.without_redis = True
    outcome = await a.attempt(a.contacts())
    assert str(outcome.refusal).endswith("cannot be reached: it ended the connection without an answer")


async def test_3_a_second_word_that_has_come_ends_the_wait_for_it(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    a, b = await world.actors(["user A", "user B"])
    world.limits.keep_alive, began = 30.0, clock.now()
    await a.do(a.sign_out())
    await b.inbox.expect(Presence("user A", online=False), within=1)
    await chat.notices_again("Lisa")
    await chat.notices_again("Lisa")
    with pytest.raises(AssertionError, match=r"user B should have received nothing else, but .*user A is offline"):
        await told_once(world, ["user B"], Presence("user A", online=False))
    assert clock.now() - began < 10


async def test_3_whose_clock_has_run_out_is_not_waited_for(deployed: Deployed) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    fall_silent(await world.actor("user A"))
    await clock.pause(LIMITS["keep_alive"])
    world.limits.sweep, began = 30.0, clock.now()
    await swept_twice(chat, {"Avi"})
    await told_once(world, ["user B"], Presence("user A", online=False))
    assert clock.now() - began < 10
