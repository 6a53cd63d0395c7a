"""The chat driver copes with the deployed server by options of the profile alone."""

from collections.abc import AsyncIterator

import pytest

from support.core.errors import NotSupported
from support.core.events import Message, Post, Presence
from support.drivers.capabilities import Rejected
from support.drivers.chat.client import ChatClient
from support.environments.systems.chat import ChatSystem
from support.scenario.tasks import named_accounts
from support.scenario.tasks.server_knowledge import cached_for, end_session
from support.scenario.tasks.silence import no_more, told_once
from support.scenario.world import World
from tests.drivers.deployed import deployed as deployed_profile
from tests.drivers.deployed import every_arrow_says_what_is_wanted
from tests.drivers.deployed_chat import DeployedChat, deployed_chat

#: What is waited for before a second word on a sign-out can no longer come, in seconds.
_SHORT = {"keep_alive": 0.6, "sweep": 0.4}


@pytest.fixture(params=["websocket", "polling", "upgrade"])
async def deployed(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[DeployedChat, World]]:
    for login in ("Lisa", "Avi", "Era", "Tsahi"):
        monkeypatch.setenv(f"{login.upper()}_PASSWORD", f"{login.lower()}-pass")
    async with deployed_chat() as (chat, address):
        monkeypatch.setenv("CHAT_ADDRESS", address)
        sut = ChatSystem(deployed_profile("chat", limits=_SHORT, transport=request.param), {})
        await sut.open()
        world = World("a scenario", sut)
        yield chat, world
        await world.leave()
        await sut.close()
    every_arrow_says_what_is_wanted(world.transcript)


async def test_people_get_the_accounts_that_exist_and_come_online_by_joining_every_room(
    deployed: tuple[DeployedChat, World],
) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    assert chat.online == {"Lisa", "Avi"}
    assert len(chat.joins) == 8
    assert chat.signals.index("Lisa") >= 0


async def test_a_message_arrives_and_silence_is_shown(deployed: tuple[DeployedChat, World]) -> None:
    _, world = deployed
    await world.all_come_online(["user A", "user B", "user C"])
    a, b = await world.actors(["user A", "user B"])
    await a.do(a.send("hello", b))
    await b.receives(Message("user A", "hello"))
    await no_more(world, ["user B", "user C"], Post)


async def test_a_refusal_comes_by_way_of_the_admin_room(deployed: tuple[DeployedChat, World]) -> None:
    _, world = deployed
    await world.all_come_online(["user A", "user B"])
    a, b = await world.actors(["user A", "user B"])
    with a.presenting("meaningless"):
        await a.attempt(a.send("hello", b))
    await a.was_refused()


async def test_what_is_handed_over_and_refused_in_the_admin_room_is_not_taken(
    deployed: tuple[DeployedChat, World],
) -> None:
    _, world = deployed
    await world.all_come_online(["user A", "user B"])
    a, b = await world.actors(["user A", "user B"])
    assert isinstance(a.client, ChatClient)
    await a.client.hand_over("hello", "user B")
    await b.receives(Message("user A", "hello"))
    with a.presenting("meaningless"), pytest.raises(Rejected, match="must disconnect"):
        await a.client.hand_over("hello again", "user B")


async def test_errors_with_status_200_are_refusals(deployed: tuple[DeployedChat, World]) -> None:
    _, world = deployed
    a = await world.actor("user A")
    await a.attempt(a.sign_in("not the password"))
    await a.was_refused()
    await a.attempt(a.contacts())
    await a.was_refused()


async def test_signing_out_waits_to_be_heard_before_the_connection_closes(
    deployed: tuple[DeployedChat, World],
) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    a = await world.actor("user A")
    chat.signed_out.clear()  # of the look that a run has at its accounts before it begins
    await a.do(a.sign_out())
    await a.go_away()
    assert chat.signed_out == ["Lisa"]
    await told_once(world, ["user B"], Presence("user A", online=False))


async def test_what_a_scenario_leaves_is_signed_out_and_its_accounts_are_free_again(
    deployed: tuple[DeployedChat, World],
) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    await world.leave()
    assert chat.online == set()
    again = World("another scenario", world.sut)
    assert {actor.account.login for actor in await again.actors(list("ABCD"))} == {"Lisa", "Avi", "Era", "Tsahi"}
    await again.leave()


async def test_what_this_deployment_cannot_do_is_not_run(deployed: tuple[DeployedChat, World]) -> None:
    _, world = deployed
    with pytest.raises(NotSupported, match="no access to this system's Redis"):
        await cached_for(world, "user A")
    with pytest.raises(NotSupported, match="no control over Postgres"):
        await world.outages.inject_fault("Postgres", "is killed")
    with pytest.raises(NotSupported, match="no administrator"):
        await end_session(world, await world.actor("user A"))
    with pytest.raises(NotSupported, match="freshly registered"):
        await world.actor("user B", lifetime=2)
    with pytest.raises(NotSupported, match="names cannot be chosen"):
        await named_accounts.name(world, "user C", "with a blank in it")


async def test_a_second_word_on_the_same_sign_out_is_noticed(deployed: tuple[DeployedChat, World]) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    a = await world.actor("user A")
    await a.do(a.sign_out())
    await told_once(world, ["user B"], Presence("user A", online=False))
    await chat.notices_again("Lisa")
    with pytest.raises(AssertionError, match="user A is offline"):
        await no_more(world, ["user B"], Presence("user A", online=False))


async def test_everybody_signals_before_they_join(deployed: tuple[DeployedChat, World]) -> None:
    chat, world = deployed
    await world.all_come_online(["user A"])
    assert chat.signalled_before_joining == {"Lisa"}


async def test_what_was_cached_for_a_user_who_signed_out_and_is_connected_still_is_fetched(
    deployed: tuple[DeployedChat, World],
) -> None:
    chat, world = deployed
    await world.all_come_online(["user A", "user B"])
    a, b = await world.actors(["user A", "user B"])
    await a.sign_out()
    assert a.is_connected
    await b.do(b.send("Can you still hear me?", a))
    assert chat.cached
    await world.leave()
    assert (chat.cached, chat.online) == ({}, set())
