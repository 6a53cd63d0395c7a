"""What the deployed ThreadFileSharing does otherwise is coped with, or told as a scenario's failure, and never a crash.

The numbers are those of contracts/threads.md, section 8.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import nullcontext
from typing import Any, NamedTuple

import pytest
from aiohttp import web

from support.core import clock
from support.core.errors import NotSupported, Untried
from support.core.events import Message
from support.drivers.capabilities.collaboration import (
    ChangesBothWays,
    DatesThreads,
    HasPlaces,
    KeepsFiles,
    LimitsFiles,
    LinksFiles,
    ReadsByPages,
)
from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.probing import TakesRequests
from support.drivers.capabilities.school import TurnsIntrudersAway
from support.environments.systems.threads import ThreadsSystem
from support.scenario.tasks import workspace
from support.scenario.tasks.conversations import receives_in_order, send_at_once
from support.scenario.world import World
from tests.drivers import deployed as profiles
from tests.drivers.deployed_threads import LONGEST, DeployedThreads, deployed_threads

ROOM, OWNER, OUTSIDER = 'the room "Launch"', "the company owner", "the owner of another company"
LIMITS = {"response": 3.0, "delivery": 0.5}


class Deployed(NamedTuple):
    threads: DeployedThreads
    world: World


@pytest.fixture
async def deployed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Deployed]:
    async with deployed_threads() as (threads, address):
        monkeypatch.setenv("THREADS_ADDRESS", address)
        sut = ThreadsSystem(profiles.deployed("threads", limits=LIMITS, patience_with_limits=0.2), {})
        async with profiles.world_on(sut) as world:
            yield Deployed(threads, world)


async def opened(world: World) -> None:
    """Two people online in a room."""
    await world.all_come_online(["user A", "user B"])
    one = world.cast["user A"]
    await one.do(one.ability(HasPlaces).open_place(ROOM, ["user B"]))
    await workspace.drain(world)


async def test_2_an_answer_without_a_body_is_an_answer(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    one, other = world.cast["user A"], world.cast["user B"]
    await one.do(one.send("Never mind", ROOM))
    await one.do(one.ability(ChangesBothWays).change("deletes a message", "by request"))
    assert await other.ability(ChangesBothWays).look(workspace.change_by(one)) == "user A: [Message deleted]"


async def test_2_the_last_message_of_the_place_is_changed_whatever_was_said_elsewhere(
    deployed: Deployed,
) -> None:
    _, world = deployed
    await opened(world)
    one, other = world.cast["user A"], world.cast["user B"]
    await one.do(one.send("Never mind", ROOM))
    await one.do(one.send("Between us", "user B"))
    await one.do(one.ability(ChangesBothWays).change("deletes a message", "by request"))
    assert await other.ability(HasPlaces).history(ROOM) == [("user A", "[Message deleted]")]


async def test_5_messages_that_overtake_each_other_are_noticed(deployed: Deployed) -> None:
    threads, world = deployed
    await opened(world)
    one, other = world.cast["user A"], world.cast["user B"]
    threads.hurried = True
    await send_at_once(one, ["one", "two"], other)
    with pytest.raises(AssertionError, match="not in the order sent"):
        await receives_in_order(other, [Message("user A", "one"), Message("user A", "two")])


async def test_7_that_somebody_else_has_entered_a_room_is_not_taken_for_ones_own_entering(deployed: Deployed) -> None:
    threads, world = deployed
    await opened(world)
    one, other = world.cast["user A"], world.cast["user B"]
    threads.unheard = {user["id"] for user in threads.users.values() if user["email"] == one.account.login}
    entering = asyncio.create_task(one.ability(Connects).come_online())
    await other.ability(Connects).come_online()
    await clock.pause(0.1)
    assert not entering.done()
    await entering


async def test_10_a_failure_where_a_refusal_was_due_is_noticed(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.attempt(one.ability(TakesRequests).request_wrongly("a message in a room that does not exist"))
    with pytest.raises(AssertionError, match=r"user A was not refused but turned away: .* foreign key"):
        await one.was_refused()


async def test_a_room_that_is_busy_is_no_room_that_is_closed(deployed: Deployed) -> None:
    server, world = deployed
    await opened(world)
    server.busy = True
    one = world.cast["user A"]
    await one.attempt(one.ability(HasPlaces).history(ROOM))
    with pytest.raises(AssertionError, match=r"refused, but for another reason: 409 .*Chatroom is being archived"):
        await one.was_refused(access=True)


@pytest.mark.parametrize(
    ("what", "ground"),
    [
        ("more than can be taken", "that is too large"),
        ("a company with a name that is taken", "that is taken already"),
    ],
)
async def test_12_and_15_what_is_too_long_or_taken_is_refused(deployed: Deployed, what: str, ground: str) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.attempt(one.ability(TakesRequests).request_wrongly(what))
    assert (await one.was_refused()).startswith(ground)


async def test_12_a_piece_is_as_long_as_the_profile_says_and_no_longer_than_can_be_taken(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    files, options = one.ability(KeepsFiles), world.system.backend.options  # type: ignore[attr-defined]
    assert 2 * options.piece < LONGEST
    await one.do(files.begin_upload("plan.pdf", ROOM, 2))
    await one.attempt(files.send_piece("plan.pdf", "is damaged"))
    assert "checksum" in await one.was_refused()
    await one.do(files.send_pieces("plan.pdf"))
    options.piece = LONGEST
    await one.do(files.begin_upload("film.mp4", ROOM, 2))
    await one.attempt(files.send_pieces("film.mp4"))
    assert (await one.was_refused()).startswith("that is too large")


async def test_14_what_is_not_looked_at_across_companies_is_noticed(deployed: Deployed) -> None:
    _, world = deployed
    await world.all_come_online([OWNER, OUTSIDER])
    outsider = world.cast[OUTSIDER]
    await outsider.attempt(outsider.ability(TurnsIntrudersAway).intrude("upload a file", OWNER))
    with pytest.raises(AssertionError, match=f"{OUTSIDER} was to be refused"):
        await outsider.was_refused()


async def test_a_file_of_which_no_user_was_told_cannot_be_tried(deployed: Deployed) -> None:
    """It is no refusal: a scenario that claims one must not be content with it."""
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.do(one.ability(KeepsFiles).begin_upload("plan.pdf", ROOM, 1))
    with pytest.raises(Untried, match=r"no user was told that plan\.pdf is there"):
        await one.attempt(one.ability(KeepsFiles).delete_file("plan.pdf"))
    with pytest.raises(Untried, match=r"there is no link to plan\.pdf"):
        await one.attempt(one.ability(LinksFiles).open_link("plan.pdf"))


async def test_pages_whose_last_is_the_first_of_the_next_are_shown_as_they_are(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    await world.all_come_online(["user C"])
    pages = world.cast["user A"].ability(ReadsByPages).members_by_pages
    first, *rest, last = await pages(2)
    assert [first[-1], *(page[-1] for page in rest)] == [*(page[0] for page in rest), last[0]]
    assert len(await pages(1)) == 2


async def test_a_mistake_with_members_is_made_with_invitations_where_they_come_by_these(deployed: Deployed) -> None:
    threads, world = deployed
    await opened(world)
    one = world.cast["user A"]
    asks = one.ability(TakesRequests)
    asks.must_know("a member with an address that is taken")
    await one.attempt(asks.request_wrongly("a member with an address that is taken"))
    assert "POST /invitations" in threads.asked[-1]


async def test_a_company_has_room_for_as_much_as_its_profile_says(deployed: Deployed) -> None:
    threads, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.attempt(one.ability(TakesRequests).request_wrongly("an upload for which the company has no room"))
    assert [upload["totalBytes"] for upload in threads.uploads.values()] == [str(5 * 2**30 + 1)]


async def test_sizes_of_files_are_not_judged_where_the_largest_one_is_not_known(deployed: Deployed) -> None:
    _, world = deployed
    await opened(world)
    with pytest.raises(NotSupported, match="largest_file"):
        await world.cast["user A"].ability(LimitsFiles).announce_file("the largest one", 0)


async def test_people_of_a_crowd_get_their_accounts_a_few_at_a_time(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each costs the server a hash of a password: all at once would wait for each other, longer than an answer may."""
    threads, world = deployed
    accept, there, most = DeployedThreads.accept, 0, 0

    async def slowly(request: web.Request) -> web.Response:
        nonlocal there, most
        there += 1
        most = max(most, there)
        await clock.pause(0.05)
        there -= 1
        return await accept(threads, request)

    for route in threads.app.router.routes():
        if route.method == "POST" and str(route.resource and route.resource.canonical).endswith("/invitations/accept"):
            monkeypatch.setattr(route, "_handler", slowly)
    await world.actors([f"member {number}" for number in range(12)])
    assert 1 < most <= 4


TOLD_AT = "2026-11-30T22:04:36.013Z"


@pytest.mark.parametrize(
    ("shown", "said", "failure"),
    [
        (None, [], "user A is shown no time at which something was said in the room"),
        (None, [TOLD_AT], "user A is shown no time at which something was said in the room"),
        (TOLD_AT, [], "at 2026-11-30 22:04:36.013000.00:00, and finds nothing that was said there"),
        (TOLD_AT, ["2026-11-30T22:04:38Z"], "and the last words there are of 2026-11-30 22:04:38"),
        (TOLD_AT, ["2026-11-30T22:04:36.9Z"], ""),
    ],
)
async def test_when_something_was_last_said_is_judged_by_what_is_shown_and_what_is_there(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch, shown: str | None, said: list[str], failure: str
) -> None:
    _, world = deployed
    await opened(world)
    actor = world.cast["user A"]
    places: Any = actor.ability(DatesThreads).last_said_in.__self__  # type: ignore[attr-defined]

    async def look(what: str, **_: object) -> dict[str, object]:
        return {"lastMessageAt": shown, "messages": [{"createdAt": at} for at in said]}

    monkeypatch.setattr(places, "_request", look)
    with pytest.raises(AssertionError, match=failure) if failure else nullcontext():
        await workspace.shows_when_last_said(actor, ROOM)
