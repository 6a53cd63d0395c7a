"""What the deployed broker does otherwise is coped with, or told as a scenario's failure, and is never a crash.

The numbers are those of contracts/broker.md, section 7.
"""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.core import clock
from support.drivers.capabilities import delivery
from support.drivers.capabilities.delivery import Letter, ShownProfile
from support.scenario.tasks import message_delivery, monitoring
from tests.drivers.broker_world import Deployed, broker_world

RETRY_INTERVAL = 0.6


@pytest.fixture
async def deployed(tmp_path: Path) -> AsyncIterator[Deployed]:
    async with broker_world(tmp_path, RETRY_INTERVAL) as (broker, world):
        yield broker, world


async def test_1_whoever_has_a_certificate_alone_is_refused_and_that_is_noticed(deployed: Deployed) -> None:
    broker, world = deployed
    world.system.options.identity_header = ""  # type: ignore[attr-defined]
    one = await world.actor("user A")
    await message_delivery.submit(world, one, Letter("Hello"))
    assert "status 401" in await one.was_refused()
    assert not broker.rows


async def test_4_a_message_that_is_accepted_and_never_delivered_is_missed(deployed: Deployed) -> None:
    _, world = deployed
    await message_delivery.submit(world, await world.actor("user A"), Letter("Hello"))
    with pytest.raises(AssertionError, match="not delivered: 'Hello' is queued after 0 attempts"):
        await message_delivery.become(world, message_delivery.accepted(world), "delivered")


async def test_5_a_delivery_may_take_one_retry_interval_longer(deployed: Deployed) -> None:
    broker, world = deployed
    broker.delivers_after = RETRY_INTERVAL
    await message_delivery.submit(world, await world.actor("user A"), Letter("Hello"))
    records = await message_delivery.become(world, message_delivery.accepted(world), "delivered")
    assert [(record.delivered, record.has_time) for record in records.values()] == [(1, True)]


async def test_a_delivery_waits_for_the_attempts_of_other_processes(deployed: Deployed) -> None:
    """Their messages fill all places of the workers for an interval (TC-P-001, at 30 s and with --jobs 4)."""
    broker, world = deployed
    broker.delivers_after = 2 * RETRY_INTERVAL + world.limits.delivery
    await message_delivery.submit(world, await world.actor("user A"), Letter("Hello"))
    world.sut.leftovers.others = True
    await message_delivery.become(world, message_delivery.accepted(world), "delivered")


async def test_an_administrator_finds_a_message_behind_those_of_others(deployed: Deployed) -> None:
    """At 30 s of retry interval other processes submit more than a page while a message is waited for (TC-I-003)."""
    broker, world = deployed
    await message_delivery.submit(world, await world.actor("user A"), Letter("Hello"))
    own = message_delivery.accepted(world)[0].message
    broker.rows += [broker.rows[0] | {"message_id": f"another {number}"} for number in range(250)]
    shown = await monitoring.all_messages(world, {own})
    assert shown[own] == ("user A", "Hello")
    assert own not in await monitoring.all_messages(world, {"another 249"})
    assert set(await world.system.delivery_records([own, "another 0"])) == {own, "another 0"}  # type: ignore[attr-defined]


async def test_attempts_are_waited_for_as_long_as_they_take(
    monkeypatch: pytest.MonkeyPatch, deployed: Deployed
) -> None:
    """So that with a long interval the attempt that must not be made is still to come, and shows."""
    _, world = deployed
    waited: list[float] = []

    async def pause(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(clock, "pause", pause)
    for interval in (0.4, 2.0, 30.0):
        monkeypatch.setattr(world.system, "retry_interval", interval)
        await message_delivery.use_up_attempts(world, 5)
        await message_delivery.let_first_attempt_fail(world)
        await message_delivery.idle(world)
    assert waited == pytest.approx([2.2, 0.2, 0.6, 11.0, 1.0, 3.0, 130.0, 5.0, 12.0])


async def test_7_a_proxy_that_hangs_over_many_messages_is_told_as_that(deployed: Deployed) -> None:
    broker, world = deployed
    broker.frozen = True
    await message_delivery.submit_many(world, ["user A"], 5, by=["proxy"], at_once=True)
    assert "did not answer within 3 s" in message_delivery.troubles(world)
    with pytest.raises(AssertionError, match="no message of anybody has been accepted"):
        message_delivery.accepted(world)


async def test_8_and_13_a_failure_is_no_refusal_and_its_connection_is_not_used_again(deployed: Deployed) -> None:
    broker, world = deployed
    one = await world.actor("user A")
    await one.sign_in()
    reader = one.ability(delivery.ReadsMessages)
    broker.fails = True
    await one.attempt(reader.profile())
    with pytest.raises(AssertionError, match=r"not refused but turned away: .*OperationalError"):
        await one.was_refused()
    broker.fails = False
    assert await one.do(reader.profile()) == ShownProfile("user A", administers=False)


async def test_12_whoever_is_no_longer_active_is_refused_with_a_token_that_was_good(deployed: Deployed) -> None:
    broker, world = deployed
    one = await world.actor("user A")
    await one.sign_in()
    broker.inactive.add(one.account.login)
    await one.attempt(one.ability(delivery.ReadsMessages).messages())
    assert "Inactive user" in await one.was_refused()


async def test_16_what_the_profile_does_not_say_is_not_looked_at(deployed: Deployed) -> None:
    _, world = deployed
    assert monitoring.components(world) == ["proxy", "main server"]
