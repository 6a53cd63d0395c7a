"""People of ThreadFileSharing who have been in one scenario are in another that can do with them, as they were."""

import pickle
import time
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import jwt
import pytest

from support.core import clock
from support.drivers.capabilities import Rejected
from support.drivers.capabilities.collaboration import ChangesBothWays, HasPlaces
from support.drivers.capabilities.probing import TakesRequests
from support.drivers.kit.user_pool import BearsLoad
from support.drivers.threads.households import MOST_ROOMS, Households, lasts
from support.drivers.threads.state import Company, Household, Place, ScenarioState
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems.threads import ThreadsSystem
from support.scenario import needs
from support.scenario.tasks import broadcast_load, repeated_requests
from support.scenario.world import World
from tests.drivers import deployed as profiles
from tests.drivers.deployed_threads import DeployedThreads, deployed_threads
from tests.drivers.deployed_threads_live import SECRET
from tests.drivers.test_threads_quirks import LIMITS, OUTSIDER, OWNER, ROOM

Deployed = tuple[DeployedThreads, SystemUnderTest]
SIGN_IN, REGISTER, INVITE = "POST /auth/login", "POST /auth/register", "POST /invitations"


@pytest.fixture
async def deployed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Deployed]:
    async with deployed_threads() as (threads, address):
        monkeypatch.setenv("THREADS_ADDRESS", address)
        sut = ThreadsSystem(profiles.deployed("threads", limits=LIMITS), {})
        await sut.open()
        yield threads, sut
        await sut.close()


async def played(threads: DeployedThreads, sut: SystemUnderTest, *, afresh: bool = False) -> tuple[World, list[str]]:
    """A scenario of three people, one of them of another company, who talk; and what was asked for them."""
    threads.asked.clear()
    world = World("a scenario", sut, needs.Wishes(afresh=afresh))
    await world.all_come_online([OWNER, "user A", OUTSIDER])
    one = world.cast["user A"]
    await one.do(one.ability(HasPlaces).open_place(ROOM, [OWNER]))
    await one.do(one.send("Shall we?", ROOM))
    return world, [asked for asked in threads.asked if asked.startswith(("POST /auth", INVITE))]


async def test_nobody_is_made_or_signs_in_again_for_the_next_scenario(deployed: Deployed) -> None:
    world, asked = await played(*deployed)
    assert asked.count(REGISTER) == 2
    assert asked.count(SIGN_IN) == 1  # whoever registers has a session by that
    await world.leave()
    again, asked = await played(*deployed)
    assert asked == []
    assert again.cast["user A"].account == world.cast["user A"].account
    await again.leave()


async def test_people_of_a_scenario_that_others_may_still_hear_of_are_not_in_the_next(deployed: Deployed) -> None:
    first, _ = await played(*deployed)
    second, asked = await played(*deployed)  # the first has not left
    assert asked.count(REGISTER) == 2
    assert second.cast["user A"].account != first.cast["user A"].account
    await first.leave()
    await second.leave()


async def test_a_scenario_about_all_accounts_has_people_of_its_own(deployed: Deployed) -> None:
    world, _ = await played(*deployed)
    await world.leave()
    fresh, asked = await played(*deployed, afresh=True)
    assert asked.count(REGISTER) == 2
    await fresh.leave()
    again, asked = await played(*deployed)
    assert asked == []
    assert again.cast["user A"].account == world.cast["user A"].account != fresh.cast["user A"].account
    await again.leave()


async def test_who_was_changed_for_good_is_in_no_other_scenario(deployed: Deployed) -> None:
    world, _ = await played(*deployed)
    one = world.cast["user A"]
    await one.do(one.ability(ChangesBothWays).change("takes another name", "by request"))
    await world.leave()
    _, asked = await played(*deployed)
    assert asked.count(REGISTER) == 2


async def test_who_has_tried_a_wrong_password_is_in_no_other_scenario(deployed: Deployed) -> None:
    world, _ = await played(*deployed)
    with pytest.raises(Rejected):
        await world.cast["user A"].sign_in("a wrong password")
    await world.leave()
    _, asked = await played(*deployed)
    assert asked.count(REGISTER) == 2


async def test_a_person_who_is_new_to_a_known_company_is_taken_in(deployed: Deployed) -> None:
    world, _ = await played(*deployed)
    await world.leave()
    again, _ = await played(*deployed)
    deployed[0].asked.clear()
    await again.all_come_online(["user B"])
    assert [asked for asked in deployed[0].asked if "auth" in asked or "invitations" in asked] == [
        INVITE, "POST /invitations/accept", SIGN_IN,
    ]  # fmt: skip
    await again.leave()


def token(seconds: float | None) -> str:
    claims = {"sub": "somebody"} | ({} if seconds is None else {"exp": time.time() + seconds})
    return jwt.encode(claims, SECRET)


def test_a_session_that_is_soon_over_is_not_gone_on_with() -> None:
    assert lasts(token(None))
    assert lasts(token(900))
    assert not lasts(token(20))
    assert lasts(token(20), seconds=2)
    assert not lasts("no token at all")


@pytest.mark.parametrize("rooms", [1, 7])
def test_a_company_is_in_so_many_scenarios_that_its_rooms_fit_into_a_list(rooms: int) -> None:
    household, households, opened = Household(Company("1", "A company", "owner", token(None))), Households(), 0
    places = [Place(f"room {number}", None, frozenset(), f"room {number}") for number in range(rooms)]
    thread = Place("a thread", None, frozenset(), "room 0")
    taken: Household | None = household
    while taken:
        households.give_back(ScenarioState(households=[taken], places=[*places, thread]))
        taken, opened = households.take(), opened + rooms
    assert MOST_ROOMS < opened < 100


async def test_who_has_used_up_a_limit_is_in_no_other_scenario(deployed: Deployed) -> None:
    threads, sut = deployed
    world, _ = await played(threads, sut)
    threads.used_up("/users/me", 1.0)
    with pytest.raises(Rejected):
        await world.cast["user A"].ability(TakesRequests).look_at_oneself()
    await world.leave()
    _, asked = await played(threads, sut)
    assert asked.count(REGISTER) == 2


@pytest.mark.parametrize(("phrase", "fresh"), [(SimpleNamespace(afresh=True), True), (print, False)])
def test_a_phrase_says_whether_its_scenario_has_people_of_its_own(phrase: object, fresh: bool) -> None:
    registry: Any = SimpleNamespace(find_match={"a step": SimpleNamespace(func=phrase)}.get)
    scenario: Any = SimpleNamespace(all_steps=["a step"], effective_tags=[])
    assert needs.wishes(registry, scenario).afresh is fresh


async def test_a_crew_goes_on_with_the_sessions_that_its_people_have(deployed: Deployed) -> None:
    threads, sut = deployed
    world, _ = await played(threads, sut)
    threads.asked.clear()
    assert isinstance(sut.system, BearsLoad)
    virtual_users = await sut.system.virtual_users({"user A": world.cast["user A"].account}, world.transcript)
    async with pickle.loads(pickle.dumps(virtual_users)).aboard() as (member,):
        await broadcast_load.come_online(member)
        assert member.client.connected
    assert SIGN_IN not in threads.asked
    await world.leave()


async def test_a_request_that_is_not_answered_is_the_last_of_several(deployed: Deployed) -> None:
    threads, sut = deployed
    world, _ = await played(threads, sut)
    threads.silent = True
    record = await repeated_requests.ask_in_turn(world.cast["user A"], 5)
    assert [one.silent for one in record.tried] == [True]
    threads.silent = False
    await world.leave()


async def test_a_crowd_gets_its_accounts_a_few_at_a_time(deployed: Deployed, monkeypatch: pytest.MonkeyPatch) -> None:
    world, under_way, most = World("a scenario", deployed[1]), 0, 0

    async def actor(role: str, *, online: bool) -> str:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await clock.pause(0.01)
        under_way -= 1
        return role

    monkeypatch.setattr(world, "actor", actor)
    everybody = [f"member {number}" for number in range(20)]
    assert await world.actors(everybody) == everybody
    assert 1 < most <= 8
