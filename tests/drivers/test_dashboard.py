"""The dashboard driver copes with the deployed server by options of the profile alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.core.errors import Absent, NotSupported
from support.core.events import News, Post
from support.drivers.capabilities.probing import TakesFrames
from support.drivers.capabilities.school import GuardsSchools, RunsSchool
from support.drivers.capabilities.sessions import NamesSessionOwner, SignsInByCode
from support.drivers.dashboard import session
from support.environments.systems.dashboard import DashboardSystem
from support.scenario.tasks.dashboard_checks import in_feed, told_once
from support.scenario.tasks.silence import no_more
from support.scenario.world import World
from support.vocabulary.invalid_credentials import token
from support.vocabulary.terms import school
from support.vocabulary.terms.events import happening
from tests.drivers.deployed import deployed as deployed_profile
from tests.drivers.deployed import every_arrow_says_what_is_wanted
from tests.drivers.deployed_dashboard import DeployedDashboard, deployed_dashboard

OWNER, OTHER, TEACHER = "the school owner", "the owner of another school", "the teacher"


def test_the_driver_knows_every_word_of_the_vocabulary() -> None:
    assert set(session.FRAMES) == {*school.FRAMES, "a message that is too long"}
    assert set(session.CLIENTS) == set(school.CLIENTS)


async def staged(address: str, folder: Path, **dialect: str) -> DashboardSystem:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_ADDRESS", address)
        patch.setenv("DASHBOARD_MAIL", str(folder))
        sut = DashboardSystem(deployed_profile("dashboard", **dialect), {})
    await sut.open()
    return sut


@pytest.fixture
async def deployed(tmp_path: Path) -> AsyncIterator[tuple[DeployedDashboard, World]]:
    async with deployed_dashboard(tmp_path) as (dashboard, address):
        sut = await staged(address, tmp_path)
        world = World("a scenario", sut)
        yield dashboard, world
        await world.leave()
        await sut.close()
    every_arrow_says_what_is_wanted(world.transcript)


async def test_the_login_code_comes_by_mail_and_the_dashboard_opens_by_cookie_and_origin(
    deployed: tuple[DeployedDashboard, World],
) -> None:
    _, world = deployed
    await world.all_come_online([OWNER])
    owner = await world.actor(OWNER)
    assert owner.is_connected
    assert owner.ability(NamesSessionOwner).session_owner() == OWNER


async def test_a_used_login_code_is_shown_again_and_no_other_is_asked_for(
    deployed: tuple[DeployedDashboard, World],
) -> None:
    dashboard, world = deployed
    owner = await world.actor(OWNER)
    await owner.do(owner.sign_in())
    token, mails = owner.token, list(dashboard.mail.iterdir())
    await owner.attempt(owner.ability(SignsInByCode).sign_in_with_used_code())
    assert "Invalid or expired" in await owner.was_refused()
    assert (owner.token, list(dashboard.mail.iterdir())) == (token, mails)


async def test_the_documents_way_in_does_not_work_there(tmp_path: Path) -> None:
    async with deployed_dashboard(tmp_path) as (_, address):
        sut = await staged(address, tmp_path, credential="bearer")
        world = World("a scenario", sut)
        owner = await world.actor(OWNER)
        await owner.do(owner.sign_in())
        await owner.attempt(owner.connect())
        await owner.was_refused()
        await world.leave()
        await sut.close()


async def test_news_is_told_once_and_other_schools_stay_silent(deployed: tuple[DeployedDashboard, World]) -> None:
    _, world = deployed
    await world.all_come_online([OWNER, OTHER])
    owner = await world.actor(OWNER)
    await owner.do(owner.ability(RunsSchool).register_student("Ana"))
    await told_once(world, OWNER, happening('student "Ana" has joined'))
    await no_more(world, [OWNER, OTHER], Post)
    await in_feed(world, OWNER, happening('student "Ana" has joined'))


async def test_a_leak_to_another_school_is_noticed(deployed: tuple[DeployedDashboard, World]) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER, OTHER])
    leak = {"type": "user", "id": 1, "name": "Rui"}
    await dashboard.happened(2, "student_joined", dashboard.users[dashboard.owner_of[1]], leak, {})
    await dashboard.happened(1, "student_joined", dashboard.users[dashboard.owner_of[1]], leak, {})
    with pytest.raises(AssertionError, match='news that student "Rui" has joined'):
        await no_more(world, [OTHER], Post)


async def test_invitations_take_the_way_that_there_is(deployed: tuple[DeployedDashboard, World]) -> None:
    _, world = deployed
    await world.all_come_online([OWNER])
    owner, _ = await world.actors([OWNER, TEACHER])
    await owner.do(owner.ability(RunsSchool).invite(TEACHER))
    await owner.receives(News("invited", TEACHER))


async def test_a_refused_handshake_is_a_refusal_and_a_lost_redis_is_not(
    deployed: tuple[DeployedDashboard, World],
) -> None:
    dashboard, world = deployed
    owner, other = await world.actors([OWNER, OTHER])
    await owner.do(owner.sign_in())
    await other.do(other.sign_in())
    await other.attempt(other.ability(GuardsSchools).connect_to(OWNER))
    await other.was_refused()
    dashboard.redis_down = True
    await owner.attempt(owner.connect())
    with pytest.raises(AssertionError, match="not refused but turned away"):
        await owner.was_refused()


async def test_what_opens_the_door_there_can_be_left_out_garbled_or_taken_from_another(
    deployed: tuple[DeployedDashboard, World],
) -> None:
    _, world = deployed
    owner, other = await world.actors([OWNER, OTHER])
    await owner.do(owner.sign_in())
    await other.do(other.sign_in())
    for words in ("no token", "a garbled token", f"{OTHER}'s token"):
        forgery = token(words)
        with owner.presenting(forgery.made_from(other.token if forgery.owner else owner.token)):
            await owner.attempt(owner.connect())
        await owner.was_refused()
    await owner.do(owner.connect())
    with pytest.raises(NotSupported, match="no signature"):
        token("an unsigned token").made_from(owner.token)


async def test_a_ping_is_answered_by_an_error_and_the_connection_stays(
    deployed: tuple[DeployedDashboard, World],
) -> None:
    _, world = deployed
    await world.all_come_online([OWNER])
    owner = await world.actor(OWNER)
    await owner.do(owner.ability(TakesFrames).send_frame("a sign of life"))
    await owner.was_refused()
    await no_more(world, [OWNER], Post)
    assert owner.is_connected


async def test_sign_ups_are_not_stopped_by_the_limit_for_each_source(deployed: tuple[DeployedDashboard, World]) -> None:
    dashboard, world = deployed
    await world.actors([f"user {letter}" for letter in "ABCDE"])
    assert len(dashboard.users) == 5


async def test_what_this_deployment_cannot_do_is_not_run(deployed: tuple[DeployedDashboard, World]) -> None:
    _, world = deployed
    await world.actor(OWNER)
    with pytest.raises(Absent, match="the product has no live figures"):
        await told_once(world, OWNER, happening("the school now has 1 student"))
    with pytest.raises(NotSupported, match="lifetime of sessions"):
        await world.actor(OTHER, lifetime=2)
    with pytest.raises(NotSupported, match="no control over dashboard server"):
        await world.outages.restart("dashboard server", graceful=True)


async def test_nobody_has_a_session_who_has_no_account(deployed: tuple[DeployedDashboard, World]) -> None:
    dashboard, world = deployed
    owner = await world.actor(OWNER)
    dashboard.users.clear()
    await owner.attempt(owner.sign_in())
    assert "If an account exists" in await owner.was_refused()
