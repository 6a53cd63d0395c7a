"""A load as a whole: who does what, and when. It can be played here, in other processes, and on other machines."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from support.config.access import Tls
from support.core.task_group import abreast
from support.drivers.capabilities import Rejected
from support.drivers.clients.http import Unreachable
from support.drivers.clients.trust import rely
from support.drivers.kit.user_pool import Member, UserPool
from support.load.arrival_rate import Pace
from support.load.generator import Iteration, closed_model, open_model
from support.load.partition import Part, Play

#: What a virtual user does in an iteration: a function of a module or an instance of its class: it can be pickled.
MemberAction = Callable[[Member, Iteration], Awaitable[Any]]
#: What each does before the load begins.
Preparation = Callable[[Member], Awaitable[None]]
#: How many prepare at the same time: more would measure this machine, not the system.
_ABREAST = 10


@dataclass(frozen=True)
class ConstantArrivalRate:
    """The open model: things are done when they are due, by turns of the people, however long the answers take.

    Args:
        pace: when they are due.
        drain: seconds to wait, after the last one, for answers.
    """

    pace: Pace
    drain: float

    @property
    def seconds(self) -> float:
        return self.pace.seconds

    async def play(self, members: list[Member], action: MemberAction, part: Part) -> None:
        """Play a part with its members."""

        async def one(iteration: Iteration) -> Any:
            return await action(members[iteration.number // part.of % len(members)], iteration)

        await open_model(self.pace, one, drain=self.drain, part=part)


@dataclass(frozen=True)
class ClosedModel:
    """The closed model: each of the people waits for the answer, pauses, and goes on.

    Args:
        seconds: after which no user begins anew.
        pause: seconds between an answer and the next thing.
    """

    seconds: float
    pause: float

    async def play(self, members: list[Member], action: MemberAction, part: Part) -> None:
        """Play a part with its members."""
        actions = [partial(action, member) for member in members]
        await closed_model(actions, seconds=self.seconds, think=self.pause, part=part)


def trust(virtual_users: UserPool, tls: Tls) -> None:
    """Have the connections of virtual users use the profile's certificates, in this process too."""
    for address in virtual_users.addresses if tls != Tls() else ():
        rely(address, tls, "load")


async def prepared(members: list[Member], prepare: Preparation) -> None:
    """Have members prepare, several at the same time.

    Raises:
        AssertionError: the system does not let one of them.
    """

    async def one(member: Member) -> None:
        try:
            await prepare(member)
        except (Rejected, Unreachable) as trouble:
            raise AssertionError(f"{member.role} could not even get ready: {trouble}") from trouble

    await abreast([partial(one, member) for member in members], most=_ABREAST)


@dataclass(frozen=True)
class Workload:
    """Who does what, and when; see `part.Share`."""

    virtual_users: UserPool
    action: MemberAction
    plan: ConstantArrivalRate | ClosedModel
    prepare: Preparation | None = None
    tls: Tls = field(default_factory=Tls)
    """Which certificates count where the system is an external one."""

    @asynccontextmanager
    async def aboard(self, number: int, of: int) -> AsyncIterator[Play]:
        """Bring a part of the virtual users aboard, and have them prepare."""
        trust(self.virtual_users, self.tls)
        async with self.virtual_users.aboard(number, of) as members:
            if self.prepare:
                await prepared(members, self.prepare)
            yield partial(self.plan.play, members, self.action)
