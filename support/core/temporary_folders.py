"""Folders for temporary files, each with an owner: the next run sweeps away those whose owners are dead."""

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

PREFIX = "earshot-"
_CLAIM = "owner"


class OwnedFolder(tempfile.TemporaryDirectory[str]):
    """A fresh folder under the temporary directory, gone at its end, or at the next `sweep` if that never comes.

    The owner holds a lock on a file in it. The kernel drops the lock when the owner dies, however it dies. (A process
    id alone would not tell: they are used again, and mean nothing in another container that shares the directory.)

    Args:
        purpose: a word for its name.
    """

    def __init__(self, purpose: str = "") -> None:
        super().__init__(prefix=f"{PREFIX}{purpose and purpose + '-'}{os.getpid()}-", ignore_cleanup_errors=True)
        self.path = Path(self.name)
        self._claim = _claim(self.path)

    def cleanup(self) -> None:
        """Remove the folder with all that is in it; may be called again."""
        super().cleanup()
        self._claim.close()


def sweep() -> None:
    """Remove the folders whose owners are dead."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _claim(folder: Path) -> BinaryIO:
    """Lock a file in `folder`. It appears under its name when it is locked, so no sweep sees it unlocked."""
    unlocked = folder / f"{_CLAIM}.new"
    claim = unlocked.open("wb", buffering=0)
    claim.write(f"{os.getpid()}\n".encode())
    fcntl.flock(claim, fcntl.LOCK_EX)
    unlocked.rename(folder / _CLAIM)
    return claim


def _is_abandoned(folder: Path) -> bool:
    # OSError: another user's folder, one that is just being made, or (at the lock) one in use
    with suppress(OSError), (folder / _CLAIM).open("rb") as claim:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
