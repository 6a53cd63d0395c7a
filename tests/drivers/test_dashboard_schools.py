"""The deployed dashboard lists schools in pages, and each page is read (contracts/dashboard.md, section 2.8)."""

from pathlib import Path

import pytest

from support.config.profile import LeasedAccount
from support.drivers.capabilities.school import ListsSchools, RunsSchool
from support.environments.systems.dashboard import DashboardSystem
from support.scenario.world import World
from tests.drivers import deployed as profiles
from tests.drivers.deployed_dashboard import DeployedDashboard, deployed_dashboard

OWNER, OTHER = "the school owner", "the owner of another school"
LIMITS = {"response": 2.0, "delivery": 1.0}


@pytest.fixture
def mail(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DASHBOARD_MAIL", str(tmp_path))
    return tmp_path


async def test_every_page_is_read(mail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with deployed_dashboard(mail) as (dashboard, address):
        monkeypatch.setenv("DASHBOARD_ADDRESS", address)
        async with profiles.world_on(DashboardSystem(profiles.deployed("dashboard", limits=LIMITS), {})) as world:
            assert await _listed_to_whom_both_belong(dashboard, world) == [1, 1]


async def _listed_to_whom_both_belong(dashboard: DeployedDashboard, world: World) -> list[int]:
    owner, _ = await world.actors([OWNER, OTHER])
    await owner.do(owner.sign_in())
    dashboard.owner_of |= dict.fromkeys(dashboard.owner_of, owner.account.login)
    return [await owner.do(owner.ability(ListsSchools).times_listed(whose)) for whose in (OWNER, OTHER)]


async def test_the_owner_of_an_account_is_found_in_their_school(mail: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    login = "owner@example.com"
    async with deployed_dashboard(mail) as (dashboard, address):
        monkeypatch.setenv("DASHBOARD_ADDRESS", address)
        dashboard.users[login] = {"id": 7, "email": login, "name": "Owner"}
        dashboard.owner_of |= {3: "other@example.com", 4: login}
        profile = profiles.deployed("dashboard", limits=LIMITS, accounts=[LeasedAccount(login=login)])
        async with profiles.world_on(DashboardSystem(profile, {})) as world:
            owner = await world.actor(OWNER)
            await owner.do(owner.sign_in())
            await owner.do(owner.ability(RunsSchool).register_student("Ana"))
    assert [entry["target"]["name"] for entry in dashboard.feed[4]] == ["Ana"]
