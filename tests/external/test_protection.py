"""A protected system is looked at and not changed: what could change it is refused before anything is sent."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.config.profile import load
from support.core.errors import NotCapable
from support.drivers.capabilities.connections import Connects
from support.environments.systems.chat import ChatStage
from support.scenario.world import Scene
from tests.external.standin import RecordedChat, profile, served

ACCOUNTS = '{ login = "Lisa", password_env = "PW", own = true }, { login = "Avi", password_env = "PW_AVI", own = true }'
LEASED = f"protected = true\naccounts = [{ACCOUNTS}]"
Protected = tuple[RecordedChat, Scene]


@pytest.fixture
async def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Protected]:
    monkeypatch.setenv("PW", "lisa-pass")
    monkeypatch.setenv("PW_AVI", "avi-pass")
    async with served() as (chat, address):
        commands = '[systems.chat.controls.Redis]\nstop = "exit 1"\nstart = "exit 1"'
        stage = ChatStage(load(profile(tmp_path, address, commands, accounts=LEASED)), {})
        await stage.open()
        scene = Scene("a scenario", stage)
        yield chat, scene
        await scene.leave()
        await stage.close()


async def test_people_sign_in_and_look(guarded: Protected) -> None:
    _, scene = guarded
    user = await scene.actor("user A")
    await user.do(user.sign_in())
    assert "Avi" in (await user.do(user.contacts())).everyone
    await user.do(user.connect())


async def test_what_would_change_something_is_not_even_sent(guarded: Protected) -> None:
    chat, scene = guarded
    user, other = await scene.actors(["user A", "user B"])
    await user.do(user.sign_in())
    await user.do(user.connect())
    chat.asked.clear()
    joining = user.able(Connects).come_online
    for deed in (user.send("hello", other), joining(), user.listen_in("user B", "user B"), user.ask("x", "y")):
        with pytest.raises(NotCapable, match="this system is protected, and this would change it"):
            await user.attempt(deed)
    with pytest.raises(NotCapable, match="sign in with a wrong password"):
        await user.attempt(user.sign_in("a guess"))
    with pytest.raises(NotCapable, match="do something to Redis"):
        await scene.strike("Redis", "is stopped")
    with pytest.raises(NotCapable, match="end session"):
        await scene.end_session(other)
    assert (chat.asked, chat.joins, chat.online) == (set(), [], set())


async def test_nobody_is_registered_in_it(tmp_path: Path) -> None:
    async with served() as (_, address):
        stage = ChatStage(load(profile(tmp_path, address, accounts="protected = true")), {})
        await stage.open()
        with pytest.raises(NotCapable, match="would change it: register"):
            await Scene("a scenario", stage).actor("user A")
        await stage.close()


async def test_nobody_signs_in_to_an_account_that_is_not_the_suites_own(tmp_path: Path) -> None:
    async with served() as (chat, address):
        somebodys = 'protected = true\naccounts = [{ login = "Lisa", password_env = "HOME" }]'
        stage = ChatStage(load(profile(tmp_path, address, accounts=somebodys)), {})
        await stage.open()
        user = await Scene("a scenario", stage).actor("user A")
        chat.asked.clear()
        for deed in (user.sign_in(), user.sign_out()):
            with pytest.raises(NotCapable, match="in an account that the profile does not call the suite's own"):
                await user.attempt(deed)
        assert chat.asked == set()
        await stage.close()
