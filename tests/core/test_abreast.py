"""Things done at the same time: in order, a few at a time, and none goes on when one has failed."""

import asyncio

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


async def test_whoever_has_seen_a_failure_can_still_wait_for_so_long_and_no_longer() -> None:
    async def fails() -> None:
        await clock.pause(0.01)
        raise AssertionError("no account could be had")

    with pytest.raises(AssertionError):
        await abreast([fails, lambda: clock.pause(1.0)])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await clock.pause(1.0)


async def test_of_nothing_nothing_comes() -> None:
    assert await abreast([]) == []
