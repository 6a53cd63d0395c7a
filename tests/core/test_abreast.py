"""Things done at the same time: in order, a few at a time, and none goes on when one has failed."""

import pytest

from support.core import clock
from support.core.task_group import abreast


async def test_outcomes_come_in_order_and_only_so_many_are_under_way() -> None:
    under_way, most = set(), 0

    async def action(number: int) -> int:
        nonlocal most
        under_way.add(number)
        most = max(most, len(under_way))
        await clock.pause(0.01 * (5 - number))
        under_way.remove(number)
        return number

    assert await abreast([lambda number=number: action(number) for number in range(5)], most=2) == [0, 1, 2, 3, 4]
    assert most == 2


async def test_the_first_that_fails_ends_the_others_and_is_what_is_raised() -> None:
    went_on = []

    async def fails() -> None:
        raise AssertionError("no account could be had")

    async def goes_on() -> None:
        await clock.pause(0.05)
        went_on.append(1)

    with pytest.raises(AssertionError, match="no account could be had"):
        await abreast([goes_on, fails, goes_on])
    await clock.pause(0.1)
    assert went_on == []
