"""A compose deployment: found, told of its secrets, and left as it should be; or one clear line about why not."""

import asyncio
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from support.core import clock
from support.core.errors import EnvironmentFailure, NotSupported
from support.drivers.chat import Chat, ChatOptions
from support.environments.compose import docker_cli as engine_module
from support.environments.compose.deployment import ComposeDeployment
from support.environments.compose.environment_secrets import is_inside, learn
from support.environments.compose.file_sync import FileSync
from tests.compose.conftest import Engine

ADDRESSES = {"chat server": "http://127.0.0.1:7101"}
SERVICES = {"chat server": ["chat"], "Redis": ["redis"]}


@pytest.fixture
def outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The suite has fetched the project's secrets."""
    monkeypatch.setenv("PLAY_FETCHED", "yes")


async def test_its_containers_are_found_and_what_was_left_hanging_is_put_right(engine: Engine, outside: None) -> None:
    engine.has("chat", Running=False)
    engine.has("redis", Paused=True)
    deployment = ComposeDeployment(ADDRESSES, SERVICES)
    await deployment.open()
    assert {*deployment.controls} == {*deployment.logs} == {"chat server", "Redis"}
    assert deployment.versions["Redis"] == "redis:7"
    assert engine.one("chat").running
    assert not engine.one("redis").paused


async def test_a_run_that_is_ended_in_the_midst_of_a_fault_leaves_nothing_hanging(
    engine: Engine, outside: None
) -> None:
    engine.has("chat")
    engine.has("redis")
    deployment = ComposeDeployment(ADDRESSES, SERVICES)
    await deployment.open()
    await deployment.controls["Redis"].pause()
    await deployment.controls["chat server"].cut()
    await deployment.close()
    assert not engine.one("redis").paused
    assert engine.one("chat").networks


async def test_a_service_that_is_not_there_is_said_with_those_that_are(engine: Engine, outside: None) -> None:
    engine.has("chat")
    with pytest.raises(EnvironmentFailure, match="no container of the service 'redis', only of chat: is all up"):
        await ComposeDeployment(ADDRESSES, SERVICES).open()


async def test_within_the_project_nothing_is_asked_and_nothing_can_be_handled(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLAY_KEYS", "/keys")
    monkeypatch.delenv("PLAY_FETCHED", raising=False)
    deployment = ComposeDeployment(ADDRESSES, SERVICES)
    await deployment.open()
    await deployment.close()
    assert deployment.controls == {}
    assert engine.state["told"] == []


@pytest.mark.parametrize("state", [{}, {"Running": False}])
def test_a_project_that_is_not_up_is_said_with_what_brings_it_up(engine: Engine, state: dict[str, bool]) -> None:
    if state:
        engine.has("chat", **state)
    with pytest.raises(EnvironmentFailure, match=r"the compose project is not up: `docker compose up -d` first"):
        learn({})


def test_a_machine_without_docker_is_said_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFailure, match="there is no `docker` on PATH"):
        engine_module.compose()


def test_the_older_compose_is_taken_where_there_is_no_newer(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(engine.program.parent))
    engine.set(trouble={"compose": "docker: 'compose' is not a docker command."})
    with pytest.raises(EnvironmentFailure, match="neither `docker compose` nor `docker-compose`"):
        engine_module.compose()
    older = engine.program.with_name("docker-compose")
    older.write_text("#!/bin/sh\n")
    older.chmod(0o755)
    assert engine_module.compose() == ["docker-compose"]


def test_an_engine_that_does_not_answer_is_said_in_its_own_words(engine: Engine) -> None:
    engine.has("chat")
    engine.set(trouble={"inspect": "Cannot connect to the Docker daemon"})
    with pytest.raises(
        EnvironmentFailure, match=r"`docker inspect chat-id` failed .*Cannot connect to the Docker daemon"
    ):
        learn({})


def test_the_secrets_are_fetched_into_a_folder_and_the_environment(engine: Engine, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "admin").write_text("s3cret\n")
    (kept / "ca.pem").write_text("certificate")
    engine.has("keys", {"earshot.keys": str(kept)})
    environment: dict[str, str] = {}
    learn(environment)
    assert environment["PLAY_ADMIN"] == "s3cret"
    assert (Path(environment["PLAY_KEYS"]) / "ca.pem").read_text() == "certificate"
    assert Path(environment["PLAY_MAIL"]).is_dir()
    assert not is_inside(environment)
    before = dict(environment)
    learn(environment)
    assert environment == before, "fetched once"
    shutil.rmtree(Path(environment["PLAY_KEYS"]).parent)


async def test_mail_in_a_container_appears_here_and_old_mail_does_not(engine: Engine, tmp_path: Path) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    here.mkdir()
    (there / "old.log").write_text("of another run")
    engine.has("keys")
    python = engine.program.with_name("python")
    python.symlink_to(sys.executable)
    mirror = FileSync("keys-id", str(there), here)
    await mirror.open()
    (there / "new.log").write_text("your code is 123456\n")
    assert await clock.until(lambda: (here / "new.log").exists(), within=10)
    await mirror.close()
    assert (here / "new.log").read_text() == "your code is 123456\n"
    assert [*here.iterdir()] == [here / "new.log"]


async def test_a_container_that_shows_no_mail_is_said_so(engine: Engine, tmp_path: Path) -> None:
    engine.has("keys", Paused=True)
    with pytest.raises(EnvironmentFailure, match="container keys-id does not run"):
        await FileSync("keys-id", "/mail", tmp_path).open()


async def test_a_mirror_ends_with_whoever_looks_into_it(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "support.environments.compose.file_sync", str(tmp_path)]
    shown = await asyncio.create_subprocess_exec(*command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert shown.stdout is not None
    assert shown.stdin is not None
    await shown.stdout.readline()
    shown.stdin.close()
    async with asyncio.timeout(10):
        assert await shown.wait() == 0


async def test_who_there_is_is_not_judged_where_an_earlier_run_may_have_left_people() -> None:
    known = {"response": 1.0, "keep_alive": 1.0}
    assert "Admin" in Chat("http://127.0.0.1:1", ChatOptions(), **known).everybody()
    with pytest.raises(NotSupported, match="accounts here that this run does not know"):
        Chat("http://127.0.0.1:1", ChatOptions(others=True), **known).everybody()
