"""The profiles of the deployed systems, as a test needs them, and what holds for whatever is said to them."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from support.config.profile import LeasedAccount, Profile, load
from support.core.transcript import EARSHOT, SENT, Transcript
from support.environments.system_under_test import Stage
from support.scenario.world import Scene

#: An aim in plain words: no address, no status, no name of a field.
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9' ,-]+")


def deployed(
    system: str, *, bars: dict[str, float] | None = None, accounts: list[LeasedAccount] | None = None, **driver: Any
) -> Profile:
    """A profile of `profiles/deployed`, what waits shortened.

    Args:
        system: which.
        bars: limits that are others here.
        accounts: those to lease, where they are others here.
        driver: options that are others here.
    """
    profile = load(f"deployed/{system}")
    described = profile.systems[system]
    described.bars = described.bars.model_copy(update=bars or {})
    described.accounts = described.accounts if accounts is None else accounts
    described.driver |= driver
    return profile


@asynccontextmanager
async def scene_on(stage: Stage) -> AsyncIterator[Scene]:
    """A scenario's scene, on a stage that is open as long."""
    await stage.open()
    scene = Scene("a scenario", stage)
    try:
        yield scene
    finally:
        await scene.leave()
        await stage.close()
    every_arrow_says_what_is_wanted(scene.transcript)


def every_arrow_says_what_is_wanted(transcript: Transcript) -> None:
    """See that people have said an aim with all that they sent, in plain words; Earshot itself need not say any.

    Raises:
        AssertionError: they have not; says with what.
    """
    sent = [one for one in transcript.exchanges if one.direction == SENT and one.who != EARSHOT]
    assert [one for one in sent if not _PLAIN.fullmatch(one.aim)] == []
