"""Pilot users who work for a while, each waiting for the answer before going on: the closed model."""

from dataclasses import dataclass

from support.config.profile import Limits
from support.core.checks import check
from support.drivers.capabilities.training import Trains
from support.drivers.kit.user_pool import Member
from support.load.generator import Iteration
from support.load.workload import ClosedModel, MemberAction, Preparation, Workload
from support.scenario.actor import Actor
from support.scenario.tasks import load_runner, message_load, training_user
from support.scenario.world import World

#: The training that everybody is in.
_TRAINING = "customer service"


@dataclass(frozen=True)
class LookingAround:
    """In each turn one of the ways into the system, one after the other."""

    async def __call__(self, member: Member, iteration: Iteration) -> None:
        system: Trains = member.client
        match iteration.number % 4:
            case 0:
                await system.trainings()
            case 1:
                await system.documents(_TRAINING)
            case 2:
                await system.start(_TRAINING)
            case _:
                check(await system.well(), "the system says that it is not well")


@dataclass(frozen=True)
class Conversing:
    """In each turn something said, and the reply and the feedback waited for."""

    limits: Limits

    async def __call__(self, member: Member, iteration: Iteration) -> None:
        actor = Actor(member.role, member.client, member.account, member.inbox, self.limits)
        feedback = await training_user.say(actor, training_user.LINES[iteration.number % len(training_user.LINES)])
        check(feedback.points > 0, training_user.NO_POINTS)


async def join(member: Member) -> None:
    """Open a session and join it, before the conversation begins."""
    await member.client.start(_TRAINING)
    await member.client.connect()


async def look_around(world: World, roles: list[str], duration: float, pause: float) -> None:
    """Have people use every way into the system for a while, with so many seconds between an answer and the next."""
    await _work(world, roles, duration, pause, "look around", LookingAround())


async def converse(world: World, roles: list[str], duration: float, pause: float) -> None:
    """Have people converse for a while, with so many seconds between a reply and what they say next."""
    await _work(world, roles, duration, pause, "converse", Conversing(world.limits), join)


async def _work(
    world: World,
    roles: list[str],
    duration: float,
    pause: float,
    what: str,
    action: MemberAction,
    prepare: Preparation | None = None,
) -> None:
    actors, seconds = await world.actors(roles), message_load.lasting(world, duration)
    people = await load_runner.virtual_users(world, {actor.role: actor for actor in actors})
    share = Workload(people, action, ClosedModel(seconds, pause), prepare, world.sut.described.tls)
    stated = f"{len(roles)} users {what} for {duration:g} s, each pausing {pause:g} s"
    told = f"{stated} (closed model), played for {seconds:g} s"
    measured = await load_runner.play(
        world, load_runner.Load(share, people, seconds, told, limit=world.limits.response)
    )
    load_runner.keep_record(world, "all of them", what, measured)
