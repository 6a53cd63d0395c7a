"""A run in miniature, in a process of its own: opens a deployment on the background loop, then ends as it is told.

`holder.py close | raise | wait | pause | fail | die`; `die` waits for a line, and is killed in the middle of a pause
"""

import os
import signal
import sys

import psutil

from support.core.event_loop import Background
from support.environments.embedded import process_state
from support.environments.embedded.embedded import EmbeddedDeployment
from support.environments.embedded.postgres import Postgres
from support.environments.embedded.process_supervision import interrupt_on_termination
from support.environments.embedded.python_server import PythonServer
from support.environments.embedded.redis import Redis
from support.environments.embedded.workspace import Workspace
from support.environments.faults.control import Control


class Held(EmbeddedDeployment):
    """Both databases and a server; the server does not start when `fails`."""

    def __init__(self, fails: bool = False) -> None:
        super().__init__()
        self.fails = fails

    async def set_up(self, workspace: Workspace) -> None:
        await self.start(Postgres(workspace), Redis(workspace))
        arguments = ["--fail"] if self.fails else []
        await self.start(PythonServer("server", workspace, module="standin", arguments=arguments))


async def die_while_pausing(postgres: Control) -> None:
    """Be killed when one child hangs, before the pause is complete."""
    halt, halted = process_state.halt, []

    async def deadly(process: psutil.Process) -> None:
        await halt(process)
        halted.append(process)
        if len(halted) == 2:
            os.kill(os.getpid(), signal.SIGKILL)

    process_state.halt = deadly
    await postgres.pause()


def main(ending: str) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored in the background
    interrupt_on_termination()
    background = Background()
    deployment = Held(fails=ending == "fail")
    background.run(deployment.open())
    if ending == "pause":
        background.run(deployment.controls["Postgres"].pause())
    print("open", flush=True)
    if ending == "raise":
        raise ZeroDivisionError("a hook that fails, and closes nothing")
    if ending == "die":
        sys.stdin.readline()
        background.run(die_while_pausing(deployment.controls["Postgres"]))
    try:
        if ending in ("wait", "pause"):
            signal.pause()
    finally:
        background.run(deployment.close())
        background.close()


if __name__ == "__main__":
    main(sys.argv[1])
