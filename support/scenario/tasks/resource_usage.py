"""What work that is done and over has cost a server: memory and open files, as far as the deployment lets us see."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import psutil

from support.core import clock
from support.core.errors import EnvironmentFailure, NotSupported, SuiteError
from support.core.wording import in_words
from support.drivers.capabilities.connections import Connects
from support.drivers.capabilities.school import HasScreens, RunsSchool
from support.environments.faults.control import Control
from support.scenario.actor import Actor
from support.scenario.tasks.dashboard_checks import student_names
from support.scenario.world import World

MEGABYTE = 1024 * 1024
#: Seconds between two looks, and how many looks at most, until a server counts as come to rest.
_LOOK_EVERY, _LOOKS = 0.05, 40
#: Further rounds, for as long as each leaves more open: a pool that fills comes to its end, a leak does not.
_MORE = 6


@dataclass(frozen=True)
class Usage:
    """What a server holds: bytes of memory, and open files (sockets are files too)."""

    memory: int
    files: int


def pids(control: Control) -> list[int]:
    """The processes of a server.

    Raises:
        NotSupported: they cannot be seen from here.
        EnvironmentFailure: one of them is not there.
    """
    found: Any = getattr(control, "pids", None)
    if found is None:
        raise NotSupported(f"the processes of the {control.name} cannot be seen from here")
    gone = [pid for pid in found if not psutil.pid_exists(pid)]
    if gone:
        raise EnvironmentFailure(f"the {control.name} has no process {in_words(gone)} on this machine")
    return list(found)


def usage(control: Control) -> Usage:
    """What all processes of a server hold now.

    Raises:
        NotSupported: its processes cannot be seen from here.
    """
    processes = [psutil.Process(pid) for pid in pids(control)]
    return Usage(
        memory=sum(process.memory_info().rss for process in processes),
        files=sum(process.num_fds() for process in processes),
    )


@dataclass(frozen=True)
class Wear:
    """What a server holds after each round of use. The first is for warming up: what later ones add is what stays.

    Args:
        planned: after the rounds that were asked for.
        further: after others, for as long as each left more open than the one before.
    """

    planned: list[Usage]
    further: list[Usage]

    @property
    def files(self) -> list[int]:
        """How many files were open after each of all rounds."""
        return [usage.files for usage in self.planned + self.further]


async def wear(world: World, actor: Actor, server: str, screens: int, students: int, rounds: int) -> Wear:
    """Open screens, let them be told of students, and close them all; several times."""
    if rounds < 2:
        raise SuiteError(
            "what is left by a single time cannot be seen: the first is to warm up; say 2 times over, or more"
        )
    control = world.outages.control(server)
    worn = Wear([await _used(actor, control, screens, students) for _ in range(rounds)], [])
    while grows(worn.files) and len(worn.further) < _MORE:
        worn.further.append(await _used(actor, control, screens, students))
    return worn


def grows(held: list[int]) -> bool:
    """Whether each is more than the one before."""
    return all(earlier < later for earlier, later in pairwise(held))


async def _used(actor: Actor, control: Control, screens: int, students: int) -> Usage:
    """What a server holds after one round."""
    await actor.do(actor.ability(HasScreens).open_screens(screens))
    for name in student_names(students):
        await actor.do(actor.ability(RunsSchool).register_student(name))
    await actor.do(actor.ability(Connects).settle())
    await actor.go_away()
    return await _at_rest(control)


async def _at_rest(control: Control) -> Usage:
    """What a server holds when that does not change any more."""
    before = usage(control)
    for _ in range(_LOOKS):
        await clock.pause(_LOOK_EVERY)
        now = usage(control)
        if now.files == before.files:
            return now
        before = now
    return before


def held_by_rounds(actor: Actor) -> Wear:
    """What `wear`, the actor's last attempt, has found."""
    return actor.gained(Wear, "has not used the server")
