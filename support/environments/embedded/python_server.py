"""A reference back end as a process of this machine."""

import asyncio
import difflib
import os
import platform
import re
import ssl
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from support.core.errors import EarshotError, SuiteError
from support.environments.embedded import forking, process_supervision
from support.environments.embedded.server_process import ManagedProcess, Process
from support.environments.embedded.tcp_probe import ask
from support.environments.embedded.workspace import Workspace
from support.environments.faults.proxy import HOST

#: Reference servers trust the authority that they are given alone. To read the machine's list of public ones, as
#: aiohttp does when it is imported, would be a tenth of a start. They are in no time zone like UTC, where no scenario
#: would see that a server takes local time for it.
_ALL_HAVE = {
    "PYTHONUNBUFFERED": "1",
    "SSL_CERT_FILE": os.devnull,
    "SSL_CERT_DIR": os.devnull,
    "TZ": "<+0545>-05:45",
}

#: The modules of a server that are imported ahead, those that there are.
_AHEAD = ("server", "faults", "preloaded")

#: argparse's exit code for a command line that it cannot take, and what it then says; before it stands the usage.
_WRONG_OPTIONS = 2
_SAID = re.compile(r"^\S.*: error: (?P<why>.+)$", re.MULTILINE)
_UNKNOWN = re.compile(r"unrecognized arguments: --(?P<option>[\w.-]+)")
#: Words of its command line before its own arguments: the interpreter, -m, the module.
_PYTHON = 3
_OPTION = re.compile(r"--([a-z][\w-]*)")


class PythonServer(ManagedProcess):
    """An HTTP server that `python -m MODULE --host HOST --port PORT` runs; see `Control`."""

    #: What a start asks it with, if it serves over TLS.
    tls: ssl.SSLContext | None = None

    def __init__(
        self,
        name: str,
        workspace: Workspace,
        *,
        module: str,
        arguments: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        port: int | None = None,
    ) -> None:
        """Prepare a server; nothing runs yet.

        Args:
            name: as people say it, unique in the deployment.
            workspace: where its log is kept.
            module: what to run, with this interpreter.
            arguments: beside host and port.
            environment: what others must not see in a list of processes, as passwords.
            port: the port it has to use; by default any free one.
        """
        super().__init__(name, workspace, port)
        self.version = f"reference back end on Python {platform.python_version()}"
        self._usual = _ALL_HAVE | dict(environment or {})
        self.environment = dict(self._usual)
        self._module = module
        self._arguments = arguments

    @property
    def address(self) -> str:
        """Base URL by way of the fault proxy; the same over all restarts."""
        return f"{self._scheme}://{HOST}:{self.link.port}"

    @property
    def direct_address(self) -> str:
        """The same past the fault proxy, for the suite's own control of it."""
        return f"{self._scheme}://{HOST}:{self.port}"

    @property
    def _scheme(self) -> str:
        return "https" if self.tls else "http"

    async def prepare(self) -> None:
        """Have what it imports ready."""
        if address := _fork_server():
            imports = [f"{self._module}.{part}" for part in _AHEAD]
            await asyncio.to_thread(forking.prepare, address, imports)

    def spawn(self, command: Sequence[str | Path]) -> Process:
        """Fork it from what has imported that already, if there is such a process."""
        address, arguments = _fork_server(), [str(word) for word in command[_PYTHON:]]
        with self.log.path.open("ab") as output:
            environment = process_supervision.of_servers() | self.environment
            forked = address and forking.fork(
                address, self._module, arguments, output.fileno(), environment=environment, deadly=self.end_signal
            )
        return forked or super().spawn(command)

    def command(self) -> Sequence[str | Path]:
        """The module, on its port."""
        return [sys.executable, "-m", self._module, "--host", HOST, "--port", str(self.port), *self._arguments]

    def trouble(self, mark: int) -> EarshotError:
        """Options that it does not take are a mistake of those who gave them; all else is a start that failed."""
        ended = self._process.returncode if self._process else None
        mistake = _mistake(self.log.since(mark)) if ended == _WRONG_OPTIONS else None
        return SuiteError(f"{self.name}: {mistake}") if mistake else super().trouble(mark)

    async def serves(self) -> bool:
        """Whether it answers, whatever the answer."""
        request = f"GET / HTTP/1.0\r\nHost: {HOST}:{self.port}\r\n\r\n"
        return (await ask(self.port, request.encode(), tls=self.tls)).startswith(b"HTTP/")


def _fork_server() -> str | None:
    """Where the fork server of the reference back ends is: the one of this run, or else one of our own."""
    told = os.environ.get(forking.ADDRESS)
    if told is None:
        own = _own_fork_server(os.environ.get("PYTHONPATH"))
        return own.address if own else None
    return told if told != forking.OFF[forking.ADDRESS] else None


@cache
def _own_fork_server(search: str | None) -> forking.ForkServerProcess | None:
    return start_fork_server()


def start_fork_server() -> forking.ForkServerProcess | None:
    """A fork server for reference back ends; None where there can be none."""
    return forking.start(process_supervision.of_servers() | _ALL_HAVE)


def _mistake(log: str) -> str | None:
    """What is wrong with the options that a server was given, in one line; None if that was not its trouble."""
    said = _SAID.search(log)
    if said is None:
        return None
    unknown = _UNKNOWN.match(said["why"])
    if unknown is None:
        return f"an option of the server is wrong: {said['why']}"
    known = sorted(set(_OPTION.findall(log[: said.start()])) - {"host", "port", "list-faults"})
    nearest = difflib.get_close_matches(unknown["option"], known, n=1)
    advice = f"did you mean {nearest[0]!r}?" if nearest else f"there are: {', '.join(known)}"
    return f"the server has no option {unknown['option']!r}; {advice}"
