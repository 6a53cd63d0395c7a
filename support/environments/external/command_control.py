"""A process of a system that is not ours, handled by the commands that the profile names."""

import os
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress

import psutil

from support.config.access import Commands
from support.core import clock
from support.core.errors import EnvironmentFailure, NotSupported
from support.core.redaction import everywhere
from support.environments.external.shell import ShellCommand

#: Takes a line about what is done to the system.
Tell = Callable[[str], None]


def untold(line: str) -> None:
    """For a control whose lines are not kept."""


#: Commands that one action may run, each as long as it may take: resume, stop, running, start, running, heal.
COMMANDS_OF_AN_ACTION = 6
#: Seconds between two looks whether a process is up, or gone.
_LOOK_EVERY = 0.2
#: Lines and characters of what a command printed that are kept.
_LINES, _LONGEST = 20, 2000


class CommandControl:
    """One process as a `Control`, by lines for the shell.

    What is done to it is remembered, for most commands fail where there is nothing to do: a process that is gone cannot
    be stopped, and a rule of a firewall that is set twice has to be taken away twice.

    Args:
        name: as people say it.
        commands: what it is handled with.
        tell: gets each command, and what it printed.
    """

    def __init__(self, name: str, commands: Commands, tell: Tell) -> None:
        self.name = name
        self.running = True
        """As far as we know: we started from a system that runs."""
        self._paused = self._is_cut = False
        self._pids: list[int] = []
        self._commands = commands
        self._tell = tell

    @property
    def pids(self) -> list[int]:
        """The ids of its processes, looked up once for as long as they run: commands for other ends restart some too.

        Raises:
            NotSupported: no command tells them.
            EnvironmentFailure: the command tells none.
        """
        if not (self._pids and all(map(psutil.pid_exists, self._pids))):
            self._pids = _ids(self._line("pids"), self.name, self._commands.within)
        return self._pids

    async def start(self) -> None:
        """Start it, and wait until it runs where there is a command that tells."""
        if self.running and await self.seems_up():
            return
        await self._do("start")
        await self._until(running=True)

    async def stop(self) -> None:
        """Stop it in order, and wait until it is gone where there is a command that tells."""
        await self.resume()
        await self._end("stop")

    async def kill(self) -> None:
        """End it at once, and wait until it is gone where there is a command that tells."""
        await self._end("kill")
        self._paused = False

    async def pause(self) -> None:
        """Make it hang."""
        if self.running and not self._paused:
            line = self._line("pause")
            self._paused = True  # also if the command fails half-way
            await self._run(line)

    async def resume(self) -> None:
        """End a pause."""
        if self._paused:
            await self._do("resume")
            self._paused = False

    async def restart(self, graceful: bool = False) -> None:
        """Kill it, or restart it kindly when `graceful`."""
        if graceful and self._commands.restart:
            await self.resume()
            self.running = False  # also if the command fails half-way
            await self._do("restart")
            return await self._until(running=True)
        await (self.stop() if graceful else self.kill())
        await self.start()

    async def seems_up(self) -> bool:
        """Whether it runs, by the command that tells; by what we know where there is none."""
        line = self._commands.running
        return self.running if line is None else await _succeeds(line, self._commands.within)

    async def start_afresh(self) -> None:
        """Start it anew though nothing was done to it: it may have ended by itself, or hang.

        Raises:
            NotSupported: the profile names no command that starts it.
            EnvironmentFailure: it does not come up.
        """
        if self._commands.restart:
            with suppress(EnvironmentFailure):  # what hangs may not hear it
                return await self.restart(graceful=True)
        end = next((action for action in ("kill", "stop") if getattr(self._commands, action)), None)
        if end and self.running:
            with suppress(EnvironmentFailure):  # it may be gone already
                await self._end(end)
        self.running = False
        await self._do("start")
        await self._until(running=True)

    async def cut(self) -> None:
        """Cut the link to it."""
        if not self._is_cut:
            line = self._line("cut")
            self._is_cut = True  # also if the command fails half-way
            await self._run(line)

    async def heal(self) -> None:
        """Undo `cut`."""
        if self._is_cut:
            await self._do("heal")
            self._is_cut = False

    async def _end(self, action: str) -> None:
        if self.running:
            line = self._line(action)
            self.running = False  # also if the command fails half-way
            await self._run(line)
            await self._until(running=False)

    async def _do(self, action: str) -> None:
        await self._run(self._line(action))

    def _line(self, action: str) -> str:
        line: str | None = getattr(self._commands, action)
        if line is None:
            lack = "tells the processes of" if action == "pids" else f"does {action!r} to"
            raise NotSupported(f"the profile names no command that {lack} {self.name}")
        return line

    async def _run(self, line: str) -> None:
        await run(line, within=self._commands.within, tell=self._tell, whose=self.name)

    async def _until(self, *, running: bool) -> None:
        """Wait until the process is as it should be."""
        self._pids = []
        line, deadline = self._commands.running, clock.now() + self._commands.within
        while line is not None and await _succeeds(line, self._commands.within) is not running:
            if clock.now() > deadline:
                state = "not up" if running else "still there"
                raise EnvironmentFailure(
                    f"{self.name} is {state} {self._commands.within:g} s after its command ({line})"
                )
            await clock.pause(_LOOK_EVERY)
        self.running = running


class CommandLog:
    """What a process has logged, by a command that prints it; see `serverlog.ServerLog`.

    All of it is printed once: a caller who asks for it again is given that, and what has come since.

    Args:
        line: for the shell; $SINCE is a Unix time, in seconds with six decimals.
        within: seconds that it may take.
    """

    def __init__(self, line: str, within: float) -> None:
        self._line = line
        self._within = within
        self._all, self._until = "", 0
        self._reading = threading.Lock()

    def size(self) -> int:
        """A mark to pass to `since` later: the present time in microseconds, so that nothing before it is shown."""
        return time.time_ns() // 1000

    def since(self, mark: int) -> str:
        """What was logged after `mark`, or why that cannot be had: a log decides no verdict."""
        if mark:
            return "\n".join(filter(None, self._printed(mark)))
        with self._reading:
            until = self.size()
            said, trouble = self._printed(self._until)
            if trouble:
                return "\n".join(filter(None, (self._all + said, trouble)))
            self._all, self._until = self._all + said, until
            return self._all

    def _printed(self, mark: int) -> tuple[str, str]:
        """What the command prints, and what went wrong with it."""
        with ShellCommand(self._line, os.environ | {"SINCE": f"{mark // 10**6}.{mark % 10**6:06}"}) as command:
            command.exits_soon(self._within)
            hung = command.end()
            return command.printed(), f"(`{self._line}` took longer than {self._within:g} s)" if hung else ""


def _ids(line: str, whose: str, within: float) -> list[int]:
    """The process ids that a command prints."""
    with ShellCommand(line) as command:
        command.exits_soon(within)
        command.end()
        printed = command.printed()
    ids = [int(word) for word in printed.split() if word.isdigit()]
    if not ids:
        raise EnvironmentFailure(
            f"{whose}: `{line}` is to print process ids, and printed: {printed.strip() or 'nothing'}"
        )
    return ids


async def run(line: str, *, within: float, tell: Tell, whose: str, environment: Mapping[str, str] | None = None) -> str:
    """Run a line of the shell to its end.

    Args:
        line: the command.
        within: seconds that it may take; what takes longer is killed, with all that it has started.
        tell: gets the command, and what it printed.
        whose: whom it is about, for the message.
        environment: what it is told beside what we know ourselves, and that is not to be read in a list of processes.

    Raises:
        EnvironmentFailure: it fails or takes too long; says how, with the last line it printed.
    """
    tell(f"{whose}: $ {line}")
    code, printed = await _outcome(line, within, environment)
    for words in printed.splitlines()[-_LINES:]:
        tell(f"{whose}: {words}")
    last = printed.strip().rpartition("\n")[2] or "it printed nothing"
    if code is None:
        raise EnvironmentFailure(f"{whose}: `{line}` took longer than {within:g} s, and was ended: {last}")
    if code != 0:
        raise EnvironmentFailure(f"{whose}: `{line}` failed with exit code {code}: {last}")
    return printed


async def _succeeds(line: str, within: float) -> bool:
    return (await _outcome(line, within))[0] == 0


async def _outcome(line: str, within: float, environment: Mapping[str, str] | None = None) -> tuple[int | None, str]:
    """Exit code and output of a command; no code if it had to be ended."""
    with ShellCommand(line, os.environ | (environment or {})) as command:
        await command.exits(within)
        code = None if command.end() else command.code
        return code, everywhere.text(command.printed())[-_LONGEST:]  # masked before it is cut
