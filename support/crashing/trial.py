"""One schedule: messages flow, processes crash and come back, and then every message is accounted for."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import partial

from support import clock
from support.actors import Actor
from support.crashing.schedule import Crash, drawn
from support.deployments.processes import ManagedProcess
from support.errors import NotCapable
from support.load.account import Account
from support.load.engine import Deed, Turn, open_model
from support.load.pace import Pace
from support.scene import Scene
from support.stage import Stage
from support.systems.capabilities import Refused, Unavailable
from support.systems.capabilities.delivery import Fate, FollowsMessages, Letter, SubmitsMessages
from support.transports.http import Unreachable

#: Messages a second, for so many seconds, and for some more once everything is back.
RATE, SECONDS, AFTERWARDS = 20.0, 1.5, 0.5
#: Of the retry interval: how long an outage lasts at most, so that no message runs out of attempts by it.
OUTAGE = 2.0
#: A message that nobody could deliver in all its attempts has not been lost: the system says so.
ENDS = ("delivered", "failed")


@dataclass
class Trial:
    """How a schedule ended. An id in the account is the message's own where it is known, else what it says."""

    seed: int
    crashes: list[Crash]
    account: Account = field(default_factory=Account)
    failed: int = 0
    """Acknowledged, and given up after all attempts."""

    @property
    def lost(self) -> set[str]:
        return self.account.lost

    def __str__(self) -> str:
        crashes = "; ".join(map(str, self.crashes))
        return f"schedule {self.seed}: {self.account}, {self.failed} failed; {crashes}"


async def play(stage: Stage, seed: int) -> Trial:
    """Play the schedule of a seed on a stage.

    Raises:
        NotCapable: this system says nothing of what becomes of messages.
        StageError: it does not come back.
    """
    system = stage.system
    if not isinstance(system, FollowsMessages):
        raise NotCapable(f"{stage.name} is not a system that {FollowsMessages.__doc__}")
    scene = Scene(f"crash schedule {seed}", stage)
    processes = [name for name, one in stage.deployment.controls.items() if isinstance(one, ManagedProcess)]
    crashes = drawn(seed, processes, SECONDS, OUTAGE * system.retry_interval)
    trial = Trial(seed, crashes)
    try:
        sender = await scene.actor("user A")
        began = clock.now()
        crashing = asyncio.gather(*(_crash(scene, crash, began) for crash in trial.crashes))
        await _submit(sender, "while they crash", SECONDS, trial.account)
        await crashing
        await stage.serves(within=stage.bars.recovery)
        await _submit(sender, "afterwards", AFTERWARDS, trial.account)
        await _account(system, trial, within=stage.bars.recovery)
    finally:
        await scene.put_back()
        await scene.leave()
    return trial


async def _crash(scene: Scene, crash: Crash, began: float) -> None:
    await clock.pause(began + crash.at - clock.now())
    await scene.strike(crash.process, "is killed")
    await clock.pause(crash.outage)
    await scene.control(crash.process).start()


async def _submit(sender: Actor, when: str, seconds: float, account: Account) -> None:
    await open_model(Pace.constant(RATE, seconds), _submitting(sender, when, account), drain=sender.bars.response)


def _submitting(sender: Actor, when: str, account: Account) -> Deed:
    submits = sender.able(SubmitsMessages)

    async def submit(turn: Turn) -> None:
        number = f"message {turn.number} {when}"
        account.sent.add(number)
        try:
            receipt = await submits.submit(Letter(number))
        except (Unavailable, Unreachable):
            raise
        except Refused as refusal:
            account.refused[number] = str(refusal)
            raise
        account.sent.remove(number)
        account.sent.add(receipt.message)
        account.acknowledged.add(receipt.message)

    return submit


async def _account(system: FollowsMessages, trial: Trial, within: float) -> None:
    """Wait until every acknowledged message has come to its end, or none has for so many seconds; then count."""
    ids = sorted(trial.account.acknowledged)
    fates: dict[str, Fate] = {}
    while True:
        before = _ended(fates)
        fates = await clock.seen(partial(system.fates, ids), partial(_has_gone_on, before), within=within)
        if _ended(fates) in (before, len(ids)):
            break
    for id, fate in fates.items():
        trial.account.deliveries[id] += fate.delivered + (fate.status == "failed")
        trial.failed += fate.status == "failed"


def _has_gone_on(before: int, fates: Mapping[str, Fate]) -> bool:
    return _ended(fates) > before


def _ended(fates: Mapping[str, Fate]) -> int:
    return sum(fate.status in ENDS for fate in fates.values())
