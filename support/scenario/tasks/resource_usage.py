"""What work that is done and over has cost a server: memory and open files, as far as the deployment lets us see."""

from dataclasses import dataclass
from typing import Any

import psutil

from support.core import clock
from support.core.checks import fail
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


async def wear(world: World, actor: Actor, server: str, screens: int, students: int, rounds: int) -> list[Usage]:
    """Open screens, let them be told of students, and close them all; several times.

    Returns:
        What the server holds after each round. The first is for warming up: what later ones add is what stays.
    """
    if rounds < 2:
        raise SuiteError(
            "what is left by a single time cannot be seen: the first is to warm up; say 2 times over, or more"
        )
    control, client = world.control(server), actor.ability(HasScreens)
    held = []
    for _ in range(rounds):
        await actor.do(client.open_screens(screens))
        for name in student_names(students):
            await actor.do(actor.ability(RunsSchool).register_student(name))
        await actor.do(actor.ability(Connects).settle())
        await actor.go_away()
        held.append(await _at_rest(control))
    return held


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


def held_by_rounds(actor: Actor) -> list[Usage]:
    """What `wear`, the actor's last attempt, has found."""
    held = actor.outcome.answer if actor.outcome else None
    if not isinstance(held, list):
        fail(f"{actor.role} has not used the server")
    return held
