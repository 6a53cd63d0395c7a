"""People who are not as they came do not stay online for the next scenario."""

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest

from support.scenario.tasks.server_knowledge import end_session
from support.scenario.tasks.signs_of_life import fall_silent, signal_for
from support.scenario.world import World
from tests.drivers.staying_online import Deployed, play, signs_out, staying_online, two_are_online


@pytest.fixture
async def deployed(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Deployed]:
    async with staying_online(monkeypatch) as deployed:
        yield deployed


async def _is_logged_out(world: World) -> None:
    await end_session(world, await world.actor("user A"))


async def _listens_in(world: World) -> None:
    await (await world.actor("user A")).listen_in("user B", "user C")


async def _falls_silent(world: World) -> None:
    fall_silent(await world.actor("user A"))


async def _speaks_for_another(world: World) -> None:
    signal_for(await world.actor("user A"), "user B")


async def _signs_in_again(world: World) -> None:
    await (await world.actor("user A")).sign_in()


async def _connects_again(world: World) -> None:
    await (await world.actor("user A")).connect()


async def _goes_away(world: World) -> None:
    await (await world.actor("user A")).go_away()


@pytest.mark.parametrize(
    "does",
    [
        signs_out,
        _is_logged_out,
        _listens_in,
        _falls_silent,
        _speaks_for_another,
        _signs_in_again,
        _connects_again,
        _goes_away,
    ],
)
async def test_who_is_not_as_they_came_does_not_stay(
    does: Callable[[World], Awaitable[None]], deployed: Deployed
) -> None:
    world = await play(deployed.scenario("1.2"), two_are_online, does)
    a, b = world.cast["user A"], world.cast["user B"]
    assert (deployed.lobby.has(a.account), deployed.lobby.has(b.account)) == (False, True)
