"""Load on a system that takes messages in: played by the load engine, and accounted for message by message."""

from dataclasses import dataclass
from statistics import mean

from support.core.checks import check, fail
from support.drivers.capabilities.delivery import Letter, Receipt, SubmitsMessages, Watches
from support.drivers.kit.user_pool import Member
from support.load import charts
from support.load.arrival_rate import Pace
from support.load.delivery_accounting import Account, some
from support.load.generator import Turn
from support.load.measurement import Measurement
from support.load.metrics_sampler import Probe
from support.load.workload import AtPace, Workload
from support.reporting.attachments import attach
from support.scenario.tasks import load_runner, message_delivery, monitoring
from support.scenario.world import Scene

#: What is looked at: the queue's length, the seconds that the database takes to answer, and its open connections.
WAITING, ANSWERS, CONNECTIONS = "messages on their way", "answer of the database", "connections to the database"


@dataclass(frozen=True)
class Submitting:
    """What each does in a turn: submit a numbered message, by the proxies in turn."""

    by: tuple[str, ...]

    async def __call__(self, member: Member, turn: Turn) -> Receipt:
        submitting: SubmitsMessages = member.client
        return await submitting.submit(Letter(f"message {turn.number}"), by=self.by[turn.number % len(self.by)])


async def play(
    scene: Scene,
    roles: list[str],
    rate: float,
    duration: float,
    *,
    by: tuple[str, ...] = ("proxy",),
    hasty: bool = False,
) -> None:
    """Submit messages at a pace, and look at the queue and the database meanwhile.

    Args:
        scene: the scene.
        roles: who submits, by turns.
        rate: messages a second.
        duration: seconds that the document states.
        by: the proxies to submit by, by turns.
        hasty: whether it may come faster than stated, as the profile says.
    """
    actors = await scene.actors(roles)
    pace, seconds = _pressed(scene, rate, duration) if hasty else (rate, lasting(scene, duration))
    operator = await monitoring.operator(scene)
    people = await load_runner.crew(scene, {actor.role: actor for actor in actors})
    plan = AtPace(Pace.constant(pace, seconds), scene.bars.response)
    told = f"specified {rate:.3g} a second for {duration:g} s, played {pace:.3g} a second for {seconds:g} s"
    share = Workload(people, Submitting(by), plan, tls=scene.stage.described.tls)
    load = load_runner.Load(share, people, seconds, told, pace, bar=scene.bars.response)
    measured = await load_runner.play(scene, load, _probes(scene, operator))
    scene.dispatch.receipts += measured.kept
    _, scene.dispatch.connections = await operator.connections()
    lines = {name: scene.dispatch.lines[name] for name in (WAITING, CONNECTIONS)}
    attach("The queue and the database", charts.timeline("What waits, and is open", "number", lines), "svg")


def lasting(scene: Scene, duration: float) -> float:
    """Seconds that a stated duration lasts here: as long as stated in a soak, else as the profile scales it."""
    load = scene.stage.load
    return duration if scene.in_real_time else min(max(duration * load.time_scale, load.least), load.most, duration)


def _pressed(scene: Scene, rate: float, duration: float) -> tuple[float, float]:
    """Messages a second and seconds of a load that may come faster than stated; in a soak all of it comes."""
    load = scene.stage.load
    if not scene.in_real_time:
        return rate * load.haste, lasting(scene, duration)
    seconds = min(duration, load.day)
    return rate * duration / seconds, seconds


def measured(scene: Scene, bar: float | None = None) -> Measurement:
    """What the load has shown.

    Raises:
        AssertionError: there was none.
        SuiteError: it cannot be believed, by a bar of so many seconds: of an answer, where nothing else is judged.
    """
    found = scene.dispatch.measured
    if found is None:
        fail("there was no load")
    found.believable(bar or scene.bars.response)
    return found


def first_and_last_third(scene: Scene) -> tuple[float, float]:
    """How long answers took on average in the first and in the last third, in seconds."""
    waits = [wait for _, wait in sorted(measured(scene).waits)]
    third = max(1, len(waits) // 3)
    check(waits, "there were no answers")
    return mean(waits[:third]), mean(waits[-third:])


async def drains(scene: Scene) -> int:
    """Wait until nothing is on the way any more; how much was, at most, while the load lasted."""
    await message_delivery.drained(scene)
    return round(_most(scene, WAITING))


async def accounted_for(scene: Scene) -> None:
    """See that each message that was accepted is delivered once; the account of all of them is attached.

    Raises:
        AssertionError: one is not; names those that are lost.
    """
    receipts = scene.dispatch.receipts
    check(receipts, "no message was accepted at all")
    try:
        await message_delivery.delivered_once(scene, receipts)
    finally:
        account = await _account(scene, receipts)
        attach("Account", f"{account}\nlost: {some(account.lost) or 'none'}")


async def _account(scene: Scene, receipts: list[Receipt]) -> Account:
    """What became of each message: of the load's as a whole, what was not answered is unknown."""
    accepted = {receipt.message for receipt in receipts}
    account = Account(sent=set(accepted), acknowledged=accepted)
    if measured := scene.dispatch.measured:
        silent = measured.unanswered + measured.unknown
        account.refused = dict.fromkeys((f"refused, number {number}" for number in range(measured.refused)), "refused")
        account.sent |= {f"without an answer, number {number}" for number in range(silent)} | account.refused.keys()
    for id, fate in (await message_delivery.following(scene).fates(list(accepted))).items():
        account.deliveries[id] += fate.delivered
    return account


def database_under_load(scene: Scene) -> tuple[float, int, int]:
    """The slowest answer of the database in seconds, the most connections open, and how many may be."""
    return _most(scene, ANSWERS), round(_most(scene, CONNECTIONS)), scene.dispatch.connections


def _probes(scene: Scene, operator: Watches) -> dict[str, Probe]:
    async def connections() -> float:
        return (await operator.connections())[0]

    return {
        WAITING: message_delivery.following(scene).waiting,
        ANSWERS: operator.database_answers,
        CONNECTIONS: connections,
    }


def _most(scene: Scene, line: str) -> float:
    figures = [figure for _, figure in scene.dispatch.lines.get(line, ())]
    check(figures, "nobody has looked while there was load")
    return max(figures)
