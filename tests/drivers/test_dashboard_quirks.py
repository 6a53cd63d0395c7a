"""What the deployed dashboard does otherwise is coped with, or told as a scenario's failure, and is never a crash.

The numbers are those of contracts/dashboard.md, section 7.
"""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import jwt
import pytest

from support.core import clock
from support.core.errors import EnvironmentFailure, NotSupported
from support.core.events import Disconnected, News
from support.drivers.capabilities.school import Appoints, GuardsSchools, Invites, RunsSchool, TurnsIntrudersAway
from support.drivers.dashboard.messages import DashboardParser
from support.drivers.dashboard.options import DashboardOptions
from support.environments.systems.dashboard import DashboardSystem
from support.scenario.tasks import forgery
from support.scenario.tasks.across_processes import connect_everywhere
from support.scenario.tasks.dashboard_checks import in_feed, told_in_form, told_once
from support.scenario.world import World
from support.vocabulary.invalid_credentials import token
from support.vocabulary.terms.events import happening
from tests.drivers import deployed as profiles
from tests.drivers.deployed_dashboard import DeployedDashboard, deployed_dashboard

OWNER, OTHER, TEACHER = "the school owner", "the owner of another school", "the teacher"
ANA = happening('student "Ana" has joined')
LIMITS = {"response": 2.0, "delivery": 1.0}


class Deployed(NamedTuple):
    dashboard: DeployedDashboard
    world: World


@pytest.fixture
async def deployed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Deployed]:
    async with deployed_dashboard(tmp_path) as (dashboard, address):
        monkeypatch.setenv("DASHBOARD_ADDRESS", address)
        monkeypatch.setenv("DASHBOARD_MAIL", str(tmp_path))
        async with profiles.world_on(DashboardSystem(profiles.deployed("dashboard", limits=LIMITS), {})) as world:
            yield Deployed(dashboard, world)


async def registers_ana(world: World) -> None:
    owner = await world.actor(OWNER)
    await owner.do(owner.ability(RunsSchool).register_student("Ana"))


async def test_3_a_code_that_is_out_of_date_as_it_comes_is_asked_for_again_once(deployed: Deployed) -> None:
    dashboard, world = deployed
    owner = await world.actor(OWNER)
    dashboard.stale_codes = 1
    await owner.do(owner.sign_in())
    dashboard.stale_codes = 2
    await owner.attempt(owner.sign_in())
    assert "Invalid or expired" in await owner.was_refused()
    await owner.attempt(owner.sign_in("000000"))
    assert "Invalid or expired" in await owner.was_refused()


@pytest.mark.parametrize("words", ["a token signed by a stranger", "an unsigned token"])
async def test_2_where_tokens_are_random_numbers_a_stranger_writes_one_of_their_own(
    deployed: Deployed, words: str
) -> None:
    _, world = deployed
    owner = await world.actor(OWNER)
    await owner.do(owner.sign_in())
    forged = forgery.token_of(owner, token(words)) or ""
    claims = jwt.decode(forged, options={"verify_signature": False})
    assert claims["email"] == owner.account.login
    with owner.presenting(forged):
        await owner.attempt(owner.connect())
    await owner.was_refused()
    await owner.do(owner.connect())


@pytest.mark.parametrize(("events", "trouble"), [(0, "did not get word that"), (2, "should have received nothing")])
async def test_6_news_that_does_not_come_or_comes_twice_is_noticed(
    deployed: Deployed, events: int, trouble: str
) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    dashboard.events = events
    await registers_ana(world)
    dashboard.events = 1
    with pytest.raises(AssertionError, match=f"{OWNER} {trouble}"):
        await told_once(world, OWNER, ANA)


async def test_6_news_of_another_kind_beside_it_does_no_harm(deployed: Deployed) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    rui = {"type": "user", "id": 3, "name": "Rui"}
    await dashboard.happened(1, "teacher_joined", dashboard.users[dashboard.owner_of[1]], rui, {})
    await registers_ana(world)
    await told_once(world, OWNER, ANA)


async def test_7_news_may_come_before_it_is_on_record(deployed: Deployed) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    dashboard.commits_after = 0.3
    await registers_ana(world)
    await told_once(world, OWNER, ANA)
    await in_feed(world, OWNER, ANA)


async def test_7_news_of_what_never_is_on_record_is_noticed(deployed: Deployed) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    dashboard.commits_after = None
    await registers_ana(world)
    with pytest.raises(AssertionError, match="the activity feed shows 0 times"):
        await in_feed(world, OWNER, ANA)


async def test_8_whoever_is_invited_again_is_refused_and_not_failed(deployed: Deployed) -> None:
    _, world = deployed
    owner, _ = await world.actors([OWNER, TEACHER])
    await owner.do(owner.sign_in())
    invite = owner.ability(Invites).invite
    await owner.do(invite(TEACHER))
    await owner.attempt(invite(TEACHER))
    assert "pending invitation" in await owner.was_refused()


async def test_10_news_that_comes_with_the_opening_of_the_dashboard_is_not_missed(deployed: Deployed) -> None:
    dashboard, world = deployed
    dashboard.tells_at_once = True
    owner = await world.actor(OWNER)
    await owner.do(owner.sign_in())
    await owner.do(owner.connect())
    await owner.receives(News("student", "A"))


@pytest.mark.parametrize(
    ("frame", "trouble"),
    [
        ({"type": "coffee_ready", "data": {}}, "no type 'coffee_ready'"),
        ({"type": "activity_new"}, "does not carry its data"),
    ],
)
async def test_11_messages_that_nobody_knows_are_told_as_that(
    deployed: Deployed, frame: dict[str, Any], trouble: str
) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    await dashboard.sockets[1][0].send_json(frame)
    await registers_ana(world)
    with pytest.raises(AssertionError, match=trouble):
        await told_in_form(world, OWNER)


async def test_11_when_all_connections_of_a_school_die_it_is_told_as_that(deployed: Deployed) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    owner = await world.actor(OWNER)
    await dashboard.sockets[1][0].close(code=1011)
    await owner.inbox.expect(Disconnected, within=1.0)
    assert not owner.is_connected


async def test_13_pings_are_answered(deployed: Deployed) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    await dashboard.sockets[1][0].ping()
    assert await clock.until(lambda: dashboard.pongs == 1, within=1.0)


async def test_14_that_the_owner_of_one_school_can_become_admin_of_another_is_noticed(deployed: Deployed) -> None:
    _, world = deployed
    _, other = await world.actors([OWNER, OTHER])
    await other.do(other.sign_in())
    await other.attempt(other.ability(TurnsIntrudersAway).intrude("become an admin", OWNER))
    with pytest.raises(AssertionError, match=f"{OTHER} was to be refused"):
        await other.was_refused()


async def test_15_a_server_that_stalls_is_told_from_one_that_refuses(deployed: Deployed) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    owner = await world.actor(OWNER)
    dashboard.stall = LIMITS["response"] + 1
    await owner.attempt(owner.ability(RunsSchool).register_student("Ana"))
    dashboard.stall = 0.0
    with pytest.raises(AssertionError, match="not refused but turned away: no answer"):
        await owner.was_refused()


async def test_a_figure_that_nobody_agreed_on_is_told_as_such_and_ends_nothing() -> None:
    reader = DashboardParser({"figures": "metrics_update"}, str)
    told = {"parent_count": {"total": 3, "change": 1}, "student_count": {"total": 1, "change": 0}}
    (what,) = reader.read(json.dumps({"type": "metrics_update", "data": told}))
    assert str(what) == "a message in the wrong form: there is no figure 'parent_count'"


async def test_a_system_does_not_serve_while_nobody_gets_a_live_connection(deployed: Deployed) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    dashboard.redis_down = True
    await world.sut.serves(within=0.1, let_in=False)
    with pytest.raises(EnvironmentFailure, match="does not serve within"):
        await world.sut.serves(within=0.1)
    assert dashboard.opened == 1


async def test_what_the_first_connection_fails_over_is_left_to_the_step_that_asks_about_it(deployed: Deployed) -> None:
    dashboard, world = deployed
    await world.all_come_online([OWNER])
    owner = await world.actor(OWNER)
    dashboard.broken_connections = 1
    await world.sut.serves(within=1.0, let_in=False)
    with pytest.raises(AssertionError, match=rf"{OWNER} did not succeed: .*500"):
        await owner.do(connect_everywhere(owner))
    dashboard.broken_connections = 1
    await world.sut.serves(within=1.0)
    await owner.do(connect_everywhere(owner))


async def test_a_teacher_holds_classes_under_the_number_of_a_profile_that_comes_by_invitation(
    deployed: Deployed,
) -> None:
    _, world = deployed
    owner, _ = await world.actors([OWNER, TEACHER])
    await owner.do(owner.come_online())
    await owner.do(owner.ability(Appoints).appoint(TEACHER, "a teacher"))
    await owner.do(owner.ability(RunsSchool).plan_class(TEACHER))
    await told_once(world, OWNER, happening("a class of the teacher has been planned"))


async def test_a_dashboard_that_opens_in_another_way_is_an_answer_and_no_refusal_is_waited_for(
    deployed: Deployed,
) -> None:
    owner = await deployed.world.actor(OWNER)
    await owner.do(owner.sign_in())
    await owner.attempt(owner.open(owner.ability(GuardsSchools).connect_as("a browser")))
    with pytest.raises(AssertionError, match="was to be refused, but was given: a live connection"):
        await owner.was_refused()
    await owner.attempt(owner.open(owner.ability(GuardsSchools).connect_as("a script")))
    assert "403" in await owner.was_refused()


async def test_a_session_is_shortened_by_a_command_which_alone_is_told_of_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    line = f'printf "%s %s" "$SESSION" "$WITHIN" > {tmp_path}/shortened'
    async with deployed_dashboard(tmp_path) as (dashboard, address):
        monkeypatch.setenv("DASHBOARD_ADDRESS", address)
        monkeypatch.setenv("DASHBOARD_MAIL", str(tmp_path))
        profile = profiles.deployed("dashboard", limits=LIMITS, shorten_session=line)
        async with profiles.world_on(DashboardSystem(profile, {})) as world:
            owner = await world.actor(OWNER, lifetime=2.5)
            await owner.do(owner.sign_in())
            other = await world.actor(OTHER)
            await other.do(other.sign_in())
            assert (tmp_path / "shortened").read_text() == f"{owner.token} 2.5"
            assert owner.token in dashboard.sessions
            assert "$SESSION" in str(world.transcript)
            assert owner.token not in str(world.transcript)


async def test_lifetimes_that_cannot_be_chosen_are_said_before_anybody_signs_up(deployed: Deployed) -> None:
    dashboard, world = deployed
    with pytest.raises(NotSupported, match="does not let the lifetime of sessions be chosen"):
        await world.actor(OWNER, lifetime=2.0)
    assert not dashboard.users


def test_how_long_a_class_lasts_is_read_in_hours_and_may_be_left_out() -> None:
    actor = {"id": 1, "name": "Rui", "email": "rui@example.com", "role": "teacher"}
    entry = {"activity_type": "class_created", "timestamp": "2030-01-07T10:00:00Z", "actor": actor, "target": None}
    reader = DashboardParser({"activity": "activity_new"}, str)
    for duration, minutes in (("0.75", 45.0), ("1:30", None), (None, None)):
        told = entry | {"id": str(uuid4()), "metadata": {"duration": duration}, "description": "Rui planned a class"}
        (news,) = reader.activity(told)
        assert isinstance(news, News)
        assert news.minutes == minutes


def test_it_is_today_where_the_system_is() -> None:
    days = [DashboardOptions(time_zone=zone).today() for zone in ("Etc/GMT+12", "Etc/GMT-14")]
    assert (days[1] - days[0]).days in (1, 2)
