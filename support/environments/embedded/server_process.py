"""One server process on this machine, with everything a scenario may do to it."""

import asyncio
import pwd
import re
import signal
import socket
import subprocess
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import psutil

from support.core import clock
from support.core.errors import EarshotError, EnvironmentFailure
from support.environments.embedded import failure_output, process_state, process_supervision
from support.environments.embedded.forking import ForkedProcess
from support.environments.embedded.ports import claimed_port, is_free
from support.environments.embedded.process_supervision import PauseGuard
from support.environments.embedded.server_log import ServerLog
from support.environments.embedded.workspace import Workspace
from support.environments.faults.proxy import FaultProxy

#: Seconds for a server to serve, to end in order, and to be gone after SIGKILL: nets for hangs, not limits.
START_LIMIT, STOP_LIMIT, KILL_LIMIT = 30.0, 5.0, 5.0
_ATTEMPTS = 10

Process = subprocess.Popen[bytes] | ForkedProcess


class ManagedProcess:
    """A server as a process of this machine: a `Control`.

    A subclass says which command runs it and when it serves. Clients reach it through `link`, whose port stays the
    same over restarts; the server's own `port` changes only if another process took it in between.
    """

    #: Seconds for it to serve.
    start_limit = START_LIMIT
    #: How it is asked to shut down in order.
    stop_signal = signal.SIGTERM
    #: How it ends when its data no longer matter: when the deployment closes or the suite dies.
    end_signal = signal.SIGKILL
    #: In the log of a start that failed: what goes away by itself.
    passing_troubles: tuple[str, ...] = ()

    def __init__(self, name: str, workspace: Workspace, port: int | None = None) -> None:
        """Prepare a server; nothing runs yet.

        Args:
            name: as people say it, unique in the deployment.
            workspace: where it keeps its data and log.
            port: the port it has to use; by default any free one.
        """
        self.name = name
        self.version = ""
        self.environment: dict[str, str] = {}
        self.account: pwd.struct_passwd | None = None
        self.folder = workspace.path / re.sub(r"\W+", "-", name.lower())
        self.log = ServerLog(self.folder.with_suffix(".log"))
        self.link = FaultProxy()
        self.port = port or 0
        self._port_is_fixed = port is not None
        self._claim: socket.socket | None = None
        self._prepared = False
        self._process: Process | None = None
        self._paused: list[psutil.Process] = []
        self._guard: PauseGuard | None = None

    def command(self) -> Sequence[str | Path]:
        """Program and arguments that serve on `port`."""
        raise NotImplementedError

    async def serves(self) -> bool:
        """Whether it answers on `port`; asked again and again during a start."""
        raise NotImplementedError

    async def prepare(self) -> None:
        """Do what has to be done once, before the first start."""

    @property
    def pid(self) -> int:
        """Process id of the latest start, 0 before the first."""
        return self._process.pid if self._process else 0

    @property
    def running(self) -> bool:
        """Whether the process exists; a paused one does."""
        return self._process is not None and self._process.poll() is None

    async def start(self) -> None:
        """Start it and wait until it serves.

        Raises:
            EnvironmentFailure: it did not come up; says why, with the last lines of its log, the telling one first.
        """
        if self.running:
            return
        if not self._prepared:
            self.folder.mkdir(exist_ok=True)
            await self.prepare()
            self._prepared = True
        for _ in range(_ATTEMPTS):
            self._choose_port()
            mark = self.log.size()
            self._process = self.spawn(self.command())
            if await self._come_up():
                self.link.upstream = self.port
                await self.link.open()
                return
            if self.running or not self._may_work_next_time(mark):
                break
            await clock.pause(0.05)
        trouble = self.trouble(mark)
        await self.kill()
        raise trouble

    def trouble(self, mark: int) -> EarshotError:
        """Why a start has failed whose log begins at `mark`."""
        return EnvironmentFailure(f"{self.name} did not start: {self._how_it_failed()}{self._last_words(mark)}")

    async def stop(self) -> None:
        """Ask it to shut down in order; kill it if it has not ended within `STOP_LIMIT`."""
        self._thaw()
        if self.running:
            self._send(self.stop_signal)
        if not await clock.until(lambda: not self.running, within=STOP_LIMIT):
            await self.kill()

    async def kill(self) -> None:
        """End it and its children at once, as a crash would; a child that lived on would hold port and memory."""
        if not self.running:
            return
        family = await self._freeze()
        for member in family:
            process_state.tell(member, signal.SIGKILL)
        self._thaw()
        if not await clock.until(
            lambda: not self.running and all(map(process_state.is_gone, family)), within=KILL_LIMIT
        ):
            raise EnvironmentFailure(f"{self.name} could not be killed")

    async def pause(self) -> None:
        """Make it and its children hang; the kernel still accepts connections for it."""
        if self.running and not self._paused:
            self._paused = await self._freeze()

    async def resume(self) -> None:
        """End a pause."""
        self._thaw()

    async def restart(self, graceful: bool = False) -> None:
        """Kill it, or stop it when `graceful`, and start it again on its data."""
        await (self.stop() if graceful else self.kill())
        await self.start()

    async def cut(self) -> None:
        """Cut the link to it: existing connections are reset, new ones refused."""
        await self.link.cut()

    async def heal(self) -> None:
        """Undo `cut`: new connections reach it again."""
        await self.link.heal()

    async def close(self) -> None:
        """End it for good, whatever state it is in; its data no longer matter."""
        self.end()
        if not await clock.until(lambda: not self.running, within=1.0):
            await self.kill()
        self._give_port_back()
        await self.link.close()

    def end(self) -> None:
        """Send what ends it for good, without waiting; needs no loop."""
        self._thaw()
        if self.running:
            self._send(self.end_signal)

    def wait(self) -> None:
        """Wait for the effect of `end`, for the last moments of an interpreter, when no loop runs any more."""
        if self._process:
            with suppress(subprocess.TimeoutExpired):  # then it ends with us
                self._process.wait(timeout=2.0)

    async def run(self, command: Sequence[str | Path]) -> str:
        """Run a command to its end, as this server runs: its account, its log.

        Returns:
            What it printed.

        Raises:
            EnvironmentFailure: it failed.
            PermissionError: the account may not run it.
        """
        mark = self.log.size()
        process = self.spawn(command)
        try:
            await clock.until(lambda: process.poll() is not None, within=START_LIMIT)
        finally:
            process.kill()
            process.wait()
        if process.returncode != 0:
            raise EnvironmentFailure(f"{self.name}: {Path(command[0]).name} failed{self._last_words(mark)}")
        return self.log.since(mark)

    def spawn(self, command: Sequence[str | Path]) -> Process:
        """Start a command as this server runs: its account, its environment, its log."""
        return process_supervision.spawn(
            command,
            self.log.path,
            environment=self.environment,
            account=self.account,
            at_our_death=self.end_signal,
        )

    async def _come_up(self) -> bool:
        """Wait until it serves, has ended, or has taken too long."""
        deadline = clock.now() + self.start_limit
        while self.running and clock.now() < deadline:
            if await self.serves():
                return self.running  # not so if another process answers on a port that was lost in a race
            await clock.pause(0.01)
        return False

    def _choose_port(self) -> None:
        if self.port and is_free(self.port):
            return
        if self._port_is_fixed:
            raise EnvironmentFailure(
                f"{self.name}: port {self.port} is taken by another process: free it, or give none"
            )
        self._give_port_back()
        self.port, self._claim = claimed_port()

    def _give_port_back(self) -> None:
        if self._claim:
            self._claim.close()

    def _may_work_next_time(self, mark: int) -> bool:
        said = self.log.since(mark)
        return not is_free(self.port) or any(trouble in said for trouble in self.passing_troubles)

    def _how_it_failed(self) -> str:
        if self._process and self._process.returncode is not None:
            return f"it ended with exit code {self._process.returncode}"
        return f"it did not serve within {self.start_limit:g} s"

    def _last_words(self, mark: int) -> str:
        return failure_output.told(self.name, self.log.since(mark))

    def _send(self, message: signal.Signals) -> None:
        if self._process:
            self._process.send_signal(message)

    async def _freeze(self) -> list[psutil.Process]:
        """Make it and its children hang; it first, so that it starts no more of them while they are counted."""
        process = psutil.Process(self.pid)
        self._guard = self._guard or PauseGuard()
        await self._halt(process)
        children = [] if process_state.is_gone(process) else process.children(recursive=True)
        await asyncio.gather(*map(self._halt, children))
        return [process, *children]

    async def _halt(self, process: psutil.Process) -> None:
        if self._guard:
            self._guard.watch(process.pid)
        await process_state.halt(process)

    def _thaw(self) -> None:
        if self._guard:
            self._guard.dismiss()
            self._guard = None
        for member in reversed(self._paused):
            process_state.tell(member, signal.SIGCONT)
        self._paused = []
