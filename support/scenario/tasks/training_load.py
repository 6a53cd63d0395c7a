"""Pilot users who work for a while, each waiting for the answer before going on: the closed model."""

from dataclasses import dataclass

from support.config.profile import Bars
from support.core.checks import check
from support.drivers.capabilities.training import Trains
from support.drivers.kit.user_pool import Member
from support.load.generator import Turn
from support.load.workload import InTurns, MemberDeed, Preparation, Workload
from support.scenario.actor import Actor
from support.scenario.tasks import load_runner, message_load, training_user
from support.scenario.world import Scene

#: The training that everybody is in.
_TRAINING = "customer service"


@dataclass(frozen=True)
class LookingAround:
    """In each turn one of the ways into the system, one after the other."""

    async def __call__(self, member: Member, turn: Turn) -> None:
        system: Trains = member.client
        match turn.number % 4:
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

    bars: Bars

    async def __call__(self, member: Member, turn: Turn) -> None:
        actor = Actor(member.role, member.client, member.account, member.inbox, self.bars)
        feedback = await training_user.say(actor, training_user.LINES[turn.number % len(training_user.LINES)])
        check(feedback.points > 0, training_user.NO_POINTS)


async def join(member: Member) -> None:
    """Open a session and join it, before the conversation begins."""
    await member.client.start(_TRAINING)
    await member.client.connect()


async def look_around(scene: Scene, roles: list[str], duration: float, pause: float) -> None:
    """Have people use every way into the system for a while, with so many seconds between an answer and the next."""
    await _work(scene, roles, duration, pause, "look around", LookingAround())


async def converse(scene: Scene, roles: list[str], duration: float, pause: float) -> None:
    """Have people converse for a while, with so many seconds between a reply and what they say next."""
    await _work(scene, roles, duration, pause, "converse", Conversing(scene.bars), join)


async def _work(
    scene: Scene,
    roles: list[str],
    duration: float,
    pause: float,
    what: str,
    deed: MemberDeed,
    prepare: Preparation | None = None,
) -> None:
    actors, seconds = await scene.actors(roles), message_load.lasting(scene, duration)
    people = await load_runner.crew(scene, {actor.role: actor for actor in actors})
    share = Workload(people, deed, InTurns(seconds, pause), prepare, scene.stage.described.tls)
    stated = f"{len(roles)} users {what} for {duration:g} s, each pausing {pause:g} s"
    told = f"{stated} (closed model), played for {seconds:g} s"
    measured = await load_runner.play(scene, load_runner.Load(share, people, seconds, told, bar=scene.bars.response))
    load_runner.keep_record(scene, "all of them", what, measured)
