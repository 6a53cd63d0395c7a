"""The training driver copes with the deployed server by options of the profile alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.core.errors import Absent, EnvironmentFailure, NotSupported
from support.core.events import BotAnswer, Feedback, Post
from support.drivers.capabilities.probing import TakesFrames
from support.drivers.capabilities.training import CompletesSessions, GuardsContent, Trains
from support.drivers.stores.sqlite import SqliteStore
from support.environments.systems.training import TrainingSystem
from support.scenario import needs
from support.scenario.tasks import training_user
from support.scenario.tasks.silence import no_more
from support.scenario.world import World
from tests.drivers.deployed import deployed as deployed_profile
from tests.drivers.deployed import every_arrow_says_what_is_wanted
from tests.drivers.deployed_training import DeployedTraining, deployed_training


@pytest.fixture
async def deployed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[tuple[DeployedTraining, World]]:
    async with deployed_training() as (training, address):
        monkeypatch.setenv("TRAINING_ADDRESS", address)
        short = {"response": 3.0, "delivery": 1.0}
        sut = TrainingSystem(deployed_profile("training", limits=short, minute=0.01), {})
        await sut.open()
        world = World("a scenario", sut)
        yield training, world
        await world.leave()
        await sut.close()
    every_arrow_says_what_is_wanted(world.transcript)


async def test_a_turn_ends_with_its_feedback(deployed: tuple[DeployedTraining, World]) -> None:
    training, world = deployed
    await world.all_come_online(["pilot user 1", "pilot user 2"])
    one = await world.actor("pilot user 1")
    assert (await training_user.say(one, "Hello?")).points == 90
    assert training.asked == ["Hello?"]
    await no_more(world, ["pilot user 1", "pilot user 2"], Post)


async def test_a_session_is_found_by_the_own_id_of_its_training(deployed: tuple[DeployedTraining, World]) -> None:
    training, world = deployed
    one = await world.actor("pilot user 1")
    await training_user.train(one, ["claim handling"])
    shown = await one.ability(Trains).session()
    assert (shown.owner, shown.training, shown.completed) == ("pilot user 1", "claim handling", False)
    assert training.sessions[1]["scenario_id"] == 4
    assert len(training.asked) == len(training_user.LINES)


async def test_documents_come_byte_by_byte_and_as_their_kind_demands(deployed: tuple[DeployedTraining, World]) -> None:
    _, world = deployed
    record = await training_user.look_around(await world.actor("pilot user 1"), "customer service", 1)
    assert [(document.kind, document.announced_kind) for document in record.documents] == [
        ("application/pdf", "application/pdf"),
        ("text/plain", "text/plain"),
    ]
    assert record.documents[0].content == b"\xe2\x28 no text"
    assert record.trainings == ["customer_service_v1", "claim_handling_v1", "1"]


async def test_what_is_not_there_is_refused(deployed: tuple[DeployedTraining, World]) -> None:
    _, world = deployed
    one = await world.actor("pilot user 1")
    await one.attempt(one.ability(GuardsContent).open("a training without saying who"))
    await one.was_refused()


async def test_a_session_of_nobody_that_answers_is_noticed(deployed: tuple[DeployedTraining, World]) -> None:
    _, world = deployed
    one = await world.actor("pilot user 1")
    await one.attempt(one.ability(GuardsContent).open("a session that does not exist"))
    with pytest.raises(AssertionError, match="was given: an acknowledgement, in a session that does not exist"):
        await one.was_refused()


async def test_of_a_real_model_any_answer_counts_and_an_apology_does_not(
    deployed: tuple[DeployedTraining, World],
) -> None:
    training, world = deployed
    one = await world.actor("pilot user 1")
    await one.come_online()
    await training_user.talk(world, one, "ChatGPT", "Hello?")
    training.score = 0
    with pytest.raises(AssertionError, match="an apology is no answer"):
        await training_user.talk(world, one, "ChatGPT", "Hello?")
    with pytest.raises(AssertionError, match=r"after 0\.2 s still"):
        await training_user.talk_at_last(world, one, "ChatGPT", "Hello?", within=0.2)


async def test_only_the_bot_that_was_asked_can_answer(deployed: tuple[DeployedTraining, World]) -> None:
    _, world = deployed
    one = await world.actor("pilot user 1")
    await one.come_online()
    with pytest.raises(AssertionError, match="an answer of Leonid"):
        await training_user.talk(world, one, "Leonid", "Hello?")


async def test_apologies_are_troubles_of_whoever_gets_them(deployed: tuple[DeployedTraining, World]) -> None:
    training, world = deployed
    training.score = 0
    one = await world.actor("pilot user 1")
    record = await training_user.train(one, ["claim handling"])
    assert [tried.trouble for tried in record.tried if "say something" in tried.what] == [training_user.NO_POINTS] * 5
    flooded = await training_user.flood(one, ["one", "two"])
    assert [tried.trouble for tried in flooded.tried] == [training_user.NO_POINTS] * 2


async def test_a_socket_that_went_deaf_is_noticed_and_left(deployed: tuple[DeployedTraining, World]) -> None:
    _, world = deployed
    one = await world.actor("pilot user 1")
    await one.come_online()
    await one.ability(TakesFrames).send_frame("something garbled")
    await one.ability(TakesFrames).send_frame("raw bytes")
    with pytest.raises(AssertionError, match="a refusal"):
        await one.was_refused()
    await one.connect()
    assert (await training_user.say(one, "Hello?")).points == 90


async def test_a_broken_database_is_told_as_such(deployed: tuple[DeployedTraining, World]) -> None:
    training, world = deployed
    one = await world.actor("pilot user 1")
    training.broken = True
    await one.attempt(one.ability(Trains).trainings())
    assert one.outcome is not None
    assert one.outcome.unavailable
    assert not await world.system.serves(world.transcript)


async def test_a_session_looked_for_on_a_connection_is_part_of_serving(
    deployed: tuple[DeployedTraining, World],
) -> None:
    training, world = deployed
    await world.sut.serves(within=0.2)
    training.locked = True
    with pytest.raises(EnvironmentFailure, match="no user gets a live connection"):
        await world.sut.serves(within=0.2)
    assert not training.sessions


async def test_a_server_that_breaks_over_a_session_it_has_looked_for_serves(
    deployed: tuple[DeployedTraining, World],
) -> None:
    training, world = deployed
    training.unknown = "Error processing message: Session not found"
    await world.sut.serves(within=0.2)


async def test_what_this_deployment_cannot_do_is_not_run(deployed: tuple[DeployedTraining, World]) -> None:
    _, world = deployed
    one = await world.actor("pilot user 1")
    await one.come_online()
    with pytest.raises(Absent, match="the product has no completion of sessions"):
        await one.ability(CompletesSessions).complete()
    with pytest.raises(Absent, match="the product has no record of the points that were given"):
        await training_user.kept_points(one)
    with pytest.raises(NotSupported, match="no request for what was said, and the profile gives no access to the data"):
        await training_user.kept_conversation(one)
    with pytest.raises(NotSupported, match="no access to this system's database"):
        await training_user.stored(world, "anything")
    with pytest.raises(NotSupported, match="no control over SQLite"):
        await world.outages.inject_fault("SQLite", "is stopped")
    with pytest.raises(NotSupported, match="no hold on the bots"):
        await world.steered_bots.fail("ChatGPT")


@pytest.mark.parametrize("need", [needs.completion, needs.kept_points])
async def test_what_it_lacks_is_known_before_anything_is_sent(
    deployed: tuple[DeployedTraining, World], need: needs.Need
) -> None:
    _, world = deployed
    with pytest.raises(Absent):
        need(world.sut)
    assert not world.transcript.exchanges


async def test_a_conversation_is_read_from_the_database_where_there_is_no_request_for_it(
    deployed: tuple[DeployedTraining, World], tmp_path: Path
) -> None:
    training, world = deployed
    training.keep_in(tmp_path / "chattrain.db")
    world.system.store = SqliteStore(tmp_path / "chattrain.db")
    one, two = [await world.actor(role) for role in ("pilot user 1", "pilot user 2")]
    for actor, line in ((one, "Hello?"), (two, "Good morning"), (one, "Anybody?")):
        await (actor.connect() if not actor.is_connected else actor.settle())
        await training_user.say(actor, line)
    kept = await training_user.kept_conversation(one)
    assert kept == training_user.heard_conversation(one)
    assert kept[::2] == ["pilot user 1: Hello?", "pilot user 1: Anybody?"]


async def test_a_training_without_an_own_id_can_be_trained_too(deployed: tuple[DeployedTraining, World]) -> None:
    training, world = deployed
    record = await training_user.say_everywhere(await world.actor("pilot user 1"), "Hello?")
    assert [session["scenario_id"] for session in training.sessions.values()] == [5, 4, 1]
    assert [one.trouble for one in record.tried if "say something in 1" in one.what] == [training_user.NO_POINTS]
    assert record.points == [90, 90, 0]


async def test_a_number_that_is_too_big_breaks_it(deployed: tuple[DeployedTraining, World]) -> None:
    _, world = deployed
    one = await world.actor("pilot user 1")
    await one.attempt(one.ability(GuardsContent).open("a training whose number is too big"))
    with pytest.raises(AssertionError, match="not refused but turned away: status 500: Failed to create session"):
        await one.was_refused()


async def test_a_conversation_that_goes_on_may_have_a_refusal_under_way(
    deployed: tuple[DeployedTraining, World],
) -> None:
    _, world = deployed
    one = await world.actor("pilot user 1")
    await one.come_online()
    await one.ability(TakesFrames).send_frame("a list")
    await training_user.talk(world, one, "ChatGPT", "Hello?", unless=None)
    await one.ability(TakesFrames).send_frame("raw bytes")
    with pytest.raises(AssertionError, match="did not get an answer of ChatGPT"):
        await training_user.talk(world, one, "ChatGPT", "Hello?", unless=None)


async def test_many_things_said_at_once_are_all_accounted_for(deployed: tuple[DeployedTraining, World]) -> None:
    _, world = deployed
    one = await world.actor("pilot user 1")
    await one.come_online()
    record = await training_user.flood(one, ["one", "two", "three"])
    assert [tried.trouble for tried in record.tried] == [None, None, None]
    assert len(one.inbox.unexpected(BotAnswer)) == 3
    await one.inbox.expect(Feedback, within=1, called="feedback")


async def test_the_greeting_is_no_reply(deployed: tuple[DeployedTraining, World]) -> None:
    training, world = deployed
    one = await world.actor("pilot user 1")
    training.dumb = True
    await one.come_online()
    with pytest.raises(AssertionError, match="pilot user 1 did not get a reply"):
        await training_user.say(one, "Hello?")


async def test_a_server_that_does_not_greet_is_told_as_that(deployed: tuple[DeployedTraining, World]) -> None:
    training, world = deployed
    one = await world.actor("pilot user 1")
    training.greets = False
    with pytest.raises(AssertionError, match="the server did not send a greeting within"):
        await one.do(one.connect())


async def test_no_points_are_points_too(deployed: tuple[DeployedTraining, World]) -> None:
    training, world = deployed
    one = await world.actor("pilot user 1")
    training.score = 0
    assert (await training_user.train(one, ["claim handling"])).points == [0] * len(training_user.LINES)


async def test_something_said_in_a_session_that_nobody_has_is_answered_there(
    deployed: tuple[DeployedTraining, World],
) -> None:
    training, world = deployed
    one = await world.actor("pilot user 1")
    await one.come_online()
    training.sessions.clear()
    assert (await training_user.say(one, "Hello?")).points == 90
    with pytest.raises(AssertionError, match="Session not found"):
        await one.do(one.ability(Trains).session())


async def test_a_turn_can_end_with_an_error_instead_of_its_feedback(deployed: tuple[DeployedTraining, World]) -> None:
    training, world = deployed
    one = await world.actor("pilot user 1")
    training.mute = True
    await one.come_online()
    await one.attempt(one.ask("the trainer", "Hello?"))
    assert "Error processing message" in await one.was_refused()


async def test_a_type_of_message_that_it_does_not_know_is_refused(deployed: tuple[DeployedTraining, World]) -> None:
    _, world = deployed
    one = await world.actor("pilot user 1")
    await one.come_online()
    for what in ("a message of an unknown kind", "a list"):
        await one.attempt(one.ability(TakesFrames).send_frame(what))
        await one.was_refused()
