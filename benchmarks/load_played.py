"""A load on systems that the suite plays a spec on: how fast what one user says is at each of many others.

.venv/bin/python benchmarks/load_played.py [profile …]

One user speaks at a pace, and twenty others hear it: on MQTT on a topic that they have subscribed to, on XMPP in a
message to each, for the chat spec has no rooms. The users are those of the scenarios, with the same drivers; times
count from the moment at which a message was due. A step lasts five seconds, at four times the pace of the last.
"""

import asyncio
import sys
from dataclasses import dataclass
from functools import partial

from support.config.profile import load
from support.core.errors import InvalidMeasurement
from support.core.event_loop import new_loop
from support.core.people import UNNAMED, Account
from support.core.redaction import Redactor
from support.core.task_group import abreast
from support.core.transcript import Transcript
from support.drivers.capabilities.topics import PublishesOnTopics
from support.drivers.kit.user_pool import Member
from support.environments.system_under_test import SystemUnderTest
from support.environments.systems import class_of
from support.load.arrival_rate import Pace
from support.load.broadcast import Broadcast
from support.load.generator import Iteration
from support.load.measurement import Measurement
from support.load.partition import LoadProgress, play_here
from support.scenario.tasks.broadcast_load import come_online, message
from support.scenario.tasks.resource_usage import usage

LISTENERS, SECONDS, PACES = 20, 5, (2, 8, 32, 128)
SPEAKER = "user A"
TOPIC, QUALITY = "news", "at least once"


async def listen(member: Member) -> None:
    """Come online, and subscribe where there are topics."""
    await come_online(member)
    if isinstance(member.client, PublishesOnTopics):
        await member.client.subscribe(TOPIC)


@dataclass(frozen=True)
class Telling:
    """Say a numbered thing to all who listen."""

    listeners: tuple[str, ...]

    async def __call__(self, member: Member, iteration: Iteration) -> None:
        said = f"message {iteration.number}"
        if isinstance(member.client, PublishesOnTopics):
            await member.client.publish(said, TOPIC, QUALITY)
        else:
            await asyncio.gather(*(member.client.send(said, one) for one in self.listeners))


async def steps(profile: str) -> None:
    """Play all steps on the system of a profile, and print a row for each."""
    described = load(profile)
    (spec,) = described.systems
    sut = class_of(spec, described)(described, {})
    await sut.open()
    try:
        for pace in PACES:
            await step(profile, sut, pace)
    finally:
        await sut.close()


async def step(profile: str, sut: SystemUnderTest, pace: int) -> None:
    """One load, with users of its own."""
    transcript, people = Transcript(Redactor()), dict[str, Account]()
    listeners = tuple(f"{UNNAMED} {number}" for number in range(1, LISTENERS + 1))

    async def register(role: str) -> None:
        people[role] = await sut.system.register(role, transcript)

    await register(SPEAKER)
    await abreast([partial(register, role) for role in listeners], most=4)
    speakers = await sut.system.virtual_users(people, transcript)
    hearing = await sut.system.virtual_users({role: people[role] for role in listeners}, transcript)
    limits = sut.limits
    share = Broadcast(
        speakers, hearing, listen, Telling(listeners), Pace.constant(pace, SECONDS), message, None, None,
        limits.response, limits.delivery,
    )  # fmt: skip
    so_far = LoadProgress()
    await play_here(share, so_far)
    found, (server,) = so_far.measured, sut.deployment.controls.values()
    missing = sum(found.account.deliveries[one] != 1 for one in found.account.sent)
    took = (found.deliveries.percentile(50), found.deliveries.percentile(95), found.deliveries.percentile(99))
    valid = "yes" if _is_valid(found, limits.delivery) else "no: the generator was late"
    figures = (found.rate, LISTENERS * found.rate, *(1000 * one for one in took), 1000 * found.lateness.percentile(99))
    told = " | ".join(f"{one:.1f}" for one in figures)
    memory = usage(server).memory / 1_000_000
    print(f"| {profile} | {told} | {missing} | {found.failures.total()} | {memory:.0f} | {valid} |", flush=True)


def _is_valid(measured: Measurement, limit: float) -> bool:
    """Whether the generator kept to its plan, so that what was measured is the system's."""
    try:
        measured.believable(limit)
    except InvalidMeasurement:
        return False
    return True


def main(profiles: list[str]) -> None:
    """Print the table."""
    print("| profile | said a second | deliveries a second | median ms | p95 ms | p99 ms ", end="")
    print("| late p99 ms | missing | failed | MB | valid |")
    print("|---|---|---|---|---|---|---|---|---|---|---|")
    for profile in profiles:
        with asyncio.Runner(loop_factory=new_loop) as runner:
            runner.run(steps(profile))


if __name__ == "__main__":
    main(sys.argv[1:] or ["prosody", "ejabberd", "mosquitto"])
