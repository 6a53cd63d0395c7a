"""The folder that the servers of one run keep their data and logs in."""

import fcntl
import os
import pwd
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

from support.errors import StageError

PREFIX = "earshot-"
_CLAIM = "owner"


def service_account() -> pwd.struct_passwd | None:
    """The account for servers that refuse to run as root; None where the suite is not root itself.

    Raises:
        StageError: the suite is root, and there is no such account.
    """
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise StageError("servers do not run as root, and there is no account postgres or nobody: run as an ordinary user")


class Workspace:
    """A fresh folder under the temporary directory, gone when it is removed.

    The owner holds a lock on a file in it. The kernel drops the lock when the owner dies, however it dies, so that
    the next run can `sweep` away what is left. (A process id alone would not tell: they are used again, and mean
    nothing in another container that shares the directory.)
    """

    def __init__(self) -> None:
        self.account = service_account()
        self.path = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self._claim: int | None = _claim(self.path)
        if self.account:
            os.chown(self.path, self.account.pw_uid, self.account.pw_gid)

    def remove(self) -> None:
        """Remove the folder with all that is in it; may be called again."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._claim is not None:
            os.close(self._claim)
            self._claim = None


def sweep() -> None:
    """Remove the workspaces whose owners are dead."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _claim(folder: Path) -> int:
    """Lock a file in `folder`. It appears under its name when it is locked, so no sweep sees it unlocked."""
    unlocked = folder / f"{_CLAIM}.new"
    claim = os.open(unlocked, os.O_CREAT | os.O_RDWR, 0o600)
    os.write(claim, f"{os.getpid()}\n".encode())
    fcntl.flock(claim, fcntl.LOCK_EX)
    unlocked.rename(folder / _CLAIM)
    return claim


def _is_abandoned(folder: Path) -> bool:
    # OSError: another user's folder, one that is just being made, or (at the lock) one in use
    with suppress(OSError), (folder / _CLAIM).open("rb") as claim:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
