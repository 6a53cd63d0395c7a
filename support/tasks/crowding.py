"""Many people at once: they come, are talked to while they make requests, and the server is watched meanwhile."""

import asyncio

import psutil

from support import clock
from support.actors import Actor
from support.arrivals import Posted
from support.deployments.control import Control
from support.inbox import Received
from support.load.crowd import Crowd
from support.load.durations import Durations
from support.load.engine import Deed, Turn, open_model
from support.load.pace import Pace
from support.report.attachments import attach
from support.scene import Scene
from support.systems import capabilities as can
from support.tasks.company import hush
from support.tasks.records import Record, Tried, tried
from support.tasks.resources import MEGABYTE, pids, usage

#: How many people come at the same time: more would measure this machine, not the server.
_ABREAST = 10
#: Requests a second, by turns of all listeners.
_REQUESTS = 20


async def gather(scene: Scene, speaker: str, count: int, place: str, server: str) -> None:
    """Bring so many people online, in one place with somebody."""
    crowd = Crowd(speaker, [f"listener {number}" for number in range(1, count + 1)], place, 0)
    crowd.memory = usage(scene.control(server)).memory
    scene.transcript.left_out |= {*crowd.listeners}
    scene.transcript.did(f"{count} listeners come, who are not recorded one by one")
    roles, doors = [speaker, *crowd.listeners], asyncio.Semaphore(_ABREAST)

    async def has_account(role: str) -> None:
        async with doors:
            await scene.actor(role)

    async def comes(role: str) -> None:
        async with doors:
            await scene.cast[role].do(scene.cast[role].come_online())

    await asyncio.gather(*map(has_account, roles))
    await asyncio.gather(*map(comes, roles))
    actor = scene.cast[speaker]
    await actor.do(actor.able(can.HasPlaces).open_place(place, crowd.listeners))
    await hush(scene)
    scene.crowd = crowd


async def talk(scene: Scene, rate: int, seconds: int, server: str) -> None:
    """Have the speaker send messages at a pace while the listeners make requests, and measure all of it."""
    crowd, control = crowd_of(scene), scene.control(server)
    busy, began = _processor(control), clock.now()
    crowd.requests, _ = await asyncio.gather(
        open_model(Pace.constant(_REQUESTS, seconds), _request(scene, crowd), drain=scene.bars.response),
        open_model(Pace.constant(rate, seconds), _say(scene, crowd), drain=scene.bars.response),
    )
    await clock.until(lambda: _heard_by_all(scene, crowd), within=scene.bars.delivery)
    crowd.processor = (_processor(control) - busy) / (clock.now() - began)
    crowd.grown = usage(control).memory - crowd.memory
    _account(scene, crowd)
    attach("Load", _figures(crowd))


def crowd_of(scene: Scene) -> Crowd:
    """The crowd of this scene.

    Raises:
        AssertionError: there is none.
    """
    assert scene.crowd is not None, "nobody has come"
    return scene.crowd


def _say(scene: Scene, crowd: Crowd) -> Deed:
    speaker = scene.cast[crowd.speaker]

    async def say(turn: Turn) -> None:
        text = f"message {turn.number}"
        crowd.said[text] = turn.due
        await speaker.send(text, crowd.place)

    return say


def _request(scene: Scene, crowd: Crowd) -> Deed:
    clients = [scene.cast[role].able(can.TakesRequests) for role in crowd.listeners]

    async def request(turn: Turn) -> None:
        await clients[turn.number % len(clients)].look_at_oneself()

    return request


def _heard_by_all(scene: Scene, crowd: Crowd) -> bool:
    return all(len(_heard(scene.cast[role])) >= len(crowd.said) for role in crowd.listeners)


def _heard(listener: Actor) -> list[Received]:
    return listener.inbox.unexpected(Posted)


def _account(scene: Scene, crowd: Crowd) -> None:
    """Note what each listener got, and when; and what became of the requests."""
    for role in crowd.listeners:
        heard = _heard(scene.cast[role])
        texts = [item.what.text for item in heard if isinstance(item.what, Posted)]
        counts = {text: texts.count(text) for text in crowd.said}
        crowd.missing += [f"{role} got {text} {times} times" for text, times in counts.items() if times != 1]
        for item in heard:
            if isinstance(item.what, Posted) and item.what.text in crowd.said:
                crowd.deliveries.record(item.at - crowd.said[item.what.text])
    record = Record("everybody", [Tried("a request", wait) for _, wait in crowd.requests.waits])
    for why, times in crowd.requests.failures.items():
        record.tried += [Tried("a request", 0.0, why)] * times
    scene.records.append(record)


def _processor(control: Control) -> float:
    """Seconds that all processes of a server have computed."""
    times = [psutil.Process(pid).cpu_times() for pid in pids(control)]
    return float(sum(one.user + one.system for one in times))


def _figures(crowd: Crowd) -> str:
    return "\n".join(
        (
            f"{len(crowd.listeners)} listeners, {len(crowd.said)} messages",
            f"deliveries {crowd.deliveries}",
            f"requests {crowd.requests}",
            f"memory {crowd.grown / MEGABYTE:+.1f} MB, processor {crowd.processor:.0%} of one",
        )
    )


def keep_to_limits(scene: Scene, measure: str) -> None:
    """See that "deliveries" or "requests" were measured, and keep to the limits of the profile.

    Raises:
        AssertionError: they do not; says how long they took.
    """
    bars, name = scene.bars, {"deliveries": "delivery", "requests": "request"}[measure]
    limits = [getattr(bars, f"{name}_{share}") for share in ("mean", "p95", "p99")]
    found = _durations(scene, measure)
    assert found.count, "nothing was measured"
    took = (found.mean, found.percentile(95), found.percentile(99))
    kept = all(one <= limit for one, limit in zip(took, limits, strict=True))
    assert kept, f"{measure} took {found}; the limits are, in seconds, {limits}"


def _durations(scene: Scene, measure: str) -> Durations:
    if measure == "deliveries":
        return crowd_of(scene).deliveries
    durations = Durations()
    for one in tried(scene.records):
        durations.record(one.seconds)
    return durations
