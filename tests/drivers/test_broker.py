"""The broker's driver copes with the deployed system by options of the profile alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.config.profile import load
from support.core.errors import NotSupported, SuiteError
from support.drivers.capabilities import delivery
from support.drivers.capabilities.delivery import Letter, ShownProfile
from support.drivers.capabilities.sessions import RefreshesSessions
from support.environments.systems.broker import BrokerSystem
from support.scenario.tasks import internal_requests, message_delivery, monitoring
from support.scenario.tasks.outages import told_of
from tests.drivers.broker_world import Deployed, broker_world


@pytest.fixture
async def deployed(tmp_path: Path) -> AsyncIterator[Deployed]:
    async with broker_world(tmp_path) as (broker, world):
        yield broker, world


async def test_a_client_shows_its_certificate_and_says_its_name(deployed: Deployed) -> None:
    broker, world = deployed
    one = await world.actor("user A")
    await message_delivery.submit(world, one, Letter("Hello"))
    (receipt,) = message_delivery.accepted(world)
    assert (receipt.owner, receipt.status) == ("user A", "queued")
    assert [row["client_id"] for row in broker.rows] == ["acme"]


@pytest.mark.parametrize("letter", [Letter(""), Letter(" \t "), Letter(None)])
async def test_what_cannot_be_processed_is_refused(deployed: Deployed, letter: Letter) -> None:
    _, world = deployed
    one = await world.actor("user A")
    await message_delivery.submit(world, one, letter)
    await one.was_refused()


async def test_a_connection_that_is_dropped_for_its_certificate_is_refused(deployed: Deployed) -> None:
    broker, world = deployed
    one = await world.actor("user A")
    await message_delivery.submit(world, one, Letter("Hello"), showing="a certificate of a foreign authority")
    await one.was_refused()
    assert not broker.rows


async def test_a_lost_queue_is_no_refusal(deployed: Deployed) -> None:
    broker, world = deployed
    broker.queue_is_down = True
    one = await world.actor("user A")
    await message_delivery.submit(world, one, Letter("Hello"))
    await told_of(one, "Redis")
    assert not (await monitoring.well(world, "proxy")).well


async def test_a_missing_token_is_refused_whatever_the_number(deployed: Deployed) -> None:
    _, world = deployed
    one = await world.actor("user A")
    reader = one.ability(delivery.ReadsMessages)
    for token in (None, "let me in"):
        with one.presenting(token):
            await one.attempt(reader.messages())
        await one.was_refused()
    await one.sign_in()
    assert await one.do(reader.profile()) == ShownProfile("user A", administers=False)


async def test_users_see_their_own_messages_without_the_text(deployed: Deployed) -> None:
    _, world = deployed
    for role in ("user A", "user B"):
        await message_delivery.submit_many(world, [role], 4, by=["proxy"], at_once=False)
    shown = await message_delivery.shown_to(world, await world.actor("user A"))
    assert {one.owner for one in shown} == {"user A"}
    assert sorted(one.message for one in shown) == sorted(
        one.message for one in message_delivery.accepted(world, "user A")
    )
    assert {one.text for one in shown} == {None}


async def test_what_becomes_of_messages_is_seen_through_an_administrator(deployed: Deployed) -> None:
    _, world = deployed
    one = await world.actor("user A")
    await internal_requests.register(world, one, "Hello")
    await internal_requests.report(world, one, "failed", attempts=3)
    records = await message_delivery.become(world, message_delivery.accepted(world, "user A"), "failed")
    assert [(record.attempts, record.delivered) for record in records.values()] == [(3, 0)]
    with pytest.raises(AssertionError, match="not delivered: 'Hello' is failed after 3 attempts"):
        await message_delivery.become(world, message_delivery.accepted(world), "delivered")


async def test_figures_that_have_moved_are_found(deployed: Deployed) -> None:
    _, world = deployed
    await message_delivery.submit(world, await world.actor("user A"), Letter("Hello"))
    figures = await (await monitoring.operator(world)).figures_of("proxy")
    assert figures == {"proxy_messages_enqueued_total": 1.0}


async def test_what_this_deployment_cannot_do_is_not_run(deployed: Deployed) -> None:
    _, world = deployed
    one, _ = await world.actors(["user A", "user B"])
    await world.actor("user C")
    with pytest.raises(NotSupported, match="no refresh of sessions"):
        await one.ability(RefreshesSessions).refresh("refresh")
    with pytest.raises(NotSupported, match="names no files for an expired certificate"):
        await message_delivery.submit(world, one, Letter("Hello"), showing="an expired certificate")
    with pytest.raises(NotSupported, match="of the 3 that the profile names 3 are in use"):
        await world.actor("user D")
    with pytest.raises(NotSupported, match="no access to this system's Redis"):
        await message_delivery.drained(world)
    with pytest.raises(NotSupported, match="does not say where the second proxy is"):
        await message_delivery.submit(world, one, Letter("Hello"), by="second proxy")
    with pytest.raises(NotSupported, match="no control over every worker"):
        await world.outages.inject_fault("every worker", "hangs")


async def test_no_password_is_on_record(deployed: Deployed) -> None:
    _, world = deployed
    one = await world.actor("user A")
    await one.sign_in()
    assert one.account.password not in str(world.transcript)
    assert "token of" not in str(world.transcript)


async def test_an_external_deployment_has_to_say_where_its_main_server_is(tmp_path: Path) -> None:
    profile = tmp_path / "deployed.toml"
    profile.write_text('[systems.broker]\ndeployment = "external"\naddress = "https://localhost:1"\n')
    sut = BrokerSystem(load(str(profile)), {})
    with pytest.raises(SuiteError, match='addresses: "main server" = '):
        await sut.open()


async def test_where_no_message_was_accepted_it_is_said_why(deployed: Deployed) -> None:
    broker, world = deployed
    broker.queue_is_down = True
    await message_delivery.submit_many(world, ["user A"], 40, by=["proxy"], at_once=True)
    with pytest.raises(AssertionError, match=r"no message of anybody has been accepted: .* and 39 more: .*Redis unav"):
        message_delivery.accepted(world)
