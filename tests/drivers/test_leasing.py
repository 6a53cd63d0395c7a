"""People can be given accounts that exist already, in every system."""

from pathlib import Path

import pytest

from support.config.profile import LeasedAccount
from support.core.errors import SuiteError
from support.core.events import News, Post, Posted
from support.drivers.capabilities.collaboration import HasPlaces
from support.drivers.capabilities.school import RunsSchool
from support.environments.systems.broker import BrokerStage
from support.environments.systems.dashboard import DashboardStage
from support.environments.systems.threads import ThreadsStage
from support.environments.systems.training import TrainingStage
from support.scenario.tasks import training_user, workspace
from support.scenario.world import Scene
from tests.drivers.deployed import deployed
from tests.drivers.deployed_dashboard import deployed_dashboard
from tests.drivers.deployed_threads import deployed_threads
from tests.drivers.deployed_training import deployed_training

OWNER = "the school owner"
ROOM = 'the room "Launch"'
BARS = {"response": 2.0, "delivery": 1.0}


async def test_the_owner_of_a_school_that_there_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with deployed_dashboard(tmp_path) as (dashboard, address):
        dashboard.users["head@example.com"] = {"id": 40, "email": "head@example.com", "name": "Head"}
        dashboard.owner_of |= {1: "somebody@example.com", 7: "head@example.com"}
        monkeypatch.setenv("DASHBOARD_ADDRESS", address)
        monkeypatch.setenv("DASHBOARD_MAIL", str(tmp_path))
        accounts = [LeasedAccount(login="head@example.com", role=OWNER)]
        stage = DashboardStage(deployed("dashboard", bars=BARS, accounts=accounts), {})
        await stage.open()
        scene = Scene("a scenario", stage)
        await scene.all_come_online([OWNER])
        owner = await scene.actor(OWNER)
        await owner.do(owner.able(RunsSchool).register_student("Ana"))
        await owner.inbox.expect(News, within=1.0)
        assert list(dashboard.feed) == [7]
        assert len(dashboard.users) == 1
        await scene.leave()
        await stage.close()


async def test_people_of_a_company_that_there_is(monkeypatch: pytest.MonkeyPatch) -> None:
    async with deployed_threads() as (threads, address):
        people = {"boss": "owner", "one": "member", "two": "member", "stagehand": "member"}
        for name, position in people.items():
            threads._add({"email": f"{name}@example.com", "password": f"{name}-pass"}, company="c1", role=position)
            monkeypatch.setenv(f"PW_{name.upper()}", f"{name}-pass")
        monkeypatch.setenv("THREADS_ADDRESS", address)
        accounts = [LeasedAccount(login=f"{name}@example.com", password_env=f"PW_{name.upper()}") for name in people]
        accounts[0].role = "the company owner"
        stage = ThreadsStage(deployed("threads", bars=BARS, accounts=accounts), {})
        await stage.open()
        scene = Scene("a scenario", stage)
        await scene.all_come_online(["user A", "user B", "the company owner"])
        one, other = scene.cast["user A"], scene.cast["user B"]
        await one.do(one.able(HasPlaces).open_place(ROOM, ["user B"]))
        await workspace.hush(scene)
        await one.do(one.send("Shall we begin?", ROOM))
        await other.receives(Posted("user A", "Shall we begin?", ROOM))
        await scene.no_more(["the company owner"], Post)
        assert len(threads.users) == 4
        await scene.leave()
        await stage.close()


async def test_names_that_have_been_agreed_upon(monkeypatch: pytest.MonkeyPatch) -> None:
    async with deployed_training() as (training, address):
        monkeypatch.setenv("TRAINING_ADDRESS", address)
        stage = TrainingStage(deployed("training", bars=BARS, accounts=[LeasedAccount(login="pilot_user_1")]), {})
        await stage.open()
        scene = Scene("a scenario", stage)
        await training_user.train(await scene.actor("pilot user 1"), ["claim handling"])
        assert training.sessions[1]["user_id"] == "pilot_user_1"
        await scene.leave()
        await stage.close()


async def test_in_the_broker_they_are_clients(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("PROXY", "MAIN"):
        monkeypatch.setenv(f"BROKER_{name}", "http://127.0.0.1:1")
    monkeypatch.setenv("BROKER_AUTHORITY", "ca.pem")
    monkeypatch.setenv("BROKER_CLIENTS", str(tmp_path))
    monkeypatch.setenv("BROKER_ADMIN_PASSWORD", "root")
    stage = BrokerStage(deployed("broker", accounts=[LeasedAccount(login="acme")]), {})
    with pytest.raises(SuiteError, match=r"name them in driver\.clients"):
        await stage.open()
