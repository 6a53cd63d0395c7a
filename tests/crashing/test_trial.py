"""A schedule played for real: what a fault loses is found, and is the same message for the same seed."""

from support.crashing.trial import play
from support.profile import load
from support.stages.threads import ThreadsStage


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
