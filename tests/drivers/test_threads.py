"""The threads driver copes with the deployed server by options of the profile alone."""

from collections.abc import AsyncIterator

import pytest

from support.core.errors import NotSupported
from support.core.events import Aside, Post, Posted
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.collaboration import Change, ChangesBothWays, HasPlaces, KeepsFiles
from support.drivers.capabilities.connections import Recovers
from support.drivers.capabilities.probing import TakesRequests
from support.environments.systems.threads import ThreadsSystem
from support.scenario.tasks import file_upload, workspace
from support.scenario.tasks.contact_lists import look_who_is_online
from support.scenario.tasks.dashboard_checks import told_once
from support.scenario.tasks.silence import no_more
from support.scenario.world import World
from support.vocabulary.terms.events import happening
from tests.drivers.deployed import deployed as deployed_profile
from tests.drivers.deployed import every_arrow_says_what_is_wanted
from tests.drivers.deployed_threads import DeployedThreads, deployed_threads

ROOM = 'the room "Launch"'


@pytest.fixture(params=["header", "query"])
async def deployed(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[DeployedThreads, World]]:
    async with deployed_threads() as (threads, address):
        monkeypatch.setenv("THREADS_ADDRESS", address)
        dialect = {"token_in": request.param, "patience_with_limits": 0.2}
        sut = ThreadsSystem(deployed_profile("threads", limits={"response": 3.0, "delivery": 0.5}, **dialect), {})
        await sut.open()
        world = World("a scenario", sut)
        yield threads, world
        await world.leave()
        await sut.close()
    every_arrow_says_what_is_wanted(world.transcript)


async def opened(world: World) -> None:
    """Two people online in a room."""
    await world.all_come_online(["user A", "user B"])
    one = world.cast["user A"]
    await one.do(one.ability(HasPlaces).open_place(ROOM, ["user B"]))
    await workspace.drain(world)


async def test_a_message_reaches_the_other_and_its_copy_is_an_aside(deployed: tuple[DeployedThreads, World]) -> None:
    _, world = deployed
    await opened(world)
    one, other = world.cast["user A"], world.cast["user B"]
    await one.do(one.send("Shall we begin?", ROOM))
    await other.receives(Posted("user A", "Shall we begin?", ROOM))
    await one.receives(Aside('"Shall we begin?" has been sent'))
    await no_more(world, ["user A", "user B"], Post)
    assert [str(said) for said in await workspace.said_in(other, ROOM)] == ['message "Shall we begin?" from user A']


async def test_silence_is_shown_to_somebody_of_another_company(deployed: tuple[DeployedThreads, World]) -> None:
    _, world = deployed
    await world.all_come_online(["user A", "the owner of another company"])
    await no_more(world, ["the owner of another company"], Post)


@pytest.mark.parametrize("token", ["", "let me in", None])
async def test_a_bad_token_is_refused_though_it_connects(
    deployed: tuple[DeployedThreads, World], token: str | None
) -> None:
    _, world = deployed
    one = await world.actor("user A")
    await one.sign_in()
    with one.presenting(token):
        await one.attempt(one.connect())
    await one.was_refused()
    assert not one.is_connected
    await one.do(one.connect())


async def test_an_error_without_a_code_refuses_what_was_sent_last(deployed: tuple[DeployedThreads, World]) -> None:
    _, world = deployed
    await opened(world)
    await world.all_come_online(["user C"])
    stranger = world.cast["user C"]
    await stranger.attempt(stranger.send("Let me in", ROOM))
    assert "Access denied" in await stranger.was_refused()


async def test_what_is_requested_is_seen_to_be_told_to_nobody(deployed: tuple[DeployedThreads, World]) -> None:
    _, world = deployed
    await opened(world)
    one, other = world.cast["user A"], world.cast["user B"]
    await one.do(one.ability(ChangesBothWays).change("sends a message in the room", "by request"))
    change = workspace.change_by(one)
    with pytest.raises(AssertionError, match=r"user B did not get message"):
        await other.receives(change.news)  # type: ignore[arg-type]
    assert await other.ability(ChangesBothWays).look(change) == change.shows


async def test_the_client_joins_its_rooms_anew_when_it_comes_back(deployed: tuple[DeployedThreads, World]) -> None:
    threads, world = deployed
    await opened(world)
    one, other = world.cast["user A"], world.cast["user B"]
    await threads.lose_connections()
    await other.was_disconnected(within=1.0)
    for actor in (one, other):
        await actor.do(actor.ability(Recovers).recover(within=1.0))
    await one.do(one.send("Still there?", ROOM))
    await other.receives(Posted("user A", "Still there?", ROOM))


async def test_an_upload_ends_with_its_last_piece(deployed: tuple[DeployedThreads, World]) -> None:
    _, world = deployed
    await opened(world)
    one, other = world.cast["user A"], world.cast["user B"]
    await one.do(one.ability(KeepsFiles).begin_upload("plan.pdf", ROOM, 3))
    await other.do(other.ability(KeepsFiles).follow("plan.pdf"))
    await one.do(file_upload.finish(one, "plan.pdf"))
    await file_upload.told_of_progress(world, other, "plan.pdf")


async def test_too_many_requests_are_made_again_after_a_while(deployed: tuple[DeployedThreads, World]) -> None:
    threads, world = deployed
    one = await world.actor("user A")
    await one.sign_in()
    threads.used_up("/companies/me/members", seconds=0.1)
    await one.do(one.contacts())
    threads.used_up("/companies/me/members", seconds=60.0)
    await one.attempt(one.contacts())
    assert str((await one.refusal()).refusal).startswith("that is too much")
    with pytest.raises(AssertionError, match="for another reason: 429 that is too much"):
        await one.was_refused()


async def test_a_wrong_password_is_refused(deployed: tuple[DeployedThreads, World]) -> None:
    _, world = deployed
    one = await world.actor("user A")
    await one.attempt(one.sign_in("not it"))
    await one.was_refused()


async def test_what_this_deployment_cannot_do_is_not_run(deployed: tuple[DeployedThreads, World]) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    with pytest.raises(NotSupported, match="no way to say how available one is"):
        await one.ability(ChangesBothWays).change("becomes busy", "by request")
    with pytest.raises(NotSupported, match="no way to see who is available"):
        await one.ability(ChangesBothWays).look(Change("becomes busy", Post(), "busy", "user A"))
    with pytest.raises(NotSupported, match="no word of who is online"):
        await look_who_is_online(one)
    with pytest.raises(NotSupported, match="lifetime"):
        await world.actor("user B of a short session", lifetime=1.0)
    with pytest.raises(NotSupported, match="no control over Postgres"):
        await world.outages.inject_fault("Postgres", "is stopped")


async def test_news_that_never_comes_is_missed_in_words(deployed: tuple[DeployedThreads, World]) -> None:
    _, world = deployed
    await opened(world)
    with pytest.raises(AssertionError, match="did not get word that the file"):
        await told_once(world, "user B", happening('the file "plan.pdf" is ready'))


async def test_a_room_that_is_not_there_is_not_refused_and_that_is_seen(
    deployed: tuple[DeployedThreads, World],
) -> None:
    _, world = deployed
    await opened(world)
    one = world.cast["user A"]
    await one.attempt(one.ability(TakesRequests).request_wrongly("a room that does not exist"))
    with pytest.raises(AssertionError, match="user A was to be refused"):
        await one.was_refused()


@pytest.mark.parametrize("what", ["open a room", "send a message", "add a member", "read the profile"])
async def test_the_documents_own_requests_are_not_there(deployed: tuple[DeployedThreads, World], what: str) -> None:
    _, world = deployed
    backend, nobody = world.system.backend, Transcript(Redactor())  # type: ignore[attr-defined]
    backend.options.requests.clear()
    with pytest.raises(Rejected, match=r"Cannot (GET|POST) /api/v1"):
        await backend.request(backend.session(nobody.of("nobody")), what, {})
