"""A schedule played for real: what a fault loses is found; and who cannot be asked for an account is told so."""

from types import SimpleNamespace
from typing import Any

import pytest

from support.config.profile import load
from support.core.errors import NotCapable
from support.environments.systems.threads import ThreadsStage
from support.verification.crash_schedules.trial import play


async def test_a_history_that_does_not_survive_the_crash_of_its_server_is_found() -> None:
    profile = load("embedded")
    described = profile.systems["threads"]
    described.bars = described.bars.model_copy(update={"recovery": 4.0})  # the wait for what will never come
    stage = ThreadsStage(profile, {"fault": "history-does-not-survive-a-restart"})
    await stage.open()
    try:
        trial = await play(stage, 6)
    finally:
        await stage.close()
    assert [ordeal.process for ordeal in trial.ordeals] == ["threads server"]
    assert trial.lost
    assert trial.lost < trial.account.acknowledged
    assert not trial.account.duplicated


async def test_a_system_that_gives_no_account_of_its_messages_cannot_be_played() -> None:
    mute: Any = SimpleNamespace(name="training", system=object())
    with pytest.raises(NotCapable, match="training is not a system that acknowledges messages"):
        await play(mute, 1)
