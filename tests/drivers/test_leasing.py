"""People can be given accounts that exist already, in every system."""

from pathlib import Path

import pytest

from support.config.profile import LeasedAccount
from support.core.errors import SuiteError
from support.core.events import News, Post, Posted
from support.drivers.capabilities.collaboration import HasPlaces
from support.drivers.capabilities.school import RunsSchool
from support.environments.systems.broker import BrokerSystem
from support.environments.systems.dashboard import DashboardSystem
from support.environments.systems.threads import ThreadsSystem
from support.environments.systems.training import TrainingSystem
from support.scenario.tasks import training_user, workspace
from support.scenario.tasks.silence import no_more
from support.scenario.world import World
from tests.drivers.deployed import deployed
from tests.drivers.deployed_dashboard import deployed_dashboard
from tests.drivers.deployed_threads import deployed_threads
from tests.drivers.deployed_training import deployed_training

OWNER = "the school owner"
ROOM = 'the room "Launch"'
LIMITS = {"response": 2.0, "delivery": 1.0}


async def test_the_owner_of_a_school_that_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with deployed_dashboard(tmp_path) as (dashboard, address):
        dashboard.users["head@example.com"] = {"id": 40, "email": "head@example.com", "name": "Head"}
        dashboard.owner_of |= {1: "somebody@example.com", 7: "head@example.com"}
        monkeypatch.setenv("DASHBOARD_ADDRESS", address)
        monkeypatch.setenv("DASHBOARD_MAIL", str(tmp_path))
        accounts = [LeasedAccount(login="head@example.com", role=OWNER)]
        sut = DashboardSystem(deployed("dashboard", limits=LIMITS, accounts=accounts), {})
        await sut.open()
        world = World("a scenario", sut)
        await world.all_come_online([OWNER])
        owner = await world.actor(OWNER)
        await owner.do(owner.ability(RunsSchool).register_student("Ana"))
        await owner.inbox.expect(News, within=1.0)
        assert list(dashboard.feed) == [7]
        assert len(dashboard.users) == 1
        await world.leave()
        await sut.close()


async def test_people_of_a_company_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    async with deployed_threads() as (threads, address):
        people = {"boss": "owner", "one": "member", "two": "member", "stagehand": "member"}
        for name, position in people.items():
            threads._add({"email": f"{name}@example.com", "password": f"{name}-pass"}, company="c1", role=position)
            monkeypatch.setenv(f"PW_{name.upper()}", f"{name}-pass")
        monkeypatch.setenv("THREADS_ADDRESS", address)
        accounts = [LeasedAccount(login=f"{name}@example.com", password_env=f"PW_{name.upper()}") for name in people]
        accounts[0].role = "the company owner"
        sut = ThreadsSystem(deployed("threads", limits=LIMITS, accounts=accounts), {})
        await sut.open()
        world = World("a scenario", sut)
        await world.all_come_online(["user A", "user B", "the company owner"])
        one, other = world.cast["user A"], world.cast["user B"]
        await one.do(one.ability(HasPlaces).open_place(ROOM, ["user B"]))
        await workspace.drain(world)
        await one.do(one.send("Shall we begin?", ROOM))
        await other.receives(Posted("user A", "Shall we begin?", ROOM))
        await no_more(world, ["the company owner"], Post)
        assert len(threads.users) == 4
        await world.leave()
        await sut.close()


async def test_names_that_have_been_agreed_upon(monkeypatch: pytest.MonkeyPatch) -> None:
    async with deployed_training() as (training, address):
        monkeypatch.setenv("TRAINING_ADDRESS", address)
        sut = TrainingSystem(deployed("training", limits=LIMITS, accounts=[LeasedAccount(login="pilot_user_1")]), {})
        await sut.open()
        world = World("a scenario", sut)
        await training_user.train(await world.actor("pilot user 1"), ["claim handling"])
        assert training.sessions[1]["user_id"] == "pilot_user_1"
        await world.leave()
        await sut.close()


async def test_in_the_broker_they_are_clients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PROXY", "MAIN"):
        monkeypatch.setenv(f"BROKER_{name}", "http://127.0.0.1:1")
    monkeypatch.setenv("BROKER_AUTHORITY", "ca.pem")
    monkeypatch.setenv("BROKER_CLIENTS", str(tmp_path))
    monkeypatch.setenv("BROKER_ADMIN_PASSWORD", "root")
    sut = BrokerSystem(deployed("broker", accounts=[LeasedAccount(login="acme")]), {})
    with pytest.raises(SuiteError, match=r"name them in driver\.clients"):
        await sut.open()
