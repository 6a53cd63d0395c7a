"""A deployment opens whole or not at all, and closes whatever its state."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from support.core import clock
from support.core.errors import EnvironmentFailure
from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.redis import Redis
from support.environments.embedded.workspace import Workspace


class Small(EmbeddedDeployment):
    """A Redis, then a server with the arguments given."""

    workspace: Workspace

    def __init__(self, *arguments: str) -> None:
        super().__init__()
        self.arguments = arguments

    async def set_up(self, workspace: Workspace) -> None:
        self.workspace = workspace
        await self.start(Redis(workspace))
        await self.start(PythonServer("server", workspace, module="standin", arguments=self.arguments))

    def nothing_is_left(self) -> bool:
        return not any(control.running for control in self.controls.values()) and not self.workspace.path.exists()


@pytest.fixture
async def deployment(stand_in: str) -> AsyncIterator[Small]:
    small = Small()
    yield small
    await small.close()


async def test_it_tells_what_runs_under_the_names_people_use(deployment: Small) -> None:
    await deployment.open()
    assert set(deployment.controls) == set(deployment.versions) == set(deployment.logs) == {"Redis", "server"}
    assert all(control.running for control in deployment.controls.values())
    assert deployment.versions["server"].startswith("reference back end on Python 3.")


async def test_close_ends_all_in_every_state_and_may_be_called_again(deployment: Small) -> None:
    await deployment.open()
    await deployment.controls["Redis"].pause()
    await deployment.controls["server"].cut()
    started = clock.now()
    await asyncio.gather(deployment.close(), deployment.close())
    assert clock.now() - started < 2.0
    assert deployment.nothing_is_left()
    await deployment.close()


async def test_close_after_all_have_died(deployment: Small) -> None:
    await deployment.open()
    for control in deployment.controls.values():
        await control.kill()
    await deployment.close()
    assert deployment.nothing_is_left()


async def test_a_start_that_fails_ends_what_was_started(stand_in: str) -> None:
    deployment = Small("--fail")
    with pytest.raises(EnvironmentFailure, match="server did not start"):
        await deployment.open()
    assert set(deployment.controls) == {"Redis", "server"}
    assert deployment.nothing_is_left()


async def test_close_while_it_opens(deployment: Small) -> None:
    opening = asyncio.create_task(deployment.open())
    assert await clock.until(lambda: "Redis" in deployment.controls, within=2.0)
    await deployment.close()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert deployment.nothing_is_left()


async def test_a_close_before_any_opening_has_nothing_to_do(deployment: Small) -> None:
    await deployment.close()
    assert deployment.controls == {}
