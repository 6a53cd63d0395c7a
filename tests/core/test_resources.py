"""What stays open after use: a pool that fills for some rounds is told from what every use leaves behind."""

from types import SimpleNamespace
from typing import Any, cast

import pytest

from support.scenario.tasks import resource_usage
from support.scenario.tasks.resource_usage import Usage, grows, wear


async def worn(monkeypatch: pytest.MonkeyPatch, held: list[int]) -> list[int]:
    """The files after each round, where a server would hold so many after one after the other."""
    left = iter(held)

    async def used(*_: Any) -> Usage:
        return Usage(memory=0, files=next(left))

    monkeypatch.setattr(resource_usage, "_used", used)
    world = SimpleNamespace(outages=SimpleNamespace(control=lambda name: name))
    return (await wear(cast(Any, world), cast(Any, None), "the server", screens=30, students=2, rounds=3)).files


@pytest.mark.parametrize(
    ("held", "rounds", "leaks"),
    [
        ([32, 32, 32], 3, False),
        ([32, 36, 39, 41, 41, 99], 5, False),
        ([32, 33, 34, 35, 36, 37, 38, 39, 40, 41], 9, True),
        ([32, 62, 92, 122, 152, 182, 212, 242, 272], 9, True),
    ],
)
async def test_a_pool_that_fills_is_no_leak(
    monkeypatch: pytest.MonkeyPatch, held: list[int], rounds: int, leaks: bool
) -> None:
    files = await worn(monkeypatch, held)
    assert (len(files), grows(files)) == (rounds, leaks)
