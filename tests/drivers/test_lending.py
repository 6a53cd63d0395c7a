"""A handful of clients serves a whole run: they are given back, their past is no scenario's, revoked ones rest."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.core import clock
from support.core.errors import EnvironmentFailure, NotSupported
from support.drivers.broker.client import BrokerClient
from support.drivers.broker.clients import Clients
from support.drivers.broker.options import ClientFiles
from support.drivers.capabilities.delivery import Letter
from support.drivers.capabilities.probing import VetsClients
from support.drivers.clients.http import Unreachable
from support.environments.preflight import vet
from support.scenario.needs import Wishes
from support.scenario.tasks import message_delivery, message_load, monitoring, submission_checks
from support.scenario.world import World
from tests.drivers.broker_world import Deployed, broker_world


@pytest.fixture
async def deployed(tmp_path: Path) -> AsyncIterator[Deployed]:
    async with broker_world(tmp_path) as (broker, world):
        yield broker, world


async def test_clients_are_given_back_when_a_scenario_ends(deployed: Deployed) -> None:
    _, world = deployed
    for _ in range(4):
        another = World("another scenario", world.sut)
        await another.actors(["user A", "user B", "user C"])
        await another.leave()


async def test_a_scenario_about_all_clients_has_people_who_are_new(tmp_path: Path) -> None:
    line = f"cp {tmp_path}/acme.crt $CERTIFICATE && cp {tmp_path}/acme.key $KEY && echo enrolled {{client}}"
    async with broker_world(tmp_path, enroll=line) as (broker, world):
        another = World("another scenario", world.sut, Wishes(afresh=True))
        world.sut.is_recorded_by(another.transcript)
        sender = await another.actor("user A")
        await message_delivery.submit(another, sender, Letter("I am new here"))
        new = broker.rows[0]["client_id"]
        assert new not in ("acme", "beta", "gamma")
        assert f"enrolled {new}" in str(another.transcript)
        assert not another.lends
        await another.leave()
        await world.actors(["user A", "user B", "user C"])  # the three are all there


async def test_nobody_is_new_where_nothing_makes_more_clients(deployed: Deployed) -> None:
    _, world = deployed
    another = World("another scenario", world.sut, Wishes(afresh=True))
    with pytest.raises(NotSupported, match=r"nothing makes more of them \(driver\.enroll\)"):
        await another.actor("user A")
    assert (await another.actor("the administrator")).account.login == "admin@example.com"


async def test_the_operator_and_the_administrator_take_no_client(deployed: Deployed) -> None:
    _, world = deployed
    await world.actors(["the operator", "the administrator", "user A", "user B", "user C"])
    with pytest.raises(NotSupported, match="of the 3 that the profile names 3 are in use"):
        await world.actor("user D")


async def test_what_a_client_has_submitted_before_is_not_of_this_scenario(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker, world = deployed

    async def kept(client: str) -> frozenset[str]:
        return frozenset(row["message_id"] for row in broker.rows if row["client_id"] == client)

    monkeypatch.setattr(world.system.looks, "messages_of", kept)  # type: ignore[attr-defined]
    for round_ in range(2):
        another = World(f"scenario {round_}", world.sut)
        for role in ("user A", "user B", "user C"):
            await message_delivery.submit_many(another, [role], 4, by=["proxy"], at_once=False)
        shown = await message_delivery.shown_to(another, await another.actor("user A"))
        own = [one.message for one in message_delivery.accepted(another, "user A")]
        assert sorted(one.message for one in shown) == sorted(own)
        everything = await message_delivery.shown_to(another, await another.actor("the administrator"))
        assert len(everything) == 12
        await another.leave()
    assert len(broker.rows) == 24


def clients(count: int) -> Clients:
    return Clients([ClientFiles(name=f"c{number}", certificate=Path("a"), key=Path("b")) for number in range(count)])


def test_a_client_that_is_revoked_is_lent_no_more_and_said_to_be() -> None:
    named = clients(2)
    first = named.take("user A")
    named.revoked(first)
    named.take("user B")
    with pytest.raises(NotSupported, match=r"of the 2 that the profile names 1 are in use, and .* of 1 are revoked"):
        named.take("user C")


def test_who_has_rested_longest_is_lent_first() -> None:
    named = clients(3)
    one, two = named.take("user A"), named.take("user B")
    named.give_back(two)
    named.give_back(one)
    assert [named.take("user").name for _ in range(3)] == ["c2", "c1", "c0"]


async def test_a_client_that_a_scenario_has_revoked_rests(deployed: Deployed) -> None:
    _, world = deployed
    broker = world.system

    async def used(client: str) -> None:
        account = broker.at_hand("user A")  # type: ignore[attr-defined]
        broker.holding(account.login).revoked = True  # type: ignore[attr-defined]
        await broker.take_back(account)  # type: ignore[attr-defined]

    await used("acme")
    assert [broker.holding(broker.at_hand("x").login).name for _ in range(2)] == ["beta", "gamma"]  # type: ignore[attr-defined]
    with pytest.raises(NotSupported, match="of 1 are revoked"):
        broker.at_hand("x")  # type: ignore[attr-defined]


async def test_a_message_is_on_record_when_somebody_can_submit(deployed: Deployed) -> None:
    broker, world = deployed
    await submission_checks.can_submit(world, await world.actor("user A"))
    world.outages.faults.were_made = True
    with pytest.raises(AssertionError, match="1 of 1 are not delivered"):
        await submission_checks.can_submit(world, await world.actor("user A"))
    assert len(broker.rows) == 2


async def test_messages_that_stay_under_way_are_waited_for_once_and_named(deployed: Deployed) -> None:
    _, world = deployed
    earlier = World("features/x.feature:7", world.sut)
    await message_delivery.submit(earlier, await earlier.actor("user A"), Letter("Hello"))
    await earlier.leave()
    await world.quiet()
    assert "1 of the scenario at features/x.feature:7 are under way still" in str(world.transcript)
    assert "features/x.feature:7" in message_delivery.left_by_others(world)


async def test_a_load_begins_when_nothing_of_earlier_scenarios_is_under_way(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def begins(_: World) -> None:
        raise AssertionError("the load begins")

    _, world = deployed
    monkeypatch.setattr(monitoring, "operator", begins)
    earlier = World("features/x.feature:7", world.sut)
    await message_delivery.submit(earlier, await earlier.actor("user A"), Letter("Hello"))
    await earlier.leave()
    with pytest.raises(AssertionError, match="the load begins"):
        await message_load.play(world, ["user A"], 1.0, 1.0)
    assert "1 of the scenario at features/x.feature:7 are under way still" in str(world.transcript)


async def test_the_queue_is_emptied_by_the_command_of_the_profile(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, world = deployed
    monkeypatch.setattr(world.system.options, "empty_queue", "echo emptied")  # type: ignore[attr-defined]
    earlier = World("features/x.feature:7", world.sut)
    await message_delivery.submit(earlier, await earlier.actor("user A"), Letter("Hello"))
    await earlier.leave()
    world.sut.is_recorded_by(world.transcript)
    await world.quiet()
    assert "the queue: emptied" in str(world.transcript)
    assert message_delivery.left_by_others(world) == ""


async def test_no_other_attempt_is_waited_for_where_the_queue_can_be_emptied(tmp_path: Path) -> None:
    async with broker_world(tmp_path, retry_interval=600.0, empty_queue="echo emptied") as (_, world):
        earlier = World("features/x.feature:7", world.sut)
        await message_delivery.submit(earlier, await earlier.actor("user A"), Letter("Hello"))
        await earlier.leave()
        async with asyncio.timeout(10.0):
            await world.quiet()


async def test_what_was_waited_for_in_vain_is_not_waited_for_again(tmp_path: Path) -> None:
    async with broker_world(tmp_path, retry_interval=1.0) as (_, world):
        earlier = World("features/x.feature:7", world.sut)
        await message_delivery.submit(earlier, await earlier.actor("user A"), Letter("Hello"))
        with pytest.raises(AssertionError, match="1 of 1 are not delivered"):
            await message_delivery.become(earlier, message_delivery.accepted(earlier), "delivered")
        await earlier.leave()
        began = clock.now()
        await world.quiet()
        assert clock.now() - began < 1.0
        assert "features/x.feature:7" in message_delivery.left_by_others(world)


async def test_a_message_that_has_come_to_another_end_is_not_waited_for(tmp_path: Path) -> None:
    async with broker_world(tmp_path, retry_interval=600.0) as (broker, world):
        broker.delivers_after = 0.05
        await message_delivery.submit(world, await world.actor("user A"), Letter("Hello"))
        async with asyncio.timeout(10.0):
            with pytest.raises(AssertionError, match="1 of 1 are not failed: 'Hello' is delivered after 1 attempts"):
                await message_delivery.become(world, message_delivery.accepted(world), "failed")


async def test_what_was_delivered_meanwhile_is_left_by_nobody(deployed: Deployed) -> None:
    broker, world = deployed
    broker.delivers_after = 0.05
    earlier = World("features/x.feature:7", world.sut)
    await message_delivery.submit(earlier, await earlier.actor("user A"), Letter("Hello"))
    await earlier.leave()
    await world.quiet()
    assert message_delivery.left_by_others(world) == ""


async def test_an_administrator_who_cannot_sign_in_is_said_before_anything_is_played(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, world = deployed
    described = world.sut.described
    await vet("broker", world.system, described, world.transcript)
    monkeypatch.setenv("BROKER_ADMIN_PASSWORD", "another")
    with pytest.raises(EnvironmentFailure, match=r"the administrator admin@example\.com cannot sign in"):
        await vet("broker", world.system, described, world.transcript)


async def test_an_administrator_whose_sign_in_is_answered_late_once_can_sign_in(
    deployed: Deployed, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, world = deployed
    left, sign_in = [Unreachable("it did not answer within 5 s")], BrokerClient.sign_in

    async def late(client: BrokerClient, password: str) -> None:
        if left:
            raise left.pop()
        await sign_in(client, password)

    monkeypatch.setattr(BrokerClient, "sign_in", late)
    await vet("broker", world.system, world.sut.described, world.transcript)
    assert not left


async def test_the_doctor_tries_each_certificate_and_the_record(
    deployed: Deployed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, world = deployed
    broker, transcript = world.system, world.transcript
    assert isinstance(broker, VetsClients)
    assert await broker.vet_clients(transcript) == (3, {})
    (tmp_path / "gamma.key").write_bytes((tmp_path / "acme.key").read_bytes())
    await broker.wires["proxy"].close()  # type: ignore[attr-defined]

    async def recorded() -> dict[str, str]:
        return {"acme": "revoked", "gamma": "active"}

    monkeypatch.setattr(broker.looks, "_database", object())  # type: ignore[attr-defined]
    monkeypatch.setattr(broker.looks, "clients", recorded)  # type: ignore[attr-defined]
    lent, unfit = await broker.vet_clients(transcript)
    monkeypatch.setattr(broker.looks, "_database", None)  # type: ignore[attr-defined]
    assert (lent, unfit["beta"]) == (0, "is not on record")
    assert "opens nothing at the proxy: this certificate opens nothing" in unfit["gamma"]
    assert "acme" not in unfit  # revoked: it is not lent, and so harms nothing


@pytest.mark.parametrize(
    ("interval", "broken", "emptied"),
    [
        (30.0, "", True),
        (30.0, "Redis", True),
        (30.0, "every worker", False),
        (30.0, "worker 1", False),
        (2.0, "", False),
    ],
)
async def test_who_counts_or_breaks_something_begins_with_fresh_workers_where_that_saves_an_interval(
    tmp_path: Path, interval: float, broken: str, emptied: bool
) -> None:
    async with broker_world(tmp_path, retry_interval=interval, empty_queue="echo emptied") as (_, world):
        world.sut.is_recorded_by(world.transcript)
        await world.quiet(broken)
        await world.quiet(broken)
    assert str(world.transcript).count("the queue: emptied") == emptied


async def test_a_queue_that_is_to_be_empty_for_a_while_is_emptied_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The workers are fresh then, and take up at once what comes after the while (TC-W-010, at 30 s)."""
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    async with broker_world(tmp_path, retry_interval=30.0, empty_queue="echo emptied") as (_, world):
        world.sut.is_recorded_by(world.transcript)
        monkeypatch.setattr(clock, "pause", pause)
        await message_delivery.idle(world)
    assert str(world.transcript).count("the queue: emptied") == 1
    assert waited


async def test_nothing_is_emptied_first_where_the_profile_names_no_command(tmp_path: Path) -> None:
    async with broker_world(tmp_path, retry_interval=30.0) as (_, world):
        assert not world.sut.empties_first("")
