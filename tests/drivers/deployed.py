"""The profiles of the deployed systems, as a test needs them, and what holds for whatever is said to them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from support.config.profile import LeasedAccount, Profile, load
from support.core.transcript import EARSHOT, SENT, Transcript
from support.environments.system_under_test import SystemUnderTest
from support.scenario.world import World

#: An aim in plain words: no address, no status, no name of a field.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9' ,-]+")


def deployed(
    system: str, *, limits: dict[str, float] | None = None, accounts: list[LeasedAccount] | None = None, **driver: Any
) -> Profile:
    """A profile of `profiles/deployed`, what waits shortened.

    Args:
        system: which.
        limits: limits that are others here.
        accounts: those to lease, where they are others here.
        driver: options that are others here.
    """
    profile = load(f"deployed/{system}")
    described = profile.systems[system]
    described.limits = described.limits.model_copy(update=limits or {})
    described.accounts = described.accounts if accounts is None else accounts
    described.driver |= driver
    return profile


@asynccontextmanager
async def world_on(sut: SystemUnderTest) -> AsyncIterator[World]:
    """A scenario's world, on a system that is open as long."""
    await sut.open()
    world = World("a scenario", sut)
    try:
        yield world
    finally:
        await world.leave()
        await sut.close()
    every_arrow_says_what_is_wanted(world.transcript)


def every_arrow_says_what_is_wanted(transcript: Transcript) -> None:
    """See that people have said an aim with all that they sent, in plain words; Earshot itself need not say any.

    Raises:
        AssertionError: they have not; says with what.
    """
    sent = [one for one in transcript.exchanges if one.direction == SENT and one.who != EARSHOT]
    assert [one for one in sent if not _PLAIN.fullmatch(one.aim)] == []
