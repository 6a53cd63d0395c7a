"""A protected system is looked at and not changed: what could change it is refused before anything is sent."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.config.profile import load
from support.core.errors import NotSupported
from support.drivers.capabilities.connections import Connects
from support.environments.systems.chat import ChatSystem
from support.scenario.tasks.server_knowledge import end_session
from support.scenario.world import World
from tests.external.standin import RecordedChat, profile, served

ACCOUNTS = '{ login = "Lisa", password_env = "PW", own = true }, { login = "Avi", password_env = "PW_AVI", own = true }'
LEASED = f"protected = true\naccounts = [{ACCOUNTS}]"
Protected = tuple[RecordedChat, World]


@pytest.fixture
async def guarded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Protected]:
    monkeypatch.setenv("PW", "lisa-pass")
    monkeypatch.setenv("PW_AVI", "avi-pass")
    async with served() as (chat, address):
        commands = '[systems.chat.controls.Redis]\nstop = "exit 1"\nstart = "exit 1"'
        sut = ChatSystem(load(profile(tmp_path, address, commands, accounts=LEASED)), {})
        await sut.open()
        world = World("a scenario", sut)
        yield chat, world
        await world.leave()
        await sut.close()


async def test_people_sign_in_and_look(guarded: Protected) -> None:
    _, world = guarded
    user = await world.actor("user A")
    await user.do(user.sign_in())
    assert "Avi" in (await user.do(user.contacts())).everyone
    await user.do(user.connect())


async def test_what_would_change_something_is_not_even_sent(guarded: Protected) -> None:
    chat, world = guarded
    user, other = await world.actors(["user A", "user B"])
    await user.do(user.sign_in())
    await user.do(user.connect())
    chat.asked.clear()
    joining = user.ability(Connects).come_online
    for action in (user.send("hello", other), joining(), user.listen_in("user B", "user B"), user.ask("x", "y")):
        with pytest.raises(NotSupported, match="this system is protected, and this would change it"):
            await user.attempt(action)
    with pytest.raises(NotSupported, match="sign in with a wrong password"):
        await user.attempt(user.sign_in("a guess"))
    with pytest.raises(NotSupported, match="do something to Redis"):
        await world.outages.inject_fault("Redis", "is stopped")
    with pytest.raises(NotSupported, match="end session"):
        await end_session(world, other)
    assert (chat.asked, chat.joins, chat.online) == (set(), [], set())


async def test_nobody_is_registered_in_it(tmp_path: Path) -> None:
    async with served() as (_, address):
        sut = ChatSystem(load(profile(tmp_path, address, accounts="protected = true")), {})
        await sut.open()
        with pytest.raises(NotSupported, match="would change it: register"):
            await World("a scenario", sut).actor("user A")
        await sut.close()


async def test_nobody_signs_in_to_an_account_that_is_not_the_suites_own(tmp_path: Path) -> None:
    async with served() as (chat, address):
        somebodys = 'protected = true\naccounts = [{ login = "Lisa", password_env = "HOME" }]'
        sut = ChatSystem(load(profile(tmp_path, address, accounts=somebodys)), {})
        await sut.open()
        user = await World("a scenario", sut).actor("user A")
        chat.asked.clear()
        for action in (user.sign_in(), user.sign_out()):
            with pytest.raises(NotSupported, match="in an account that the profile does not call the suite's own"):
                await user.attempt(action)
        assert chat.asked == set()
        await sut.close()
