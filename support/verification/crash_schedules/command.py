"""`earshot crash-schedules`: many seeded schedules on one system, and how many acknowledged messages were lost."""

import asyncio

from support.config.profile import load
from support.environments.embedded import process_supervision
from support.environments.systems import SYSTEMS
from support.load.delivery_accounting import some
from support.verification.crash_schedules.trial import CrashTrial, play


def main(system: str, *, seeds: int, first: int, fault: str | None) -> int:
    """Play schedules, one after the other, and print each.

    Args:
        system: whose processes crash.
        seeds: how many schedules.
        first: the first seed; a schedule is played again by its own.
        fault: a seeded fault to play them against, which ends with the first loss.

    Returns:
        1 if an acknowledged message was lost or delivered twice, else 0.
    """
    process_supervision.interrupt_on_termination()
    return asyncio.run(_play(system, range(first, first + seeds), fault))


async def _play(system: str, seeds: range, fault: str | None) -> int:
    sut = SYSTEMS[system](load("embedded"), {"fault": fault} if fault else {})
    await sut.open()
    trials: list[CrashTrial] = []
    try:
        for seed in seeds:
            trials.append(await play(sut, seed))
            print(trials[-1], flush=True)
            if fault and _wrong(trials[-1]):
                break
    finally:
        await sut.close()
    lost, twice = sum(len(trial.lost) for trial in trials), sum(len(trial.account.duplicated) for trial in trials)
    acknowledged = sum(len(trial.account.acknowledged) for trial in trials)
    given_up = sum(trial.given_up for trial in trials)
    print(f"{len(trials)} schedules, {acknowledged} acknowledged: {lost} lost, {twice} delivered twice, ", end="")
    print(f"{given_up} given up")
    if idle := sum(not trial.account.acknowledged for trial in trials):
        print(f"{idle} of them show nothing: no message was acknowledged; play them on a less busy machine")
    for trial in filter(_wrong, trials):
        lost_ids, twice_ids = some(trial.lost) or "none", some(trial.account.duplicated) or "none"
        print(f"  seed {trial.seed}: lost {lost_ids}; delivered twice {twice_ids}")
    return int(any(map(_wrong, trials)))


def _wrong(trial: CrashTrial) -> bool:
    return bool(trial.lost or trial.account.duplicated)
