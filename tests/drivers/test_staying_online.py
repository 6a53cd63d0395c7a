"""People whose accounts were there before stay online between scenarios, and no verdict is another for it."""

from collections.abc import AsyncIterator
from typing import cast

import pytest

from support.core import clock
from support.core.event_loop import Background
from support.core.events import Arrival, Message, Post, Presence
from support.drivers.capabilities.connections import ConnectsOften
from support.reporting.results import Results
from support.scenario.tasks.silence import no_more, told_once
from support.scenario.trailing_audit import TrailingAudit
from support.scenario.world import World
from tests.drivers.staying_online import SLOW, Deployed, play, signs_out, staying_online, two_are_online


@pytest.fixture
async def deployed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Deployed]:
    async with staying_online(monkeypatch) as deployed:
        yield deployed


async def three_people_are_online(world: World) -> None:
    await world.all_come_online(["user A", "user B", "user C"])


async def a_message_arrives(world: World) -> None:
    a, b = await world.actors(["user A", "user B"])
    await a.do(a.send("Lunch at noon?", b))
    await b.receives(Message("user A", "Lunch at noon?"))
    await no_more(world, ["user A", "user B"], Post)


async def test_who_is_online_stays_so_and_the_next_scenario_waits_for_no_join(deployed: Deployed) -> None:
    chat, _, lobby = deployed
    first = await play(deployed.scenario("3.1", marked=True), two_are_online, a_message_arrives)
    joined, began = len(chat.joins), clock.now()
    second = await play(deployed.scenario("3.2", marked=True), two_are_online, a_message_arrives)
    assert (len(chat.joins), chat.signed_out) == (joined, [])
    assert clock.now() - began < SLOW
    assert {actor.account.login for actor in first.cast.values()} == {
        actor.account.login for actor in second.cast.values()
    }
    assert "user A is still connected, from an earlier scenario" in str(second.transcript)
    await lobby.close()
    assert (sorted(chat.signed_out), chat.online) == (["Avi", "Era", "Lisa", "Tsahi"], set())


async def test_who_is_told_of_somebodys_coming_sees_somebody_come(deployed: Deployed) -> None:
    async def three_are_online(world: World) -> None:
        await world.all_come_online(["user A", "user B", "user C"])

    async def one_comes(world: World) -> None:
        await world.come_online(["user C"])
        await told_once(world, ["user A", "user B"], Presence("user C", online=True))

    await play(deployed.scenario("2.3", marked=True), three_are_online)
    assert len(deployed.chat.online) == 4
    await play(deployed.scenario("4.1", marked=True), two_are_online, one_comes)
    assert len(deployed.chat.signed_out) == 1


@pytest.mark.parametrize("afresh", [False, True])
async def test_who_is_to_be_offline_is_and_nobody_is_told_of_it(afresh: bool, deployed: Deployed) -> None:
    async def four_are_online(world: World) -> None:
        await world.all_come_online(["user A", "user B", "user C", "user D"])

    async def one_is_offline(world: World) -> None:
        a, c = await world.actors(["user A", "user C"])
        assert c.account.login not in deployed.chat.online
        assert a.inbox.unexpected(Arrival) == []
        await a.do(a.send("See you tomorrow", c))
        assert await clock.until(lambda: c.account.login in deployed.chat.cached, within=1)

    await play(deployed.scenario("2.3"), four_are_online)
    await play(deployed.scenario("3.5", afresh=afresh), two_are_online, one_is_offline)
    assert deployed.chat.cached == {}


async def test_who_has_connected_once_more_stays_with_one_connection(deployed: Deployed) -> None:
    async def one_connects_again(world: World) -> None:
        await (await world.actor("user A")).ability(ConnectsOften).connect_once_more()

    await play(deployed.scenario("X7", marked=True), two_are_online, one_connects_again)
    began = clock.now()
    world = await play(deployed.scenario("3.1", marked=True), two_are_online, a_message_arrives)
    assert clock.now() - began < SLOW
    assert all(len(actor.inboxes) == 1 for actor in world.cast.values())


async def test_nobody_stays_of_a_scenario_that_wants_people_of_its_own(deployed: Deployed) -> None:
    world = await play(deployed.scenario("6.1", afresh=True), two_are_online)
    assert not any(deployed.lobby.has(actor.account) for actor in world.cast.values())
    assert deployed.chat.online == set()


@pytest.mark.parametrize("forgetful", [False, True])
@pytest.mark.parametrize("how", ["failed", "disturbed"])
async def test_of_a_scenario_that_failed_or_broke_something_they_stay_whom_a_message_still_reaches(
    how: str, forgetful: bool, deployed: Deployed
) -> None:
    async def ends(world: World) -> None:
        world.failed, world.disturbed = how == "failed", how == "disturbed"
        deployed.chat.forgetful = forgetful

    world = await play(deployed.scenario("6.1"), two_are_online, ends)
    stay = {deployed.lobby.has(actor.account) for actor in world.cast.values()}
    assert stay == {not forgetful}
    deployed.chat.forgetful = False


async def test_who_had_to_go_comes_back_with_others_in_the_time_that_they_take(deployed: Deployed) -> None:
    async def one_signs_out(world: World) -> None:
        await signs_out(world)

    async def another_comes(world: World) -> None:
        await world.come_online(["user C"])

    await play(deployed.scenario("1.1"), two_are_online)
    second = await play(deployed.scenario("1.2"), two_are_online, one_signs_out)
    gone = second.cast["user A"].account
    began = clock.now()
    await play(deployed.scenario("4.1"), two_are_online, another_comes)
    assert deployed.lobby.has(gone)
    assert clock.now() - began < 2 * SLOW


async def test_while_some_come_online_whoever_is_in_no_scenario_comes_too(deployed: Deployed) -> None:
    await play(deployed.scenario("3.1"), two_are_online)
    began = clock.now()
    await play(deployed.scenario("3.3", marked=True), three_people_are_online, a_message_arrives)
    assert clock.now() - began < SLOW


async def test_who_was_in_the_scenario_before_is_in_the_next_in_the_same_part(deployed: Deployed) -> None:
    first = await play(deployed.scenario("3.3"), three_people_are_online)
    second = await play(deployed.scenario("3.1"), two_are_online)
    assert all(actor.account == first.cast[role].account for role, actor in second.cast.items())


async def test_whose_connection_is_lost_meanwhile_comes_online_anew(deployed: Deployed) -> None:
    first = await play(deployed.scenario("3.1"), two_are_online)
    await first.cast["user A"].client._socket._client.eio.ws.close()  # type: ignore[attr-defined]
    assert await clock.until(lambda: not first.cast["user A"].is_connected, within=1)
    joined = len(deployed.chat.joins)
    await play(deployed.scenario("3.2", marked=True), two_are_online, a_message_arrives)
    assert len(deployed.chat.joins) > joined


@pytest.mark.parametrize("leak", [False, True])
async def test_what_comes_late_is_held_against_the_scenario_that_has_caused_it(leak: bool, deployed: Deployed) -> None:
    amended: list[str] = []
    results = Results()
    audit = TrailingAudit(cast(Background, None), results)
    results.amend = lambda place, *_: amended.append(place)  # type: ignore[method-assign]

    async def the_message_of_3_3_comes_to_all(_: World) -> None:
        if leak:
            await deployed.chat.sockets.emit("received_message", {"sender": "Lisa", "content": "Lunch at noon?"})

    async def nothing_more_comes(world: World) -> None:
        await world.all_come_online(["user A", "user B"])
        await no_more(world, ["user A", "user B"], Post)

    first = await play(deployed.scenario("3.3", marked=True), two_are_online, a_message_arrives)
    second = await play(
        deployed.scenario("3.4", marked=True), two_are_online, the_message_of_3_3_comes_to_all, nothing_more_comes
    )
    for world in (first, second):
        audit._judge(world)
    assert amended == (["3.3"] if leak else [])


async def test_how_long_they_were_listened_to(deployed: Deployed) -> None:
    first = await play(deployed.scenario("3.3", marked=True), two_are_online, a_message_arrives)
    assert first.was_heard(60.0), "they are still listened to"

    async def all_sign_out(world: World) -> None:
        for actor in world.cast.values():
            await actor.do(actor.sign_out())

    second = await play(deployed.scenario("3.4", marked=True), two_are_online, all_sign_out)
    assert second.was_heard(60.0), "it has claimed nothing"
    assert not first.was_heard(60.0)
    assert first.was_heard(0.0)


async def test_before_a_fault_whoever_waits_goes_home(deployed: Deployed) -> None:
    audit = TrailingAudit(cast(Background, None), Results())
    audit.lobbies["chat"] = deployed.lobby
    await play(deployed.scenario("3.1"), two_are_online)
    await audit.settle(deployed.sut)
    assert deployed.chat.online == set()


async def _all_but_one_are_online(world: World) -> None:
    await world.all_come_online(["user A", "user B", "user C", "user D"])
    await signs_out(world, "user D")


async def test_who_sends_the_marker_comes_while_others_go_on(deployed: Deployed) -> None:
    async def three_are_online(world: World) -> None:
        began = clock.now()
        await world.all_come_online(["user A", "user B", "user C"])
        assert clock.now() - began < SLOW / 2, "nobody is waited for yet"

    async def nothing_comes(world: World) -> None:
        await no_more(world, ["user A", "user B", "user C"], Post)

    await play(deployed.scenario("2.3"), _all_but_one_are_online)
    world = await play(deployed.scenario("4.2", marked=True), three_are_online, nothing_comes)
    assert all(deployed.lobby.has(actor.account) for actor in world.cast.values())


async def test_who_cannot_come_unwaited_for_comes_when_the_marker_is_to_be_sent(deployed: Deployed) -> None:
    async def three_are_online(world: World) -> None:
        deployed.chat.refuses = "not now"
        await world.all_come_online(["user A", "user B", "user C"])

    async def nothing_comes(world: World) -> None:
        assert await clock.until(lambda: world.coming is not None and world.coming.done(), within=1)
        deployed.chat.refuses = ""
        await no_more(world, ["user A", "user B", "user C"], Post)

    await play(deployed.scenario("2.3"), _all_but_one_are_online)
    await play(deployed.scenario("4.2", marked=True), three_are_online, nothing_comes)
