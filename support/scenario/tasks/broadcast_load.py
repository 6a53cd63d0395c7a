"""Many people at once: somebody tells them things while they make requests, and the server is watched meanwhile."""

import re
from contextlib import suppress
from dataclasses import dataclass
from functools import partial

import psutil

from support.core import clock
from support.core.checks import check, fail
from support.core.errors import NotCapable
from support.core.events import Arrival, News, Posted
from support.core.task_group import abreast
from support.core.wording import in_words
from support.drivers.capabilities.collaboration import HasPlaces
from support.drivers.kit.user_pool import Member
from support.load.arrival_rate import Pace
from support.load.audience import Crowd
from support.load.broadcast import Crowded
from support.load.generator import Turn
from support.load.histogram import Durations
from support.reporting.attachments import attach
from support.scenario.tasks import load_runner
from support.scenario.tasks.attempt_log import slowest, tried
from support.scenario.tasks.resource_usage import MEGABYTE, pids, usage
from support.scenario.tasks.workspace import hush
from support.scenario.world import Scene

#: How many people get their accounts at the same time: more would measure this machine, not the server.
_ABREAST = 4
#: Requests a second, by turns of all listeners.
_REQUESTS = 20


# -- what each of them does: also in another process -------------------------------------------------------------------


async def come_online(member: Member) -> None:
    """Sign in, connect, and enter the places one is in."""
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

    async def __call__(self, member: Member, turn: Turn) -> None:
        await member.client.send(f"message {turn.number}", self.place)


async def register(member: Member, turn: Turn) -> None:
    """Register a numbered student."""
    await member.client.register_student(f"Student {turn.number}")


async def look_at_oneself(member: Member, _turn: Turn) -> None:
    """Make a harmless request."""
    await member.client.look_at_oneself()


def message(what: Arrival) -> int | None:
    """The number of a message that has arrived."""
    found = re.fullmatch(r"message (\d+)", what.text) if isinstance(what, Posted) else None
    return int(found[1]) if found else None


def student(what: Arrival) -> int | None:
    """The number of a student who is told of."""
    found = re.fullmatch(r"Student (\d+)", what.whom) if isinstance(what, News) else None
    return int(found[1]) if found else None


# -- what the scenario does --------------------------------------------------------------------------------------------


async def gather(scene: Scene, speaker: str, count: int, place: str, server: str) -> None:
    """Have somebody open a place for so many others, who are not online yet."""
    crowd = Crowd(speaker, [f"listener {number}" for number in range(1, count + 1)], place, server)
    crowd.memory = _memory(scene, server)
    scene.transcript.left_out |= {*crowd.listeners}
    scene.transcript.did(f"{count} listeners come, who are not recorded one by one")
    await abreast([partial(scene.actor, role) for role in (speaker, *crowd.listeners)], most=_ABREAST)
    actor = scene.cast[speaker]
    await actor.do(actor.sign_in())
    await actor.do(actor.able(HasPlaces).open_place(place, crowd.listeners))
    await hush(scene)
    scene.crowd = crowd


async def talk(scene: Scene, rate: int, seconds: int, server: str) -> None:
    """Have the speaker send messages at a pace while the listeners are online and make requests; measure all of it."""
    crowd = crowd_of(scene)
    check(crowd.server == server, f"the others have come to the {crowd.server}, not to the {server}")
    people = {role: scene.cast[role] for role in (crowd.speaker, *crowd.listeners)}
    speakers = await load_runner.crew(scene, {crowd.speaker: people[crowd.speaker]})
    listeners = await load_runner.crew(scene, {role: people[role] for role in crowd.listeners})
    share = Crowded(
        speakers, listeners, come_online, Saying(crowd.place), Pace.constant(rate, seconds), message,
        look_at_oneself, Pace.constant(_REQUESTS, seconds), scene.bars.response, scene.bars.delivery,
        scene.stage.described.tls,
    )  # fmt: skip
    told = f"{len(crowd.listeners)} listeners, {rate} messages a second for {seconds} s (open model)"
    await _tell(scene, crowd, share, rate + _REQUESTS, told, server)
    load_runner.keep_record(scene, "everybody", "a request", crowd.measured)


async def show(scene: Scene, role: str, count: int, rate: int, seconds: int, server: str) -> None:
    """Have somebody register students at a pace while many screens show their dashboard, and measure all of it."""
    actor = await scene.actor(role)
    crowd = Crowd(role, [f"screen {number}" for number in range(1, count + 1)], "the dashboard", server)
    crowd.memory = _memory(scene, server)
    speakers = await load_runner.crew(scene, {role: actor})
    screens = await load_runner.crew(scene, dict.fromkeys(crowd.listeners, actor))
    share = Crowded(
        speakers, screens, open_dashboard, register, Pace.constant(rate, seconds), student,
        None, None, scene.bars.response, scene.bars.delivery, scene.stage.described.tls,
    )  # fmt: skip
    told = f"{count} screens, {rate} students a second for {seconds} s (open model)"
    await _tell(scene, crowd, share, rate, told, server)
    scene.crowd = crowd


async def _tell(scene: Scene, crowd: Crowd, share: Crowded, rate: float, told: str, server: str) -> None:
    """Play it, and note what the server needed for it."""
    seconds = share.telling.seconds
    answers, bars = (share.asking.count / seconds if share.asking else 0.0), scene.bars
    load = load_runner.Load(share, share.listeners, seconds, told, rate, answers, bars.request_p99, bars.delivery_p99)
    busy, began = _computed(scene, server), clock.now()
    crowd.measured = await load_runner.play(scene, load)
    needs = "what, cannot be seen from here"
    if busy is not None and (done := _computed(scene, server)) is not None:
        crowd.processor = (done - busy) / (clock.now() - began)
        crowd.grown = _most_memory(scene, server) - (crowd.memory or 0)
        needs = f"memory {crowd.grown / MEGABYTE:+.1f} MB, processor {crowd.processor:.0%} of one"
    missing = "; ".join(crowd.missing[:10]) or "nothing"
    attach("The crowd", f"missing or twice: {missing}\nthe {server} needed: {needs}")


def crowd_of(scene: Scene) -> Crowd:
    """The crowd of this scene.

    Raises:
        AssertionError: there is none.
    """
    if scene.crowd is None:
        fail("nobody has come")
    return scene.crowd


def _memory(scene: Scene, server: str) -> int | None:
    """Bytes that all processes of a server hold; None where they cannot be seen."""
    with suppress(NotCapable):
        return usage(scene.control(server)).memory
    return None


def _computed(scene: Scene, server: str) -> float | None:
    """Seconds that all processes of a server have computed; None where they cannot be seen."""
    with suppress(NotCapable):
        times = [psutil.Process(pid).cpu_times() for pid in pids(scene.control(server))]
        return float(sum(one.user + one.system for one in times))
    return None


def _most_memory(scene: Scene, server: str) -> int:
    """What all processes of a server have held at most while the load went on, in bytes."""
    lines = [line for name, line in scene.dispatch.lines.items() if name.startswith(f"Memory of the {server}")]
    check(lines, f"nobody has looked at the memory of the {server}")
    together = zip(*([figure for _, figure in line] for line in lines), strict=False)
    return round(max(map(sum, together)) * MEGABYTE)


def needed(scene: Scene, server: str) -> tuple[float, float]:
    """What a server has needed for a crowd: megabytes that it has grown by, and the share of a processor, in per cent.

    Raises:
        NotCapable: its processes cannot be seen from here.
    """
    crowd = crowd_of(scene)
    pids(scene.control(server))
    return crowd.grown / MEGABYTE, 100 * crowd.processor


def keep_to_limits(scene: Scene, measure: str) -> None:
    """See that "deliveries" or "requests" were measured, and keep to the limits of the profile.

    Raises:
        AssertionError: they do not; says how long they took.
        SuiteError: they cannot be judged by these limits.
    """
    bars, name = scene.bars, {"deliveries": "delivery", "requests": "request"}[measure]
    limits = [getattr(bars, f"{name}_{share}") for share in ("mean", "p95", "p99")]
    load_runner.believable(scene, bar=max(limits))
    found = _durations(scene, measure)
    check(found.count, "nothing was measured")
    failed, tried_at_all = [one for one in tried(scene.records) if one.trouble], len(tried(scene.records))
    in_vain = measure == "requests" and 100 * len(failed) > tried_at_all
    check(not in_vain, f"of {tried_at_all} requests more than 1 % failed: {slowest(failed)}")
    took = (found.mean, found.percentile(95), found.percentile(99))
    kept = all(one <= limit for one, limit in zip(took, limits, strict=True))
    check(kept, f"{measure} took {found}; the limits are, in seconds, {in_words(limits)}")


def _durations(scene: Scene, measure: str) -> Durations:
    if measure == "deliveries":
        return crowd_of(scene).measured.deliveries
    durations = Durations()
    for one in tried(scene.records):
        if not one.trouble:  # what failed was not in time, however soon it did
            durations.record(one.seconds)
    return durations
