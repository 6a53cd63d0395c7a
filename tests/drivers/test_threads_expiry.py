"""Sessions of ThreadFileSharing that end soon: for one scenario, by a setting of the profile, or all of them."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from support.config.access import Setting
from support.core.errors import NotSupported
from support.drivers.capabilities.probing import TakesRequests
from support.drivers.capabilities.sessions import RefreshesSessions
from support.environments.systems.threads import ThreadsSystem
from support.scenario.tasks import reconfiguration
from support.scenario.world import World
from tests.drivers import deployed as profiles
from tests.drivers.deployed_threads import DeployedThreads, deployed_threads
from tests.drivers.test_threads_quirks import LIMITS

RENEW = "POST /auth/refresh"


@pytest.fixture
async def threads(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[DeployedThreads]:
    async with deployed_threads() as (threads, address):
        monkeypatch.setenv("THREADS_ADDRESS", address)
        yield threads


async def online(world: World, role: str, lifetime: float | None = None) -> None:
    actor = await world.actor(role, lifetime)
    await actor.do(actor.come_online())


async def test_a_setting_of_the_profile_makes_sessions_short_for_one_scenario(
    threads: DeployedThreads, tmp_path: Path
) -> None:
    short = tmp_path / "short"
    profile = profiles.deployed("threads", limits=LIMITS)
    profile.systems["threads"].settings[reconfiguration.SHORT_SESSIONS] = Setting(
        change=f"touch {short}", back=f"rm {short}"
    )
    async with profiles.world_on(ThreadsSystem(profile, {})) as world:
        await reconfiguration.have_short_sessions(world)
        assert short.exists()
        await online(world, "user A", lifetime=5.0)
        await world.restore_all()
        assert not short.exists()


async def test_without_such_a_setting_nobody_has_a_session_of_a_chosen_length(threads: DeployedThreads) -> None:
    async with profiles.world_on(ThreadsSystem(profiles.deployed("threads", limits=LIMITS), {})) as world:
        await reconfiguration.have_short_sessions(world)
        with pytest.raises(NotSupported, match="no way to choose the lifetime of sessions"):
            await world.actor("user A", 5.0)


async def test_a_session_that_is_about_to_end_is_renewed_unless_it_is_watched(threads: DeployedThreads) -> None:
    threads.sessions_last = 1.5  # less than what a client waits for
    profile = profiles.deployed("threads", limits=LIMITS, sessions_last=1.5)
    async with profiles.world_on(ThreadsSystem(profile, {})) as world:
        await online(world, "user A", lifetime=1.5)
        await online(world, "user B")
        for role, renewed in (("user A", False), ("user B", True)):
            threads.asked.clear()
            await world.cast[role].ability(TakesRequests).look_at_oneself()
            assert (RENEW in threads.asked) is renewed
        one = world.cast["user B"]
        with one.presenting("another token"):
            threads.asked.clear()
            with pytest.raises(Exception):  # noqa: B017, PT011 - the stand-in falls over it
                await one.ability(TakesRequests).look_at_oneself()
            assert RENEW not in threads.asked
        assert one.ability(RefreshesSessions).refresh_token
