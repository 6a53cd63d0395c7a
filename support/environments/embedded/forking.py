"""Python programs as forks of a process that has imported already what they need; see `fork_server`.

To import it is most of what the start of a server takes. Where there is no such process they are started as others are.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress

from support.core.temporary_folders import OwnedFolder

#: The environment variable by which a run tells its processes where the fork server of the reference back ends is.
ADDRESS = "EARSHOT_FORK_SERVER"
#: What it says if there is to be none: for those who measure or change what a process imports.
OFF = {ADDRESS: "off"}
_LONGEST = 64


class ForkedProcess:
    """A child of a fork server, in the words of `subprocess.Popen`. It ends when we do."""

    def __init__(self, arguments: Sequence[str], connection: socket.socket, pid: int) -> None:
        self.args = arguments
        self.pid = pid
        self.returncode: int | None = None
        self._connection = connection

    def poll(self) -> int | None:
        """Its exit code, None while it runs."""
        with suppress(subprocess.TimeoutExpired):
            self.wait(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end.

        Raises:
            TimeoutExpired: it did not come.
        """
        if self.returncode is None:
            ended = select.poll()
            ended.register(self._connection, select.POLLIN)
            if not ended.poll(None if timeout is None else 1000 * timeout):
                raise subprocess.TimeoutExpired(self.args, timeout or 0.0)
            code = _heard(self._connection, "ended")
            self.returncode = int(code) if code else -signal.SIGKILL  # the fork server died, and took it along
            self._connection.close()
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """Kill it."""
        self.send_signal(signal.SIGKILL)


class ForkServerProcess:
    """A fork server, which ends when this process does, or when it is closed.

    Args:
        environment: of it, and of what is imported in it.
        folder: its working directory.
        imports: the modules that it begins with.
    """

    def __init__(self, environment: Mapping[str, str], folder: str, imports: Sequence[str]) -> None:
        self._home = OwnedFolder("fork")
        self.address = str(self._home.path / "socket")
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
            listener.bind(self.address)
            listener.listen()
            self._process = subprocess.Popen(
                [sys.executable, "-m", "support.environments.embedded.fork_server", str(listener.fileno()), *imports],
                cwd=folder,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                pass_fds=[listener.fileno()],
                start_new_session=True,
            )
        atexit.register(self.close)

    def close(self) -> None:
        """End it, with all that it has forked."""
        atexit.unregister(self.close)
        self._process.kill()
        self._process.communicate()
        self._home.cleanup()


def start(environment: Mapping[str, str], folder: str = "/", imports: Sequence[str] = ()) -> ForkServerProcess | None:
    """A fork server; None where there can be none."""
    if not hasattr(os, "pidfd_open"):
        return None
    try:
        return ForkServerProcess(environment, folder, imports)
    except OSError:  # the path of the socket is too long, for instance
        return None


def fork(
    address: str,
    module: str,
    arguments: Sequence[str],
    output: int,
    *,
    environment: Mapping[str, str],
    folder: str = "/",
    deadly: signal.Signals = signal.SIGKILL,
    deaf: Collection[int] = (),
) -> ForkedProcess | None:
    """Run `python -m module` as a fork.

    Args:
        address: the fork server's.
        module: what to run.
        arguments: its command line.
        output: the file descriptor that its output goes to.
        environment: all of its environment.
        folder: its working directory.
        deadly: the signal it gets when we die, or forget it.
        deaf: the signals that it ignores from the beginning.

    Returns:
        None if no fork server answers there.
    """
    asked = {
        "module": module,
        "arguments": [*arguments],
        "environment": {**environment},
        "folder": folder,
        "deadly": int(deadly),
        "deaf": [*map(int, deaf)],
    }
    connection = _asked(address, asked, [output])
    pid = _heard(connection, "began")
    return ForkedProcess([module, *arguments], connection, int(pid)) if pid else None


def prepare(address: str, modules: Sequence[str]) -> None:
    """Have a fork server import modules, and wait for it."""
    with _asked(address, {"imports": [*modules]}, []) as connection:
        _heard(connection, "ready")


def _asked(address: str, what: Mapping[str, object], descriptors: list[int]) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with suppress(OSError):  # then nothing will be heard
        connection.connect(address)
        socket.send_fds(connection, [json.dumps(what).encode()], descriptors)
    return connection


def _heard(connection: socket.socket, what: str) -> str:
    """What a fork server says of it; nothing if that is not what it says next, or it is not there."""
    with suppress(OSError):
        said, _, value = connection.recv(_LONGEST).decode().partition(" ")
        return value if said == what else ""
    return ""
