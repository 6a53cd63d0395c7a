"""Load on a system that takes messages in: played by the load engine, and accounted for message by message."""

from dataclasses import dataclass
from statistics import mean

from support.core.checks import check, fail
from support.drivers.capabilities.delivery import Letter, Receipt, SubmitsMessages, Watches
from support.drivers.kit.user_pool import Member
from support.load import charts
from support.load.arrival_rate import Pace
from support.load.delivery_accounting import DeliveryAccount, some
from support.load.generator import Iteration
from support.load.measurement import Measurement
from support.load.metrics_sampler import Probe
from support.load.workload import ConstantArrivalRate, Workload
from support.scenario.tasks import load_runner, message_delivery, monitoring
from support.scenario.world import World

#: What is looked at: the queue's length, the seconds that the database takes to answer, and its open connections.
WAITING, ANSWERS, CONNECTIONS = "messages on their way", "answer of the database", "connections to the database"


@dataclass(frozen=True)
class Submitting:
    """What each does in a turn: submit a numbered message, by the proxies in turn."""

    by: tuple[str, ...]

    async def __call__(self, member: Member, iteration: Iteration) -> Receipt:
        submitting: SubmitsMessages = member.client
        return await submitting.submit(
            Letter(f"message {iteration.number}"), by=self.by[iteration.number % len(self.by)]
        )


async def play(
    world: World,
    roles: list[str],
    rate: float,
    duration: float,
    *,
    by: tuple[str, ...] = ("proxy",),
    hasty: bool = False,
) -> None:
    """Submit messages at a pace, and look at the queue and the database meanwhile.

    Args:
        world: the scenario's.
        roles: who submits, by turns.
        rate: messages a second.
        duration: seconds that the document states.
        by: the proxies to submit by, by turns.
        hasty: whether it may come faster than stated, as the profile says.
    """
    actors = await world.actors(roles)
    await world.quiet()  # what a load before this one has left would be counted
    pace, seconds = _pressed(world, rate, duration) if hasty else (rate, lasting(world, duration))
    operator = await monitoring.operator(world)
    people = await load_runner.virtual_users(world, {actor.role: actor for actor in actors})
    plan = ConstantArrivalRate(Pace.constant(pace, seconds), world.limits.response)
    told = f"specified {rate:.3g} a second for {duration:g} s, played {pace:.3g} a second for {seconds:g} s"
    share = Workload(people, Submitting(by), plan, tls=world.sut.described.tls)
    load = load_runner.Load(share, people, seconds, told, pace, limit=world.limits.response)
    measured = await load_runner.play(world, load, _probes(world, operator))
    world.dispatch.receipts += measured.kept
    _, world.dispatch.connections = await operator.connections()
    lines = {name: world.dispatch.lines[name] for name in (WAITING, CONNECTIONS)}
    world.attach("The queue and the database", charts.timeline("What waits, and is open", "number", lines), "svg")


def lasting(world: World, duration: float) -> float:
    """Seconds that a stated duration lasts here: as long as stated in a soak, else as the profile scales it."""
    load = world.sut.load
    return duration if world.in_real_time else min(max(duration * load.time_scale, load.least), load.most, duration)


def _pressed(world: World, rate: float, duration: float) -> tuple[float, float]:
    """Messages a second and seconds of a load that may come faster than stated; in a soak all of it comes."""
    load = world.sut.load
    if not world.in_real_time:
        return rate * load.haste, lasting(world, duration)
    seconds = min(duration, load.day)
    return rate * duration / seconds, seconds


def measured(world: World) -> Measurement:
    """What the load has shown.

    Raises:
        AssertionError: there was none, or nothing was to be sent.
    """
    found = world.dispatch.measured
    if found is None:
        fail("there was no load")
    check(found.planned, "there was nothing to be sent under load")
    return found


def first_and_last_third(world: World) -> tuple[float, float]:
    """How long answers took on average in the first and in the last third, in seconds."""
    waits = [wait for _, wait in sorted(measured(world).waits)]
    third = max(1, len(waits) // 3)
    check(waits, "there were no answers")
    return mean(waits[:third]), mean(waits[-third:])


async def drains(world: World) -> int:
    """Wait until nothing is on the way any more; how much was, at most, while the load lasted."""
    await message_delivery.drained(world)
    return round(_most(world, WAITING))


async def accounted_for(world: World) -> None:
    """See that each message that was accepted is delivered once; the account of all of them is attached.

    Raises:
        AssertionError: one is not; names those that are lost.
    """
    receipts = world.dispatch.receipts
    check(receipts, "no message was accepted at all")
    try:
        await message_delivery.delivered_once(world, receipts)
    finally:
        account = await _account(world, receipts)
        world.attach("What became of the messages", f"{account}\nlost: {some(account.lost) or 'none'}")


async def _account(world: World, receipts: list[Receipt]) -> DeliveryAccount:
    """What became of each message: of the load's as a whole, what was not answered is unknown."""
    accepted = {receipt.message for receipt in receipts}
    account = DeliveryAccount(sent=set(accepted), acknowledged=accepted)
    if measured := world.dispatch.measured:
        silent = measured.unanswered + measured.unknown
        account.refused = dict.fromkeys((f"refused, number {number}" for number in range(measured.refused)), "refused")
        account.sent |= {f"without an answer, number {number}" for number in range(silent)} | account.refused.keys()
    for id, record in (await message_delivery.following(world).delivery_records(list(accepted))).items():
        account.deliveries[id] += record.delivered
    return account


def database_under_load(world: World) -> tuple[float, int, int]:
    """The slowest answer of the database in seconds, the most connections open, and how many may be."""
    return _most(world, ANSWERS), round(_most(world, CONNECTIONS)), world.dispatch.connections


def _probes(world: World, operator: Watches) -> dict[str, Probe]:
    async def connections() -> float:
        return (await operator.connections())[0]

    return {
        WAITING: message_delivery.following(world).waiting,
        ANSWERS: operator.database_answers,
        CONNECTIONS: connections,
    }


def _most(world: World, line: str) -> float:
    figures = [figure for _, figure in world.dispatch.lines.get(line, ())]
    check(figures, "no step has looked while there was load")
    return max(figures)
