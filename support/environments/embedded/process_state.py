"""Whether a process runs, hangs or has ended, and signals to it."""

import signal
from contextlib import suppress

import psutil

from support.core import clock

_ENDED = {psutil.STATUS_ZOMBIE, psutil.STATUS_DEAD}
_NOT_RUNNING = {psutil.STATUS_STOPPED} | _ENDED
#: Seconds for SIGSTOP to take effect: a net for hangs.
_STOP_LIMIT = 5.0


def tell(process: psutil.Process, message: signal.Signals) -> None:
    with suppress(psutil.NoSuchProcess):
        process.send_signal(message)


async def halt(process: psutil.Process) -> None:
    """Send SIGSTOP and wait until it has taken effect, or the process has ended meanwhile."""
    tell(process, signal.SIGSTOP)
    await clock.until(lambda: _status(process) in _NOT_RUNNING, within=_STOP_LIMIT, every=0.001)


def is_gone(process: psutil.Process) -> bool:
    """Whether a process has ended; in a container perhaps no process collects the remains of orphans."""
    return _status(process) in _ENDED


def _status(process: psutil.Process) -> str:
    try:
        return str(process.status())
    except psutil.NoSuchProcess:
        return str(psutil.STATUS_DEAD)
