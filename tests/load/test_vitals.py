"""What processes need is looked at wherever a command tells which they are."""

import os
from types import SimpleNamespace
from typing import Any, cast

from support.config.access import Commands
from support.environments.external.command_control import CommandControl
from support.scenario.tasks.process_metrics import probes
from support.scenario.world import World

SERVER = "dashboard server"


def world_with(command: str | None) -> World:
    control: Any = CommandControl(SERVER, Commands(pids=command), print)
    return cast(World, SimpleNamespace(sut=SimpleNamespace(deployment=SimpleNamespace(controls={SERVER: control}))))


async def test_each_process_that_a_command_tells_is_looked_at() -> None:
    found = probes(world_with(f"echo {os.getpid()}; echo {os.getppid()}"))
    assert [name for name in found if name.startswith("Memory")] == [f"Memory of the {SERVER} {one}" for one in (1, 2)]
    assert await found[f"Memory of the {SERVER} 1"]() > 1


def test_one_process_needs_no_number_and_none_no_look() -> None:
    assert f"Memory of the {SERVER}" in probes(world_with(f"echo {os.getpid()}"))
    assert probes(world_with(None)) == {}
