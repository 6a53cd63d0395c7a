"""A schedule played for real: what a fault loses is found; and who cannot be asked for an account is told so."""

from types import SimpleNamespace
from typing import Any

import pytest

from support.config.profile import load
from support.core.errors import NotSupported
from support.environments.systems.threads import ThreadsSystem
from support.verification.crash_schedules.trial import play


async def test_a_history_that_does_not_survive_the_crash_of_its_server_is_found() -> None:
    profile = load("embedded")
    described = profile.systems["threads"]
    described.limits = described.limits.model_copy(update={"recovery": 4.0})  # the wait for what will never come
    sut = ThreadsSystem(profile, {"fault": "history-does-not-survive-a-restart"})
    await sut.open()
    try:
        trial = await play(sut, 6)
    finally:
        await sut.close()
    assert [timeline.process for timeline in trial.timelines] == ["threads server"]
    assert trial.lost
    assert trial.lost < trial.account.acknowledged
    assert not trial.account.duplicated


async def test_a_system_that_gives_no_account_of_its_messages_cannot_be_played() -> None:
    mute: Any = SimpleNamespace(name="training", system=object())
    with pytest.raises(NotSupported, match="training is not a system that acknowledges messages"):
        await play(mute, 1)
