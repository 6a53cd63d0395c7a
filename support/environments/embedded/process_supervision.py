"""Nothing that the suite starts outlives it.

Three ways out are covered: an end in order (a deployment's `close`), a signal that Python can turn into an exception
(`interrupt_on_termination`), and SIGKILL of the suite itself (`spawn`: Linux; `PauseGuard` for what is paused).
"""

import ctypes
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import IO, Any, cast

_PR_SET_PDEATHSIG = 1  # prctl(2)
_prctl: Callable[..., int] | None = ctypes.CDLL(None).prctl if sys.platform == "linux" else None

#: Process ids come line by line; the end of the input is our death.
_WAKE_AT_THE_END = """
while read -r word; do
    [ "$word" = dismissed ] && exit
    pids="$pids $word"
done
kill -CONT $pids
"""

#: Of the environment, what servers get: PG*, LC_* or proxies of the user who runs the suite must not change them.
_INHERITED = ("PATH", "LD_LIBRARY_PATH", "PYTHONPATH", "TMPDIR")


def spawn(
    command: Sequence[str | Path],
    log: Path,
    *,
    environment: dict[str, str] | None = None,
    account: pwd.struct_passwd | None = None,
    at_our_death: signal.Signals = signal.SIGKILL,
) -> subprocess.Popen[bytes]:
    """Start a process that ends when the calling thread ends.

    Call it from the run's loop thread, which lives as long as the run: to Linux the parent is the *thread*
    (PR_SET_PDEATHSIG in prctl(2)).

    Args:
        command: program and arguments.
        log: the file its output is appended to.
        environment: additions to the few variables that servers inherit.
        account: whom to run as; None for the suite's own account.
        at_our_death: the signal it gets when the suite dies.
    """
    identity: dict[str, Any] = {}
    if account:
        identity = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
    with log.open("ab") as output:
        return subprocess.Popen(
            command,
            cwd="/",
            env=of_servers() | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,  # else Ctrl-C reaches the servers before behave's hooks
            preexec_fn=mortal(at_our_death),
            **identity,  # taken on before preexec_fn runs; after it, it would undo the arrangement
        )


def of_servers() -> dict[str, str]:
    """The environment that all servers get."""
    return {"LC_ALL": "C.UTF-8"} | {name: os.environ[name] for name in _INHERITED if name in os.environ}


def mortal(deadly: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` for a process that is to get a signal when the calling thread ends; None where there is none."""
    return _die_with(_prctl, os.getpid(), deadly) if _prctl else None


def _die_with(prctl: Callable[..., int], parent: int, deadly: signal.Signals) -> Callable[[], None]:
    def arrange() -> None:
        prctl(_PR_SET_PDEATHSIG, deadly)
        if os.getppid() != parent:  # it died before the arrangement
            os._exit(1)

    return arrange


class PauseGuard:
    """Ends the pause of processes if we die before we do it: the signal that they get at our death would wait for that.

    Name each process before it hangs, so that there is no moment at which nobody would wake it.
    """

    def __init__(self) -> None:
        self._shell = subprocess.Popen(
            ["/bin/sh", "-c", _WAKE_AT_THE_END, "pause guard"],
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._input = cast(IO[bytes], self._shell.stdin)

    def watch(self, pid: int) -> None:
        """Wake this process too."""
        self._input.write(f"{pid}\n".encode())
        self._input.flush()

    def dismiss(self) -> None:
        """End the guard; what it watched stays as it is."""
        self._shell.communicate(b"dismissed\n")


def interrupt_on_termination() -> None:
    """Make SIGTERM and SIGHUP end a run as Ctrl-C does: as KeyboardInterrupt in the main thread, with all cleanup.

    Call it in the main thread. A signal that is ignored (nohup) stays so.
    """
    for ending in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(ending) is not signal.SIG_IGN:
            signal.signal(ending, _interrupt)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt(signal.Signals(number).name)
