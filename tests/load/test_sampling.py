"""Sampling: from the beginning to the end, at its pace, and never after."""

import asyncio

import pytest

from support.load.metrics_sampler import sampled


async def test_probes_are_asked_from_the_beginning_to_the_end() -> None:
    figures = iter(range(1000))

    async def grows() -> float:
        return float(next(figures))

    async with sampled({"queue": grows}, every=0.02) as lines:
        await asyncio.sleep(0.2)
    moments, values = zip(*lines["queue"], strict=True)
    assert values == tuple(range(len(values)))
    assert 5 <= len(values) <= 13
    assert moments[0] < 0.02
    assert moments[-1] >= 0.2
    assert len(asyncio.all_tasks()) == 1


async def test_what_fails_under_load_still_fails() -> None:
    async def fails() -> float:
        return 1.0

    with pytest.raises(AssertionError, match="slow"):
        async with sampled({"x": fails}):
            raise AssertionError("slow")
