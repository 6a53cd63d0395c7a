"""Processes of behave, forked where possible: to import the suite and to read the step files takes two seconds."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from support.environments.embedded import forking, prepared_cluster, process_supervision
from support.environments.embedded.python_server import start_fork_server
from support.environments.embedded.server_process import Process
from support.environments.embedded.workspace import Workspace


@dataclass
class _Servers:
    behave: forking.ForkServerProcess | None = None


_servers = _Servers()


@contextmanager
def at_hand(*, behave: bool = True) -> Iterator[None]:
    """Have fork servers meanwhile: one for the reference back ends of all processes, and one for `behave`.

    The database cluster that all their PostgreSQLs begin as is theirs as well.
    """
    with ExitStack() as stack:
        if prepared_cluster.FOLDER not in os.environ:
            cluster = Workspace()
            stack.callback(cluster.remove)
            os.environ[prepared_cluster.FOLDER] = str(cluster.path)
            stack.callback(os.environ.pop, prepared_cluster.FOLDER)
        if forking.ADDRESS not in os.environ and (reference := start_fork_server()):
            stack.callback(reference.close)
            os.environ[forking.ADDRESS] = reference.address
            stack.callback(os.environ.pop, forking.ADDRESS)
        if behave and (server := forking.start(os.environ, os.getcwd(), ["support.execution.preloaded"])):
            stack.callback(server.close)
            _servers.behave = server
        try:
            yield
        finally:
            _servers.behave = None


def start(
    arguments: Sequence[str],
    output: BinaryIO | None,
    *,
    environment: Mapping[str, str] | None = None,
    deaf: Collection[signal.Signals] = (),
) -> Process:
    """Start behave in a session of its own; it gets a SIGTERM when we die.

    Args:
        arguments: its command line.
        output: where what it says goes; our own console if None.
        environment: what differs from ours; then the reference back ends are no forks, for they may import other code.
        deaf: the signals that do not kill it before it knows them.
    """
    complete = {**os.environ} if environment is None else os.environ | forking.OFF | dict(environment)
    server = _servers.behave
    if server and output and (forked := _forked(server, arguments, output, complete, deaf)):
        return forked
    return subprocess.Popen(
        [sys.executable, "-m", "behave", *arguments],
        stdout=output,
        stderr=output,
        env=complete,
        start_new_session=True,  # a Ctrl-C at the terminal reaches it once, through us
        preexec_fn=partial(_begin, deaf, process_supervision.mortal(signal.SIGTERM)),
    )


def _forked(
    server: forking.ForkServerProcess,
    arguments: Sequence[str],
    output: BinaryIO,
    environment: Mapping[str, str],
    deaf: Collection[signal.Signals],
) -> Process | None:
    return forking.fork(
        server.address,
        "behave",
        arguments,
        output.fileno(),
        environment=environment,
        folder=os.getcwd(),
        deadly=signal.SIGTERM,
        deaf=deaf,
    )


def _begin(deaf: Collection[signal.Signals], mortal: Callable[[], None] | None) -> None:
    for number in deaf:
        signal.signal(number, signal.SIG_IGN)
    if mortal:
        mortal()
