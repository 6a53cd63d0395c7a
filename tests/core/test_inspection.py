"""A store that was looked at has to have answered; whatever else came of the look is told."""

from collections.abc import Awaitable, Callable

import pytest

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
