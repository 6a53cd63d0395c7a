"""`earshot new-system`: what it writes is as good as what is there, and it never writes over anything."""

import asyncio
import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web

from support.cli import scaffold
from support.core.errors import SuiteError

ROOT = Path(__file__).parents[2]
PARTS = ("support", "steps", "features", "profiles", "docs", ".vscode", "environment.py", "pyproject.toml")


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of this checkout with a system called helpdesk."""
    copy = tmp_path_factory.mktemp("newsystem") / "checkout"
    copy.mkdir()
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(ROOT / part, copy)
    assert scaffold.main("helpdesk", copy) == 0
    return copy


def run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a Python module in the copy, with the copy's own code."""
    environment = os.environ | {"PYTHONPATH": str(checkout), "EARSHOT_PROFILE": "embedded"}
    return subprocess.run(
        [sys.executable, "-m", *command], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


def test_the_skeleton_passes_ruff(checkout: Path) -> None:
    places = ["support/drivers/helpdesk", "support/environments/systems"]
    found = run(checkout, "ruff", "check", *places)
    assert found.returncode == 0, found.stdout
    found = run(checkout, "ruff", "format", "--check", *places)
    assert found.returncode == 0, found.stdout


def test_the_skeleton_passes_mypy(checkout: Path) -> None:
    found = run(checkout, "mypy", "-m", "support.drivers.helpdesk.driver", "-m", "support.environments.systems")
    assert found.returncode == 0, found.stdout


def test_the_skeleton_passes_lint_and_leaves_no_requirement_without_scenario(checkout: Path) -> None:
    earshot = "import sys; from support.cli.main import main; sys.argv = ['earshot', *{!r}]; main()"
    for command in (["steps", "--write"], ["lint"], ["trace", "helpdesk", "--check"]):
        found = subprocess.run(
            [sys.executable, "-c", earshot.format(command)],
            cwd=checkout,
            env=os.environ | {"PYTHONPATH": str(checkout)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert found.returncode == 0, found.stdout + found.stderr


def test_a_system_without_a_reference_back_end_is_not_named_among_those_that_have_one(checkout: Path) -> None:
    (checkout / "reference" / "chat").mkdir(parents=True)
    code = "from support.environments.systems import REFERENCES, SYSTEMS; print('helpdesk' in SYSTEMS, REFERENCES)"
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    shutil.rmtree(checkout / "reference")
    assert found.stdout == "True ('chat',)\n", found.stdout + found.stderr


class Helpdesk:
    """A server that speaks what the skeleton's driver speaks."""

    def __init__(self) -> None:
        self.accounts: dict[str, str] = {}
        self.online: dict[str, web.WebSocketResponse] = {}
        self.loses_messages = False

    async def register(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.accounts[body["login"]] = body["password"]
        return web.json_response({}, status=201)

    async def sign_in(self, request: web.Request) -> web.Response:
        body = await request.json()
        if self.accounts.get(body["login"]) != body["password"]:
            return web.json_response({"detail": "wrong password"}, status=401)
        return web.json_response({"token": f"session of {body['login']}", "login": body["login"]}, status=201)

    async def live(self, request: web.Request) -> web.WebSocketResponse:
        me = request.headers["Authorization"].removeprefix("Bearer session of ")
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        for other in self.online.values():
            await other.send_json({"type": "presence", "who": me, "online": True})
        self.online[me] = socket
        async for frame in socket:
            said = frame.json()
            if said["to"] not in self.online:
                await socket.send_json({"type": "rejected", "why": "there is no such user"})
                continue
            if not self.loses_messages:
                await self.online[said["to"]].send_json({"type": "message", "from": me, "text": said["text"]})
            await socket.send_json({"type": "taken"})
        self.online.pop(me)
        return socket


@asynccontextmanager
async def helpdesk(server: Helpdesk) -> AsyncIterator[str]:
    """Its address, while it runs."""
    application = web.Application()
    application.add_routes([web.post("/accounts", server.register), web.post("/sessions", server.sign_in)])
    application.add_routes([web.get("/live", server.live)])
    runner = web.AppRunner(application)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def play(checkout: Path, address: str) -> subprocess.CompletedProcess[str]:
    profile = checkout / "profiles" / "helpdesk.toml"
    profile.write_text(re.sub('http://[^"]*', address, profile.read_text()))
    played = ("-D", "profile=helpdesk", "-D", "allure=off", "features/helpdesk")
    return await asyncio.to_thread(run, checkout, "behave", *played)


async def test_its_first_scenarios_are_green_on_a_server_that_speaks_as_the_skeleton_does(checkout: Path) -> None:
    async with helpdesk(Helpdesk()) as address:
        found = await play(checkout, address)
    assert found.returncode == 0, found.stdout
    assert "4 scenarios passed, 0 failed" in found.stdout


async def test_a_message_that_is_lost_turns_its_scenario_red(checkout: Path) -> None:
    server = Helpdesk()
    server.loses_messages = True
    async with helpdesk(server) as address:
        found = await play(checkout, address)
    assert found.returncode == 1, found.stdout
    assert "user B did not get message" in found.stdout


def test_a_driver_that_signs_in_sends_receives_and_tells_presence_is_short(checkout: Path) -> None:
    files = (checkout / "support/drivers/helpdesk").iterdir()
    assert sum(len(path.read_text().splitlines()) for path in files if path.suffix == ".py") <= 200


async def test_where_nothing_listens_it_says_so(checkout: Path) -> None:
    found = await play(checkout, "http://127.0.0.1:1")
    assert found.returncode != 0
    assert "helpdesk: the system at http://127.0.0.1:1 does not serve within 3 s" in found.stdout


async def test_a_driver_for_a_spec_that_is_there_touches_its_folder_one_list_and_its_profile(checkout: Path) -> None:
    assert scaffold.main("pager", checkout, plays="chat") == 0
    places = ["support/drivers/pager", "support/environments/systems"]
    for command in (["check"], ["format", "--check"]):
        assert (found := run(checkout, "ruff", *command, *places)).returncode == 0, found.stdout
    assert (found := run(checkout, "mypy", "-m", "support.drivers.pager.driver")).returncode == 0, found.stdout
    async with helpdesk(Helpdesk()) as address:
        profile = checkout / "profiles" / "pager.toml"
        profile.write_text(profile.read_text().replace("http://127.0.0.1:8000", address))
        wanted = "3.1 A message reaches|3.2 Messages sent without a pause|3.7 A message|X13 A user who writes"
        played = ("-D", "profile=pager", "-D", "allure=off", "features/chat", "--name", wanted)
        found = await asyncio.to_thread(run, checkout, "behave", *played)
    assert found.returncode == 0, found.stdout
    assert "4 passed on chat of profile pager" in found.stdout


def test_no_other_run_takes_the_new_system_with_it(checkout: Path) -> None:
    assert "helpdesk" not in (checkout / "profiles" / "embedded.toml").read_text()
    assert "speaks" not in (checkout / "profiles" / "helpdesk.toml").read_text()


def test_a_verb_without_a_connection_is_no_refusal_of_the_server(checkout: Path) -> None:
    code = """
import asyncio
from support.core.inbox import Inbox
from support.core.people import People
from support.core.redaction import Redactor
from support.core.transcript import Transcript
from support.drivers.clients.http import Http
from support.drivers.helpdesk.client import HelpdeskClient
from support.drivers.kit.scenario_user import ScenarioUser
async def send():
    http = Http("http://127.0.0.1:1", patience=1.0)
    try:
        client = HelpdeskClient(http, ScenarioUser("user A", People(), Transcript(Redactor()), Inbox("user A")))
        await client.send("Hello", "user B")
    except Exception as error:
        print(type(error).__name__, error)
    await http.close()
asyncio.run(send())
"""
    environment = os.environ | {"PYTHONPATH": str(checkout)}
    found = subprocess.run(
        [sys.executable, "-c", code], cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )
    assert found.stdout.startswith("Unreachable user A has no live connection"), found.stdout + found.stderr


def test_a_spec_that_is_not_there_cannot_be_played(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="there is no spec 'chess' to play: it is one of chat, "):
        scaffold.main("pager", tmp_path, plays="chess")


@pytest.mark.parametrize("name", ["Helpdesk", "class", "../x", "a b", "9lives", "", "x"])
def test_a_name_that_will_not_do_changes_nothing(tmp_path: Path, name: str) -> None:
    with pytest.raises(SuiteError, match="is no name for a system"):
        scaffold.main(name, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_what_is_there_is_never_written_over(checkout: Path) -> None:
    before = (checkout / "profiles" / "helpdesk.toml").read_text()
    for name in ("helpdesk", "chat"):
        with pytest.raises(SuiteError, match="already"):
            scaffold.main(name, checkout)
    assert (checkout / "profiles" / "helpdesk.toml").read_text() == before


def test_outside_a_checkout_nothing_is_written(tmp_path: Path) -> None:
    with pytest.raises(SuiteError, match="no checkout"):
        scaffold.main("helpdesk", tmp_path)
    assert list(tmp_path.iterdir()) == []
