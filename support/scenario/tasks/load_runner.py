"""Playing a load as the profile says, watching the system meanwhile, and keeping what came of it for the report."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from support.config.profile import LoadSettings
from support.core import clock
from support.core.transcript import DID
from support.drivers.kit.user_pool import BearsLoad, UserPool
from support.load import charts, distributed, load_limits, progress, worker_processes
from support.load.measurement import Measurement
from support.load.metrics_sampler import Lines, Probe, sampled
from support.load.partition import LoadProgress, Share, play_here
from support.scenario.actor import Actor
from support.scenario.tasks import process_metrics
from support.scenario.tasks.attempt_log import Record, Tried
from support.scenario.world import World

#: Seconds between two looks at the system, and how many looks a long load has at most.
_LOOK, _LOOKS = 0.1, 500
#: The same for the processes: in a shorter time a processor's clock hardly moves.
_VITALS, _VITAL_LOOKS = 0.5, 40


@dataclass(frozen=True)
class Load:
    """What is played, by whom, and what it is held to.

    Args:
        share: what.
        people: by whom.
        seconds: how long it lasts.
        told: all of this in words.
        rate: things done each second; 0 where people wait for answers.
        answers: how many of them are answered each second; all if None.
        limit: the limit in seconds for answers, as the pictures show it.
        delivery_limit: the same for deliveries.
    """

    share: Share
    people: UserPool
    seconds: float
    told: str
    rate: float = 0.0
    answers: float | None = None
    limit: float | None = None
    delivery_limit: float | None = None


async def virtual_users(world: World, people: dict[str, Actor]) -> UserPool:
    """People of the cast as virtual users, by the names that they have in it.

    Raises:
        NotSupported: the system cannot be put under load.
    """
    accounts = {name: actor.account for name, actor in people.items()}
    return await world.ability(BearsLoad).virtual_users(accounts, world.transcript)


async def play(world: World, load: Load, probes: Mapping[str, Probe] | None = None) -> Measurement:
    """Play a load from as many processes or machines as the profile says; its figures and pictures are attached.

    Args:
        world: the scenario's.
        load: what is played.
        probes: what to look at meanwhile, beside the processes.

    Raises:
        SuiteError: the profile does not allow it, or it cannot be believed.
    """
    limits = world.sut.load
    load_limits.ask(limits, load.people.addresses, users=load.people.size, seconds=load.seconds, rate=load.rate)
    so_far, came = LoadProgress(), clock.now()
    often, seldom = max(_LOOK, load.seconds / _LOOKS), max(_VITALS, load.seconds / _VITAL_LOOKS)
    try:
        async with (
            sampled(probes or {}, often) as lines,
            sampled(process_metrics.probes(world), seldom) as needs,
            progress.shown(so_far, load.seconds),
        ):
            where = await _generated(limits, load.share, so_far)
    except asyncio.CancelledError:
        so_far.measured.seconds = clock.now() - (so_far.began or came)
        world.attach("Load", f"{load.told}\ncut short after {so_far.measured.seconds:.1f} s\n{so_far.measured}")
        progress.say(f"cut short: {so_far.measured}")
        raise
    began = so_far.began or came
    world.dispatch.measured = so_far.measured
    world.dispatch.lines = _between(lines | needs, began - came, began - came + so_far.measured.lasted)
    world.transcript.did(load.told)
    world.attach("Load", "\n".join((load.told, where, *so_far.measured.figures())))
    faults = _faults(world, began)
    _draw(world, load, so_far.measured, faults)
    process_metrics.draw(world, faults)
    so_far.measured.believable()
    return so_far.measured


def believable(world: World, limit: float | None = None, *, kept: bool = False) -> None:
    """See that what was played, if anything was, can be judged by a limit of so many seconds, or that of an answer.

    Args:
        kept: whether that limit was kept: see `Measurement.believable`.

    Raises:
        SuiteError: it cannot.
    """
    if world.dispatch.measured is not None:
        world.dispatch.measured.believable(limit or world.limits.response, kept=kept)


def keep_record(world: World, who: str, what: str, measured: Measurement) -> None:
    """Put what a load has shown among the scenario's records: it is judged like everything else that was tried."""
    record = Record(who, [Tried(what, wait) for _, wait in measured.waits])
    troubles = [*measured.failures.elements(), *["no answer"] * measured.unanswered]
    record.tried += [Tried(what, 0.0, why) for why in troubles]
    world.records.append(record)


async def _generated(limits: LoadSettings, share: Share, so_far: LoadProgress) -> str:
    """Have it played where the profile says; in words, where that was."""
    if limits.cluster:
        clocks = await distributed.spread(share, limits.cluster, so_far)
        off = ", ".join(f"{one.worker} {one.ahead:+.4f} s (± {one.unsure:.4f})" for one in clocks)
        return f"from {len(clocks)} workers of the cluster {limits.cluster}, whose clocks differ from ours by: {off}"
    if limits.workers > 1:
        await worker_processes.spread(share, limits.workers, so_far)
        return f"from {limits.workers} processes of this machine"
    await play_here(share, so_far)
    return "from the suite's own process"


def _between(lines: Lines, first: float, last: float) -> Lines:
    """Lines whose time counts from `first`, and ends at `last`; both in their own time."""
    return {name: [(at - first, figure) for at, figure in line if first <= at <= last] for name, line in lines.items()}


def _faults(world: World, began: float) -> dict[str, float]:
    """What was done to the system since a load began, and when."""
    since = began - world.transcript.began
    done = [one for one in world.transcript.exchanges if one.direction == DID and one.at > since]
    names = world.sut.deployment.controls
    return {one.what: one.at - since for one in done if any(name in one.what for name in names)}


def _draw(world: World, load: Load, measured: Measurement, faults: Mapping[str, float]) -> None:
    if measured.waits:
        rate = load.rate if load.answers is None else load.answers
        world.attach("Response time while the load went on", charts.over_time(measured, load.limit, faults), "svg")
        world.attach("Answers each second", charts.rate(measured, rate, faults), "svg")
    if measured.journeys:
        drawn = charts.deliveries_over_time(measured, load.delivery_limit, faults)
        world.attach("Delivery time while the load went on", drawn, "svg")
    if measured.waits or measured.journeys:
        world.attach("Time by share", charts.by_share(measured, load.limit or load.delivery_limit), "svg")
