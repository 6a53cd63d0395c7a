"""The database cluster that each PostgreSQL of a run begins as: made once, then copied.

To copy it takes a tenth of the processor time of `initdb`.
"""

import fcntl
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from support.core import clock
from support.core.errors import EnvironmentFailure
from support.environments.embedded.workspace import Workspace

#: The environment variable by which a run tells its processes in which folder it is.
FOLDER = "EARSHOT_CLUSTER"
#: Seconds to wait for another process that makes it: a net for hangs.
_PATIENCE = 60.0


@cache
def _own() -> Workspace:
    return Workspace()


async def prepared(version: str, make: Callable[[Path], Awaitable[None]]) -> Path:
    """The folder in which the cluster is.

    Args:
        version: of the PostgreSQL that it is for.
        make: makes it in an empty folder, if it is the first of its version.

    Raises:
        EnvironmentFailure: another process takes too long to make it.
    """
    told = os.environ.get(FOLDER)
    folder = Path(told) if told else _own().path
    async with _locked(folder / "lock"):
        found = [path for path in folder.glob("*/version") if path.read_text() == version]
        if found:
            return found[0].parent
        fresh = folder / str(len(list(folder.iterdir())))
        fresh.mkdir()
        await make(fresh)
        (fresh / "version").write_text(version)
        return fresh


@asynccontextmanager
async def _locked(path: Path) -> AsyncIterator[None]:
    """Hold a lock that ends with this process, however it ends."""
    with path.open("wb") as file:
        if not await clock.until(lambda: _lock(file.fileno()), within=_PATIENCE):
            raise EnvironmentFailure(f"another process has been making a database cluster for {_PATIENCE:g} s")
        yield


def _lock(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
