"""A store that was looked at has to have answered; whatever else came of the look is told."""

import asyncio
from collections.abc import Awaitable, Callable
from types import SimpleNamespace
from typing import Any

import pytest

from support.core.errors import NotSupported
from support.scenario.tasks import deployment_checks
from support.scenario.tasks.deployment_checks import _trouble


async def says_no() -> bool:
    return False


async def says_yes() -> bool:
    return True


async def takes_no_time() -> float:
    return 0.0


async def fails() -> bool:
    raise ConnectionError("nobody listens there")


@pytest.mark.parametrize(
    ("look", "trouble"),
    [(says_yes, ""), (takes_no_time, ""), (says_no, "nothing comes back"), (fails, "nobody listens there")],
)
async def test_what_is_wrong_with_a_store(look: Callable[[], Awaitable[object]], trouble: str) -> None:
    assert await _trouble(look()) == trouble


async def test_all_pieces_are_looked_at_together_and_one_out_of_reach_hides_no_other(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    under_way = asyncio.Barrier(2)

    async def sees(world: Any, findings: Any) -> None:
        async with asyncio.timeout(1.0):
            await under_way.wait()

    async def does_not(world: Any, findings: Any) -> None:
        await sees(world, findings)
        raise NotSupported("no access")

    async def operator(world: Any) -> None:
        return None

    monkeypatch.setattr(deployment_checks, "_LOOKS", {"logs": does_not, "Redis": sees})
    monkeypatch.setattr(deployment_checks.oversight, "operator", operator)
    world: Any = SimpleNamespace(dispatch=SimpleNamespace(findings=None))
    await deployment_checks.inspect(world)
    assert set(world.dispatch.findings.out_of_reach) == {"logs"}
