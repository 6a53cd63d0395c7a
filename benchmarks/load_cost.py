"""What one virtual user of each spec costs the generator: processor time for each thing done, memory for being there.

.venv/bin/python benchmarks/load_cost.py [spec …]

The users are those of the scenarios, with the same drivers, against the embedded servers, which are other processes
and are not counted. Nothing is recorded of what they do, as under load. Processor time is that of the generator while
the thing was done: in the best of five rounds, and for coming that of the median user. Memory is what the generator
has grown by, for each user, once all of them are there.
"""

import asyncio
import gc
import multiprocessing
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress

import psutil

from support.config.profile import load
from support.core.event_loop import new_loop
from support.drivers.capabilities import Unavailable
from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.delivery import Letter, SubmitsMessages
from support.drivers.capabilities.probing import TakesRequests
from support.drivers.capabilities.school import KeepsFeed
from support.drivers.capabilities.training import Trains
from support.drivers.clients.http import Unreachable
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems import SYSTEMS
from support.scenario.actor import Actor
from support.scenario.tasks import training_user
from support.scenario.world import World

USERS = 30
PATIENCE = 10
BUSY, TIMES, ROUNDS = 5, 60, 5
"""How many of them are busy at the same time, how often each thing is done, and how often that is measured."""

Verb = Callable[[Actor], Awaitable[object]]
TRAINING = "customer service"
FRIEND = "user 0"


async def come(actor: Actor) -> None:
    """Be there, as far as the system knows that."""
    if isinstance(actor.client, Trains):
        await actor.client.start(TRAINING)
        await actor.connect()
    elif isinstance(actor.client, Connects):
        await actor.come_online()


async def submit(actor: Actor) -> None:
    """Hand a message in."""
    await actor.ability(SubmitsMessages).submit(Letter("hello"))


async def send(actor: Actor) -> None:
    """Send a message to the first user, who receives it here as well."""
    await actor.send("hello", FRIEND)


VERBS: dict[str, dict[str, Verb]] = {
    "chat": {
        "send and receive a message": send,
        "read the contacts": lambda actor: actor.contacts(),
    },
    "dashboard": {"read the news": lambda actor: actor.ability(KeepsFeed).feed()},
    "training": {
        "say something, be judged": lambda actor: training_user.say(actor, "I understand, and I will help you.")
    },
    "broker": {"submit a message": submit},
    "threads": {
        "send and receive a message": send,
        "look at oneself": lambda actor: actor.ability(TakesRequests).look_at_oneself(),
    },
}


async def cost(sut: SystemUnderTest) -> None:
    """Print what its users cost."""
    world = World(f"cost of {sut.name}", sut)
    world.transcript.close()
    try:
        people = [await world.actor(f"user {number}") for number in range(USERS)]
        gc.collect()
        before = psutil.Process().memory_info().rss
        took = [await computed(patiently(come, actor)) for actor in people]
        gc.collect()
        grown = (psutil.Process().memory_info().rss - before) / USERS
        row(sut.name, "come", statistics.median(took), grown)
        for name, verb in VERBS[sut.name].items():
            row(sut.name, name, min([await each(people[1 : 1 + BUSY], verb) for _ in range(ROUNDS)]))
    finally:
        await world.restore_all()
        await world.leave()


async def patiently(verb: Verb, actor: Actor) -> None:
    """Do something, again if need be: on a busy machine a server may not reach its database in time."""
    for _ in range(PATIENCE):
        with suppress(Unavailable, Unreachable, AssertionError):
            await verb(actor)
            return
    await verb(actor)


async def each(people: list[Actor], verb: Verb) -> float:
    """Seconds of processor time for each time that it is done, by all people at once, each in turn."""

    async def again(actor: Actor) -> None:
        for _ in range(TIMES // len(people)):
            await patiently(verb, actor)

    return await computed(asyncio.gather(*map(again, people))) / (TIMES // len(people) * len(people))


async def computed(action: Awaitable[object]) -> float:
    """Seconds of processor time of this process while something was done."""
    began = time.process_time()
    await action
    return time.process_time() - began


def row(spec: str, verb: str, seconds: float, memory: float | None = None) -> None:
    """A row of the table."""
    held = "" if memory is None else f"{memory / 1000:>14.1f}"
    print(f"{spec:12}{verb:28}{seconds * 1000:>10.2f}{held}", flush=True)


async def spec(name: str) -> None:
    """Print the rows of one spec, whose system is started for it."""
    sut = SYSTEMS[name](load("embedded"), {})
    await sut.open()
    try:
        await cost(sut)
    finally:
        await sut.close()


def played(name: str) -> None:
    """The same in a process of its own, whose memory no other spec has used before."""
    with asyncio.Runner(loop_factory=new_loop) as runner:
        runner.run(spec(name))


def main(specs: list[str]) -> None:
    """Print the table."""
    print(f"{'spec':12}{'verb':28}{'CPU ms':>10}{'kB each':>14}", flush=True)
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"), max_tasks_per_child=1) as processes:
        list(processes.map(played, specs))


if __name__ == "__main__":
    main(sys.argv[1:] or list(VERBS))
