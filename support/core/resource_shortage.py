"""What this machine is short of: that is no fault of the system under test, nor of the suite."""

import errno
import os
import resource
from collections.abc import Iterator

from support.core.errors import EnvironmentFailure

#: Files and connections of a run without load; its servers have as many again, each in a process of its own.
ENOUGH_DESCRIPTORS = 256

#: What each of the operating system's numbers means here, and what to do about it (errno(3)).
_SHORT = {
    errno.EMFILE: "this process may open no more files and connections: raise `ulimit -n`",
    errno.ENFILE: "this machine can open no more files and connections: raise fs.file-max",
    errno.EADDRNOTAVAIL: "this machine has no free port left, or not that address: see "
    "net.ipv4.ip_local_port_range, and whether `ip address show lo` has 127.0.0.1",
    errno.EADDRINUSE: "the port is taken by another process, or this machine has no free one left: see "
    "net.ipv4.ip_local_port_range",
    errno.ENOBUFS: "this machine has no memory left for connections",
    errno.ENOMEM: "this machine has no memory left",
    errno.EAGAIN: "this machine starts no more processes and threads: raise `ulimit -u`, or the container's limit",
    errno.ENOSPC: "there is no space left on the disk: make room, or set TMPDIR to a folder that has some",
    errno.EDQUOT: "there is no space left in this account's share of the disk: make room, or set TMPDIR to another",
}
#: Which of these a connection can fail for.
_OF_CONNECTIONS = (errno.EMFILE, errno.ENFILE, errno.EADDRNOTAVAIL, errno.EADDRINUSE, errno.ENOBUFS)
#: What is a matter of a file or folder, where one is named.
_CLOSED = {
    errno.EACCES: "this account may not use it",
    errno.EPERM: "this account may not do that to it",
    errno.EROFS: "its disk can only be read",
    errno.ENOTDIR: "a file stands where a folder has to be",
    errno.EEXIST: "a file stands where a folder has to be",
}


def shortage(error: BaseException | None) -> str:
    """What the machine lacks, if that is what an error comes down to, and what to do; else nothing.

    Args:
        error: what was raised; its causes are looked at too.
    """
    for one in _chain(error):
        if words := _said(one):
            return words
    return ""


def blame_the_machine(error: BaseException) -> None:
    """See that a connection did not fail for want of something on our own side.

    Args:
        error: why it failed; a library may have kept nothing of the cause but its words.

    Raises:
        EnvironmentFailure: it did, and that says nothing about the system.
    """
    said = next((_SHORT[code] for code in _OF_CONNECTIONS if os.strerror(code) in str(error)), "")
    words = shortage(error) or said
    if words:
        raise EnvironmentFailure(words) from error


def _said(error: BaseException) -> str:
    if isinstance(error, FileNotFoundError) and "No usable temporary directory" in str(error):  # of tempfile
        return "there is no folder for temporary files that this account can write to: set TMPDIR to one"
    if isinstance(error, MemoryError):
        return _SHORT[errno.ENOMEM]
    if isinstance(error, RuntimeError) and "can't start new thread" in str(error):  # CPython keeps no number of it
        return _SHORT[errno.EAGAIN]
    if not isinstance(error, OSError):
        return ""
    if error.errno in _CLOSED and error.filename is not None:
        return f"{error.filename}: {_CLOSED[error.errno]}"
    return _SHORT.get(error.errno or 0, "")


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    """An error, and all that it was raised from or amid, each once: they may refer to each other."""
    waiting, seen = [error], set[int]()
    while waiting:
        one = waiting.pop()
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += [one.__context__, one.__cause__, getattr(one, "os_error", None)]
        waiting += one.exceptions if isinstance(one, BaseExceptionGroup) else []


def see_enough_descriptors() -> None:
    """See that this process may open the files and connections that a system and its users take.

    Raises:
        EnvironmentFailure: it may not.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    enough = soft == resource.RLIM_INFINITY or soft >= ENOUGH_DESCRIPTORS
    if not enough and (hard == resource.RLIM_INFINITY or hard >= ENOUGH_DESCRIPTORS):
        resource.setrlimit(resource.RLIMIT_NOFILE, (ENOUGH_DESCRIPTORS, hard))
    elif not enough:
        short = f"this process may open only {hard} files and connections"
        raise EnvironmentFailure(f"{short}: raise `ulimit -n` to {ENOUGH_DESCRIPTORS} at least")
