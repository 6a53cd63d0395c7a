"""A process that imports once what many need, and forks itself for each of them.

    python -m support.environments.embedded.fork_server FD MODULE...

imports the modules, listens on this file descriptor, and ends with its standard input. See `forking` beside it.
"""

import ctypes
import gc
import importlib
import json
import os
import runpy
import selectors
import signal
import socket
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

#: Bytes that a request takes at most.
_LARGEST = 1 << 20
_PR_SET_PDEATHSIG, _PR_SET_NAME = 1, 15  # prctl(2)


@dataclass
class Fork:
    """A process that was asked for, and by whom."""

    pid: int
    deadly: int
    connection: socket.socket
    ended: bool = False
    forsaken: bool = False


class ForkServer:
    """Answers one request on each connection; the end of the connection is the end of the process asked for."""

    def __init__(self, listener: socket.socket) -> None:
        self._listener = listener
        self._selector = selectors.DefaultSelector()
        self._selector.register(listener, selectors.EVENT_READ, self._accept)
        self._selector.register(sys.stdin, selectors.EVENT_READ, lambda: os._exit(0))

    def next_program(self) -> str:
        """Serve until this is a child that was asked for; the module that it is to run."""
        while True:
            for key, _ in self._selector.select():
                if module := key.data():
                    return str(module)

    def _accept(self) -> str | None:
        connection, _ = self._listener.accept()
        asked, descriptors = _heard(connection)
        if asked is None:
            connection.close()
            return None
        if "imports" in asked:
            for module in asked["imports"]:
                with suppress(Exception):  # the child that needs it says so
                    importlib.import_module(module)
            gc.freeze()
            _answer(connection, "ready")
            connection.close()
            return None
        parent = os.getpid()
        try:
            pid = os.fork()
        except OSError:  # too many processes: the asker sees that the connection ends
            connection.close()
            return None
        if not pid:
            self._leave()
            _become(asked, descriptors[0], parent)
            _answer(connection, f"began {os.getpid()}")
            connection.close()
            return str(asked["module"])
        os.close(descriptors[0])
        self._watch(Fork(pid, asked["deadly"], connection))
        return None

    def _watch(self, child: Fork) -> None:
        ending = os.pidfd_open(child.pid)
        self._selector.register(ending, selectors.EVENT_READ, lambda: self._ended(child, ending))
        self._selector.register(child.connection, selectors.EVENT_READ, lambda: self._forsaken(child))

    def _ended(self, child: Fork, ending: int) -> None:
        """Tell how it ended. What is left of it stays until that was heard, so that its id means nothing else."""
        self._selector.unregister(ending)
        os.close(ending)
        child.ended = True
        ended = os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
        if ended:
            code = ended.si_status if ended.si_code == os.CLD_EXITED else -ended.si_status
            _answer(child.connection, f"ended {code}")
        self._bury(child)

    def _forsaken(self, child: Fork) -> None:
        """Its asker needs it no more, or is dead."""
        self._selector.unregister(child.connection)
        child.connection.close()
        child.forsaken = True
        if not child.ended:
            os.kill(child.pid, child.deadly)
        self._bury(child)

    def _bury(self, child: Fork) -> None:
        if child.ended and child.forsaken:
            os.waitpid(child.pid, 0)

    def _leave(self) -> None:
        """Close in a child what is the server's."""
        for key in list(self._selector.get_map().values()):
            if isinstance(key.fileobj, int):
                os.close(key.fileobj)
            elif isinstance(key.fileobj, socket.socket):
                key.fileobj.close()
        self._selector.close()


def _heard(connection: socket.socket) -> tuple[dict[str, Any] | None, list[int]]:
    """What is asked for, and the descriptors that come with it; None if the asker has gone or cannot be understood."""
    with suppress(OSError, ValueError):
        said, descriptors, *_ = socket.recv_fds(connection, _LARGEST, 1)
        return json.loads(said), descriptors
    return None, []


def _answer(connection: socket.socket, text: str) -> None:
    with suppress(OSError):  # the asker has gone
        connection.send(text.encode())


def _become(asked: dict[str, Any], output: int, parent: int) -> None:
    """Make this child what was asked for, as `subprocess.Popen` would make it."""
    os.setsid()
    prctl = ctypes.CDLL(None).prctl
    prctl(_PR_SET_NAME, asked["module"].encode())
    prctl(_PR_SET_PDEATHSIG, asked["deadly"])
    if os.getppid() != parent:  # it died before the arrangement
        os._exit(1)
    for number in asked["deaf"]:
        signal.signal(number, signal.SIG_IGN)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.close(nothing)
    os.close(output)
    os.chdir(asked["folder"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    sys.argv = [asked["module"], *asked["arguments"]]


def main() -> None:
    """Serve, and become each child."""
    gc.disable()  # what is imported stays for good
    descriptor, *modules = sys.argv[1:]
    for module in modules:
        importlib.import_module(module)
    gc.freeze()
    with socket.socket(fileno=int(descriptor)) as listener:
        module = ForkServer(listener).next_program()
    gc.enable()
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
