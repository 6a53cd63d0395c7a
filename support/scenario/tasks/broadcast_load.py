"""Many people at once: a user tells them things while they make requests, and the server is watched meanwhile."""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import psutil

from support.core import clock
from support.core.checks import check, fail
from support.core.errors import NotSupported
from support.core.events import Arrival, Message, News, Posted, Published
from support.core.task_group import abreast
from support.core.wording import in_words
from support.drivers.capabilities.collaboration import HasPlaces
from support.drivers.capabilities.sessions import GoesOn, SignsIn
from support.drivers.kit.user_pool import Member
from support.load.arrival_rate import Pace
from support.load.audience import Audience
from support.load.broadcast import Broadcast
from support.load.generator import Iteration
from support.load.histogram import Durations
from support.scenario.tasks import load_runner
from support.scenario.tasks.attempt_log import slowest, tried
from support.scenario.tasks.resource_usage import MEGABYTE, pids, usage
from support.scenario.tasks.workspace import drain
from support.scenario.world import World

#: How many people get their accounts at the same time: more would measure this machine, not the server.
_ABREAST = 4
#: Requests a second, by turns of all listeners.
_REQUESTS = 20


# -- what each of them does: also in another process -------------------------------------------------------------------


async def come_online(member: Member) -> None:
    """Connect in a session of one's own, and enter the places one is in."""
    goes_on = isinstance(member.client, GoesOn) and member.client.go_on()
    if isinstance(member.client, SignsIn) and not goes_on:
        await member.client.sign_in(member.account.password)
    await member.client.connect()
    await member.client.come_online()
    await member.client.settle()


async def open_dashboard(member: Member) -> None:
    """Open one's dashboard, in the session that one has."""
    await member.client.connect()
    await member.client.settle()


@dataclass(frozen=True)
class Saying:
    """Send a numbered message to a place."""

    place: str

    async def __call__(self, member: Member, iteration: Iteration) -> None:
        await member.client.send(f"message {iteration.number}", self.place)


async def register(member: Member, iteration: Iteration) -> None:
    """Register a numbered student."""
    await member.client.register_student(f"Student {iteration.number}")


async def look_around(member: Member, iteration: Iteration) -> None:
    """Make a harmless request, another one by turns."""
    await member.client.look_around(iteration.number)


def message(what: Arrival) -> int | None:
    """The number of a message that has arrived."""
    found = re.fullmatch(r"message (\d+)", what.text) if isinstance(what, Message | Posted | Published) else None
    return int(found[1]) if found else None


def student(what: Arrival) -> int | None:
    """The number of a student who is told of."""
    found = re.fullmatch(r"Student (\d+)", what.whom) if isinstance(what, News) else None
    return int(found[1]) if found else None


# -- what the scenario does --------------------------------------------------------------------------------------------


async def gather(world: World, speaker: str, count: int, place: str, server: str) -> None:
    """Have a user open a place for so many others, who are not online yet."""
    audience = Audience(speaker, [f"listener {number}" for number in range(1, count + 1)], place, server)
    audience.memory = _memory(world, server)
    world.transcript.left_out |= {*audience.listeners}
    world.transcript.did(f"{count} listeners come, who are not recorded one by one")
    everybody = (speaker, *audience.listeners)
    await abreast([partial(_come, world, role) for role in everybody], most=_ABREAST)
    actor = world.cast[speaker]
    await actor.do(actor.ability(HasPlaces).open_place(place, audience.listeners))
    await drain(world)
    world.audience = audience


async def _come(world: World, role: str) -> None:
    """Get an account, and a session where another user can go on with it: to sign in is no part of the load.

    Each does so in one go: while some wait for a limit of invitations, others sign in.
    """
    actor = await world.actor(role)
    if isinstance(actor.client, GoesOn):
        await actor.do(actor.have_session())


async def talk(world: World, rate: int, seconds: int, server: str) -> None:
    """Have the speaker send messages at a pace while the listeners are online and make requests; measure all of it."""
    audience = crowd_of(world)
    check(audience.server == server, f"the others have come to the {audience.server}, not to the {server}")
    people = {role: world.cast[role] for role in (audience.speaker, *audience.listeners)}
    speakers = await load_runner.virtual_users(world, {audience.speaker: people[audience.speaker]})
    listeners = await load_runner.virtual_users(world, {role: people[role] for role in audience.listeners})
    share = Broadcast(
        speakers, listeners, come_online, Saying(audience.place), Pace.constant(rate, seconds), message,
        look_around, Pace.constant(_REQUESTS, seconds), world.limits.response, world.limits.delivery,
        world.sut.described.tls,
    )  # fmt: skip
    told = f"{len(audience.listeners)} listeners, {rate} messages a second for {seconds} s (open model)"
    await _tell(world, audience, share, rate + _REQUESTS, told, server)
    load_runner.keep_record(world, "everybody", "a request", audience.measured)


async def show(world: World, role: str, count: int, rate: int, seconds: int, server: str) -> None:
    """Have a user register students at a pace while many screens show their dashboard, and measure all of it."""
    actor = await world.actor(role)
    audience = Audience(role, [f"screen {number}" for number in range(1, count + 1)], "the dashboard", server)
    audience.memory = _memory(world, server)
    speakers = await load_runner.virtual_users(world, {role: actor})
    screens = await load_runner.virtual_users(world, dict.fromkeys(audience.listeners, actor))
    share = Broadcast(
        speakers, screens, open_dashboard, register, Pace.constant(rate, seconds), student,
        None, None, world.limits.response, world.limits.delivery, world.sut.described.tls,
    )  # fmt: skip
    told = f"{count} screens, {rate} students a second for {seconds} s (open model)"
    await _tell(world, audience, share, rate, told, server)
    world.audience = audience


async def _tell(world: World, audience: Audience, share: Broadcast, rate: float, told: str, server: str) -> None:
    """Play it, and note what the server needed for it."""
    seconds = share.telling.seconds
    answers, limits = (share.asking.count / seconds if share.asking else 0.0), world.limits
    load = load_runner.Load(
        share, share.listeners, seconds, told, rate, answers, limits.request_p99, limits.delivery_p99
    )
    busy, began = _computed(world, server), clock.now()
    audience.measured = await load_runner.play(world, load)
    needs = "what, cannot be seen from here"
    if busy is not None and (done := _computed(world, server)) is not None:
        audience.processor = (done - busy) / (clock.now() - began)
        audience.grown = _most_memory(world, server) - (audience.memory or 0)
        needs = f"memory {audience.grown / MEGABYTE:+.1f} MB, processor {audience.processor:.0%} of one"
    missing = "; ".join(audience.missing[:10]) or "nothing"
    world.attach("The crowd", f"missing or twice: {missing}\nthe {server} needed: {needs}")


def crowd_of(world: World) -> Audience:
    """The crowd of this scenario.

    Raises:
        AssertionError: there is none.
    """
    if world.audience is None:
        fail("no listener has come")
    return world.audience


def _memory(world: World, server: str) -> int | None:
    """Bytes that all processes of a server hold; None where they cannot be seen."""
    with suppress(NotSupported):
        return usage(world.outages.control(server)).memory
    return None


def _computed(world: World, server: str) -> float | None:
    """Seconds that all processes of a server have computed; None where they cannot be seen."""
    with suppress(NotSupported):
        times = [psutil.Process(pid).cpu_times() for pid in pids(world.outages.control(server))]
        return float(sum(one.user + one.system for one in times))
    return None


def _most_memory(world: World, server: str) -> int:
    """What all processes of a server have held at most while the load went on, in bytes."""
    lines = [line for name, line in world.dispatch.lines.items() if name.startswith(f"Memory of the {server}")]
    check(lines, f"no step has looked at the memory of the {server}")
    together = zip(*([figure for _, figure in line] for line in lines), strict=False)
    return round(max(map(sum, together)) * MEGABYTE)


def needed(world: World, server: str) -> tuple[float, float]:
    """What a server has needed for a crowd: megabytes that it has grown by, and the share of a processor, in per cent.

    Raises:
        NotSupported: its processes cannot be seen from here.
    """
    audience = crowd_of(world)
    pids(world.outages.control(server))
    return audience.grown / MEGABYTE, 100 * audience.processor


def keep_to_limits(world: World, measure: str) -> None:
    """See that "deliveries" or "requests" were measured, and keep to the limits of the profile.

    Raises:
        AssertionError: they do not; says how long they took.
        SuiteError: they cannot be judged by these limits.
    """
    name = {"deliveries": "delivery", "requests": "request"}[measure]
    limits = [getattr(world.limits, f"{name}_{share}") for share in ("mean", "p95", "p99")]
    found = _durations(world, measure)
    check(found.count, "nothing was measured")
    failed, tried_at_all = [one for one in tried(world.records) if one.trouble], len(tried(world.records))
    in_vain = measure == "requests" and 100 * len(failed) > tried_at_all
    took = (found.mean, found.percentile(95), found.percentile(99))
    kept = all(one <= limit for one, limit in zip(took, limits, strict=True))
    load_runner.believable(world, limit=max(limits), kept=kept and not in_vain)
    check(not in_vain, f"of {tried_at_all} requests more than 1 % failed: {slowest(failed)}")
    check(kept, f"{measure} took {found}; the limits are, in seconds, {in_words(limits)}")


def _durations(world: World, measure: str) -> Durations:
    if measure == "deliveries":
        return crowd_of(world).measured.deliveries
    durations = Durations()
    for one in tried(world.records):
        if not one.trouble:  # what failed was not in time, however soon it did
            durations.record(one.seconds)
    return durations
