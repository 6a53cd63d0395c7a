"""Load on a system that takes messages in: played by the load engine, and accounted for message by message."""

import asyncio
from statistics import mean

from support.actors import Actor
from support.load import pictures
from support.load.engine import Turn, open_model
from support.load.measurement import Measurement
from support.load.pace import Pace
from support.load.sampling import Probe, sampled
from support.report.attachments import attach
from support.scene import Scene
from support.systems.delivery import Letter, ReadsMessages, SubmitsMessages, Watches
from support.tasks import oversight, pipeline
from support.tasks.records import Record

#: Seconds between two looks at the queue and the database under load.
_LOOK = 0.1

#: What is looked at: the queue's length, the seconds that the database takes to answer, and its open connections.
WAITING, ANSWERS, CONNECTIONS = "messages on their way", "answer of the database", "connections to the database"


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
        hasty: whether the profile may make it come faster.
    """
    people = await scene.actors(roles)
    haste = scene.stage.load.haste if hasty and not scene.in_real_time else 1.0
    seconds, operator = lasting(scene, duration), await oversight.operator(scene)

    async def one(turn: Turn) -> None:
        submitting = people[turn.number % len(people)].able(SubmitsMessages)
        receipt = await submitting.submit(Letter(f"message {turn.number}"), by=by[turn.number % len(by)])
        scene.dispatch.receipts.append(receipt)

    pace = Pace.constant(rate * haste, seconds)
    async with sampled(_probes(scene, operator), every=_LOOK) as scene.dispatch.lines:
        measured = await open_model(pace, one, drain=scene.bars.response)
    scene.dispatch.measured = measured
    _, scene.dispatch.connections = await operator.connections()
    told = f"specified {rate:.3g} a second for {duration:g} s, played {rate * haste:.3g} a second for {seconds:g} s"
    scene.transcript.did(told)
    attach("Load", f"{told}\n{measured}")
    attach("Response time while the load went on", pictures.over_time(measured), "svg")
    attach("Response time by share", pictures.by_share(measured), "svg")
    queue = {WAITING: scene.dispatch.lines[WAITING]}
    attach("The queue", pictures.timeline("Messages on their way", "messages", queue), "svg")


def lasting(scene: Scene, duration: float) -> float:
    """Seconds that a stated duration lasts here: as long as stated in a soak, else as the profile scales it."""
    load = scene.stage.load
    return duration if scene.in_real_time else min(max(duration * load.time_scale, load.least), load.most, duration)


def measured(scene: Scene, bar: float | None = None) -> Measurement:
    """What the load has shown.

    Raises:
        AssertionError: there was none.
        SuiteError: it cannot be believed, by a bar of so many seconds.
    """
    found = scene.dispatch.measured
    assert found is not None, "there was no load"
    found.believable(bar)
    return found


def first_and_last_third(scene: Scene) -> tuple[float, float]:
    """How long answers took on average in the first and in the last third, in seconds."""
    waits = [wait for _, wait in sorted(measured(scene).waits)]
    third = max(1, len(waits) // 3)
    assert waits, "there were no answers"
    return mean(waits[:third]), mean(waits[-third:])


async def drains(scene: Scene) -> int:
    """Wait until nothing is on the way any more; how much was, at most, while the load lasted."""
    await pipeline.drained(scene)
    return round(_most(scene, WAITING))


async def accounted_for(scene: Scene) -> None:
    """See that each message that was accepted is delivered once.

    Raises:
        AssertionError: one is not.
    """
    assert scene.dispatch.receipts, "no message was accepted at all"
    await pipeline.delivered_once(scene, scene.dispatch.receipts)


def database_under_load(scene: Scene) -> tuple[float, int, int]:
    """The slowest answer of the database in seconds, the most connections open, and how many may be."""
    return _most(scene, ANSWERS), round(_most(scene, CONNECTIONS)), scene.dispatch.connections


async def sign_in_together(scene: Scene, count: int) -> None:
    """Have many users sign in and read their messages, all at the same time; each leaves a record."""
    people = await scene.actors([f"user {chr(ord('A') + number)}" for number in range(count)])
    await asyncio.gather(*(actor.do(actor.able(ReadsMessages).have_account()) for actor in people))
    scene.records += await asyncio.gather(*map(_come_and_read, people))


async def _come_and_read(actor: Actor) -> Record:
    record = Record(actor.role)
    await record.of("sign in", actor.sign_in())
    await record.of("read the messages", actor.able(ReadsMessages).messages())
    return record


def _probes(scene: Scene, operator: Watches) -> dict[str, Probe]:
    async def connections() -> float:
        return (await operator.connections())[0]

    return {WAITING: pipeline.following(scene).waiting, ANSWERS: operator.database_answers, CONNECTIONS: connections}


def _most(scene: Scene, line: str) -> float:
    figures = [figure for _, figure in scene.dispatch.lines.get(line, ())]
    assert figures, "nobody has looked while there was load"
    return max(figures)
